use engine::Language;

use super::{Text, text};

pub(crate) const LABEL: Text = text("Search both sides", "Buscar en ambos lados");
pub(crate) const HINT: Text = text(
    "A word of the message, a reference, an amount, a device. Accents and small slips don’t matter.",
    "Una palabra del mensaje, una referencia, un importe, un dispositivo. No importan los acentos ni los pequeños errores.",
);
pub(crate) const SEARCH: Text = text("Search", "Buscar");
pub(crate) const CLEAR: Text = text("Clear search", "Quitar la búsqueda");
pub(crate) const NEWEST: Text = text("Back to the newest found", "Volver a lo más reciente encontrado");
pub(crate) const EARLIER: Text = text("Earlier", "Anteriores");
pub(crate) const NOTHING: Text = text("Nothing here has these words", "Nada aquí tiene estas palabras");
pub(crate) const NOTHING_WHY: Text = text(
    "Try fewer words, or only the last digits of a number. If you hold a message that is not here, we have no record \
     of sending it to you.",
    "Pruebe con menos palabras o solo con las últimas cifras de un número. Si tiene un mensaje que no está aquí, no nos \
     consta habérselo enviado.",
);
pub(crate) const NOT_HERE: Text =
    text("Nothing in this part of your history.", "Nada en esta parte de su historial.");

/// How much has what was typed; of more than a page, that these are the newest.
pub(crate) fn found(entries: usize, is_whole: bool, language: Language) -> String {
    match (language, is_whole, entries) {
        (Language::En, true, 0) => "Nothing found.".to_owned(),
        (Language::En, true, 1) => "1 entry found.".to_owned(),
        (Language::En, true, _) => format!("{entries} entries found."),
        (Language::En, false, _) => format!("{entries} entries found so far, the newest first."),
        (Language::Es, true, 0) => "No se encontró nada.".to_owned(),
        (Language::Es, true, 1) => "Se encontró 1 entrada.".to_owned(),
        (Language::Es, true, _) => format!("Se encontraron {entries} entradas."),
        (Language::Es, false, _) => {
            format!("{entries} entradas encontradas hasta ahora, primero las más recientes.")
        }
    }
}

/// The same of what comes near.
pub(crate) fn nearly_found(entries: usize, is_whole: bool, language: Language) -> String {
    let found = found(entries, is_whole, language);
    match language {
        Language::En => format!("Nothing has exactly these words. What comes near: {}", lower(&found)),
        Language::Es => format!("Nada tiene exactamente estas palabras. Lo más parecido: {}", lower(&found)),
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_counted() {
        assert_eq!(found(1, true, Language::En), "1 entry found.");
        assert_eq!(
            nearly_found(3, true, Language::Es),
            "Nada tiene exactamente estas palabras. Lo más parecido: se encontraron 3 entradas."
        );
    }
}
