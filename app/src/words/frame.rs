use engine::Language;

use super::{Text, text};

pub(crate) const SKIP: Text = text("Skip to the content", "Saltar al contenido");
pub(crate) const MAIN: Text = text("Main", "Principal");
pub(crate) const HISTORY: Text = text("History", "Historial");
pub(crate) const ACCOUNT: Text = text("Account", "Cuenta");
pub(crate) const WHO_LOOKED: Text = text("Who looked", "Quién consultó");
pub(crate) const REPORTS: Text = text("Reports", "Reportes");
pub(crate) const SETTINGS: Text = text("Settings", "Ajustes");
pub(crate) const DESK: Text = text("Desk", "Mostrador");
pub(crate) const AUDIT: Text = text("Audit log", "Registro de auditoría");
pub(crate) const WHO_SAW: Text = text("Who saw what", "Quién vio qué");
pub(crate) const CHECK: Text = text("Check a message", "Comprobar un mensaje");
pub(crate) const INCIDENTS: Text = text("Incidents", "Incidentes");
pub(crate) const FOOT_OF_STAFF: Text = text(
    "Every lookup is recorded, and the customer sees who looked, when and why.",
    "Cada consulta queda registrada, y el cliente ve quién consultó, cuándo y por qué.",
);
pub(crate) const SIGNED_IN_AS: Text = text("Signed in as ", "Sesión iniciada como ");
pub(crate) const AND_SECURITY: Text = text(": security", ": seguridad");
pub(crate) const SIGN_OUT: Text = text("Sign out", "Cerrar sesión");

/// The language that is not the page's, named in itself.
pub(crate) const fn other_language(language: Language) -> (Language, &'static str) {
    match language {
        Language::En => (Language::Es, "Español"),
        Language::Es => (Language::En, "English"),
    }
}

pub(crate) fn foot(brand: &str, language: Language) -> String {
    match language {
        Language::En => format!("{brand} keeps this record of every automated message it sent you."),
        Language::Es => format!("{brand} guarda este registro de cada mensaje automático que le envió."),
    }
}
