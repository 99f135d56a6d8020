use engine::Language;

use super::{Text, text};

pub(crate) const TITLE: Text = text("Handing in records", "Entrega de registros");
pub(crate) const KEY: Text = text(
    "Every request bears an ingest key, which `counterfoil key add` makes.",
    "Cada solicitud lleva una clave de entrega, que se crea con `counterfoil key add`.",
);
pub(crate) const DOCUMENT: Text = text(
    "The same as an OpenAPI document",
    "Lo mismo como documento OpenAPI (en inglés, como los textos de abajo)",
);
pub(crate) const EXAMPLE: Text = text("Example", "Ejemplo");
pub(crate) const BODY: Text = text("Body", "Cuerpo");
pub(crate) const HEADERS: Text = text("Headers", "Encabezados");
pub(crate) const ANSWERS: Text = text("Answers", "Respuestas");
pub(crate) const RECORDS: Text = text("Records and answers", "Registros y respuestas");
pub(crate) const VALUES: Text = text("Values", "Valores");
pub(crate) const REQUIRED: Text = text("required", "obligatorio");

/// How long a text may be.
pub(crate) fn characters(least: Option<u64>, most: Option<u64>, language: Language) -> String {
    let least = least.unwrap_or(0);
    match (most, language) {
        (Some(most), Language::En) => format!("{least} to {most} characters"),
        (Some(most), Language::Es) => format!("de {least} a {most} caracteres"),
        (None, Language::En) => format!("{least} characters or more"),
        (None, Language::Es) => format!("{least} caracteres o más"),
    }
}
