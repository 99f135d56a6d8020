use engine::Language;

use super::{Text, text};

pub(crate) const OFFLINE: Text = text("You are offline", "Está sin conexión");
pub(crate) const OFFLINE_WHAT: Text = text(
    "Your history is shown only over a connection: this device keeps nothing of it. Connect, then try again.",
    "Su historial solo se muestra con conexión: este dispositivo no guarda nada de él. Conéctese e inténtelo de nuevo.",
);
pub(crate) const TRY_AGAIN: Text = text("Try again", "Intentar de nuevo");
pub(crate) const APP_WHAT: Text = text(
    "Every message that was sent to you, next to what happened on your account.",
    "Cada mensaje que se le envió, junto a lo que pasó en su cuenta.",
);

pub(crate) fn app_name(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!("{brand} messages"),
        Language::Es => format!("Mensajes de {brand}"),
    }
}
