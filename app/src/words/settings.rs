use store::{Category, Digest};

use super::{Text, text};

pub(crate) const TITLE: Text = text("Settings", "Ajustes");
pub(crate) const LEAD: Text = text(
    "How these pages speak to you, what we tell you by email, and by which ways we reach you. Yours alone.",
    "Cómo le hablan estas páginas, de qué le avisamos por correo y por qué vías le llegamos. Solo para usted.",
);
pub(crate) const ALERTS: Text = text("Tell me by email", "Avisarme por correo");
pub(crate) const ALERTS_LEAD: Text = text(
    "Such a mail says how many there are and nothing else. Several within half an hour come as one.",
    "Ese correo dice cuántos hay y nada más. Varios en media hora llegan como uno.",
);
pub(crate) const FLAGGED: Text =
    text("When a message to me is in doubt", "Cuando un mensaje para mí esté en duda");
pub(crate) const LOOKUP: Text =
    text("When somebody of the staff opens my account", "Cuando alguien del personal abra mi cuenta");
pub(crate) const SECURITY_CHANGE: Text = text(
    "When my password, email or phone number is changed",
    "Cuando cambie mi contraseña, correo o teléfono",
);
pub(crate) const ALWAYS: Text = text("Always on", "Siempre activo");
pub(crate) const BY_LAW: Text = text(
    "The law has us tell you at once when what secures your account is changed (47 CFR 64.2010(f)).",
    "La ley nos obliga a avisarle enseguida cuando cambia lo que protege su cuenta (47 CFR 64.2010(f)).",
);
pub(crate) const DIGEST: Text = text("Summary", "Resumen");
pub(crate) const DIGEST_HINT: Text = text(
    "How many messages we sent you and how many are in doubt, at 8 in the morning of your clock. None where there is \
     nothing to say.",
    "Cuántos mensajes le enviamos y cuántos están en duda, a las 8 de la mañana de su reloj. Ninguno si no hay nada que \
     decir.",
);
pub(crate) const CHANNELS: Text = text("By which ways we reach you", "Por qué vías le llegamos");
pub(crate) const CHANNELS_LEAD: Text = text(
    "Clear a box, and we write to you of that no longer by that way.",
    "Desmarque una casilla y ya no le escribiremos de eso por esa vía.",
);
pub(crate) const BILLS_NOTE: Text = text(
    "Bills have to come by email or by letter: leave one of the two.",
    "Las facturas deben llegar por correo electrónico o por carta: deje una de las dos.",
);
pub(crate) const EMERGENCY_NOTE: Text = text(
    "Emergency alerts of the authorities are not ours, and can’t be turned off here: your phone has settings for some of \
     them.",
    "Las alertas de emergencia de las autoridades no son nuestras y no se desactivan aquí: su teléfono tiene ajustes para \
     algunas.",
);
pub(crate) const WHAT: Text = text("What", "De qué");
pub(crate) const SAVE: Text = text("Save the settings", "Guardar los ajustes");
pub(crate) const SAVED_WHAT: Text = text("It holds from now on.", "Vale desde ahora.");
pub(crate) const ELSE_SAVED: Text = text("Everything else is saved.", "Todo lo demás está guardado.");
pub(crate) const NO_BILLS: Text =
    text("Bills need a way to reach you", "Las facturas necesitan una vía para llegarle");
pub(crate) const MORE: Text = text("Also yours", "También suyo");
pub(crate) const TO_SETTINGS: Text =
    text("Settings: language, alerts, ways to reach you", "Ajustes: idioma, avisos y vías de contacto");
pub(crate) const SECURITY: Text =
    text("Devices and sessions, password", "Dispositivos y sesiones, contraseña");
pub(crate) const LOOKED: Text = text("Who looked at your account", "Quién consultó su cuenta");
pub(crate) const EXPORT: Text = text("Take everything along as a file", "Llevarse todo en un archivo");
pub(crate) const STATEMENT: Text = text("A statement to print", "Un extracto para imprimir");

pub(crate) const fn category(category: Category) -> Text {
    match category {
        Category::Security => text("Security", "Seguridad"),
        Category::Billing => text("Account and billing", "Cuenta y facturas"),
        Category::Orders => text("Orders and trade-ins", "Pedidos y canjes"),
        Category::Service => text("Service", "Servicio"),
        Category::Marketing => text("Offers and news", "Ofertas y novedades"),
    }
}

pub(crate) const fn digest(digest: Digest) -> Text {
    match digest {
        Digest::Off => text("None", "Ninguno"),
        Digest::Daily => text("Every day", "Cada día"),
        Digest::Weekly => text("Every Monday", "Cada lunes"),
    }
}
