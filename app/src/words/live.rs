use super::{Text, text};

// In a browser `{}` becomes a message's title where there is one, and else their number.
pub(crate) const NEW_ONE: Text = text("1 new message: {}.", "1 mensaje nuevo: {}.");
pub(crate) const NEW_MANY: Text = text("{} new messages.", "{} mensajes nuevos.");
pub(crate) const CHANGED_ONE: Text =
    text("What we found about a message changed: {}.", "Cambió lo que encontramos sobre un mensaje: {}.");
pub(crate) const CHANGED_MANY: Text =
    text("What we found about {} messages changed.", "Cambió lo que encontramos sobre {} mensajes.");
pub(crate) const SHOW: Text = text("Show what’s new", "Mostrar lo nuevo");
pub(crate) const ENDED: Text = text(
    "You were signed out, so nothing new appears here.",
    "Se cerró su sesión, así que aquí no aparece nada nuevo.",
);
pub(crate) const SIGN_IN: Text = text("Sign in", "Iniciar sesión");
