use engine::Language;

/// Words of every other sentence, none of which is the other language's too.
const ENGLISH: [&str; 20] = [
    "the", "your", "you", "we", "and", "is", "of", "for", "to", "with", "this", "was", "have", "has", "our",
    "are", "on", "from", "thank", "will",
];
const SPANISH: [&str; 20] = [
    "su", "el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "para", "por", "con", "se", "le",
    "del", "hemos", "gracias", "usted",
];
/// So many of one language's words are no accident, such as a name.
const WORDS_MIN: usize = 3;
/// The beginning of a text tells.
const CHARS_MAX: usize = 2_000;

/// The tag of the language that a quoted text is written in, where that is not the page's: so a screen reader says it as
/// it is spoken.
pub(crate) fn quoted_language(text: &str, page: Language) -> Option<&'static str> {
    let beginning: String = text.chars().take(CHARS_MAX).flat_map(char::to_lowercase).collect();
    let (mut english, mut spanish) = (0, 0);
    for word in beginning.split(|c: char| !c.is_alphabetic()) {
        english += usize::from(ENGLISH.contains(&word));
        spanish += usize::from(SPANISH.contains(&word));
    }
    let written = match (english, spanish) {
        _ if english >= WORDS_MIN && english > 2 * spanish => Language::En,
        _ if spanish >= WORDS_MIN && spanish > 2 * english => Language::Es,
        _ => return None,
    };
    (written != page).then(|| written.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_says_so() {
        let english = "We received your payment of $86.40. Thank you for your business.";
        let spanish = "Hemos recibido su pago de $86.40. Gracias por confiar en nosotros.";
        let cases = [
            (english, Language::Es, Some("en")),
            (english, Language::En, None),
            (spanish, Language::En, Some("es")),
            (spanish, Language::Es, None),
            ("Pixel 7, La Paz", Language::En, None),
            ("482113", Language::Es, None),
            ("Thank you for your order. Gracias por su compra en la tienda.", Language::En, None),
        ];
        for (text, page, expected) in cases {
            assert_eq!(quoted_language(text, page), expected, "{text}");
        }
    }
}
