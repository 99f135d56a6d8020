use crate::scan_text::is_currency;

/// What stands in the place of what is personal.
const MASK: &str = "•••";
/// As much of a subject as tells which message it was.
const SUBJECT_CHARS_MAX: usize = 160;
/// From so many digits on, a number may be somebody's: the last digits of a card, a line, an IMEI.
const DIGITS_MIN: usize = 4;
/// What of the punctuation around a masked word stays: its sentence's, and that it was an amount.
const BEFORE_KEPT: &str = "¿¡$€£¥";
const BEHIND_KEPT: &str = ".,;:!?…%€";
/// A shorter text that was merged in is a word like any other.
const MERGED_BYTES_MIN: usize = 3;
/// Parts of names that are words of their own; without the others of the name they tell nobody's.
const PARTICLES: [&str; 14] =
    ["da", "de", "del", "der", "di", "dos", "el", "la", "las", "los", "van", "von", "y", "e"];

/// A word of a subject.
struct Word<'a> {
    /// Punctuation before and behind what counts.
    before: &'a str,
    core: &'a str,
    behind: &'a str,
    digits: usize,
    masked: bool,
}

/// A subject that may be shown to whoever holds a message's number: without the people's `names`, without what was
/// `merged` into it, and without addresses, amounts and numbers of four digits or more.
pub fn mask_subject<'a>(
    subject: &str,
    names: impl IntoIterator<Item = &'a str>,
    merged: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut words: Vec<Word> = subject.split_whitespace().map(Word::of).collect();
    for name in names {
        let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() > 1);
        for part in parts.filter(|part| !PARTICLES.contains(&part.to_lowercase().as_str())) {
            mask_phrase(&mut words, &[part.to_lowercase()]);
        }
    }
    for text in merged.into_iter().filter(|text| text.len() >= MERGED_BYTES_MIN) {
        let phrase: Vec<String> = text.split_whitespace().map(|word| Word::of(word).folded()).collect();
        mask_phrase(&mut words, &phrase);
    }
    mask_numbers(&mut words);
    written(&words)
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        let counts = |c: char| c.is_alphanumeric();
        let begins = text.find(counts).unwrap_or(0);
        let ends =
            text.char_indices().rfind(|(_, c)| counts(*c)).map_or(text.len(), |(at, c)| at + c.len_utf8());
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_address = text.contains('@') || text.contains("://") || text.contains("www.");
        let (before, core, behind) = (&text[..begins], &text[begins..ends], &text[ends..]);
        Self { before, core, behind, digits, masked: is_address || digits >= DIGITS_MIN }
    }

    /// As names and merged texts compare: `Dana’s` is Dana.
    fn folded(&self) -> String {
        let bare = self.core.strip_suffix("'s").or_else(|| self.core.strip_suffix("’s"));
        bare.unwrap_or(self.core).to_lowercase()
    }

    fn is_number(&self) -> bool {
        self.digits > 0 && !self.core.chars().any(char::is_alphabetic)
    }

    /// Whether it is an amount by itself: with a sign of money, or with two decimals.
    fn is_amount(&self) -> bool {
        let text = [self.before, self.core, self.behind].concat();
        let signed = text.chars().any(|c| matches!(c, '$' | '¢' | '£' | '¥' | '€' | '₡'..='₿'));
        let decimals = self.core.rsplit(['.', ',']).next().is_some_and(|last| last.len() == 2);
        self.digits > 0 && (signed || (self.is_number() && decimals && self.core.contains(['.', ','])))
    }
}

fn mask_phrase(words: &mut [Word], phrase: &[String]) {
    if phrase.iter().all(String::is_empty) || phrase.len() > words.len() {
        return;
    }
    for from in 0..=words.len() - phrase.len() {
        let found = &mut words[from..from + phrase.len()];
        if found.iter().zip(phrase).all(|(word, wanted)| word.folded() == *wanted) {
            for word in found {
                word.masked = true;
            }
        }
    }
}

/// Masks amounts, what stands beside a currency, and numbers whose digits spaces part.
fn mask_numbers(words: &mut [Word]) {
    let beside_currency = |words: &[Word], at: usize| {
        let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        neighbours.filter_map(|place| words.get(place)).any(|word| word.digits == 0 && is_currency(word.core))
    };
    for at in 0..words.len() {
        if words[at].is_amount() || (words[at].is_number() && beside_currency(words, at)) {
            words[at].masked = true;
        }
    }
    for run in words.chunk_by_mut(|one, next| one.is_number() && next.is_number()) {
        if run.len() > 1 && run.iter().map(|word| word.digits).sum::<usize>() >= DIGITS_MIN {
            for word in run {
                word.masked = true;
            }
        }
    }
}

/// The words with one mask for neighbours that are masked together.
fn written(words: &[Word]) -> String {
    let mut text = String::new();
    for run in words.chunk_by(|one, next| one.masked && next.masked) {
        let (first, last) = (&run[0], &run[run.len() - 1]);
        let shown = if first.masked {
            let before: String = first.before.chars().filter(|c| BEFORE_KEPT.contains(*c)).collect();
            let behind: String = last.behind.chars().filter(|c| BEHIND_KEPT.contains(*c)).collect();
            format!("{before}{MASK}{behind}")
        } else {
            [first.before, first.core, first.behind].concat()
        };
        let gap = usize::from(!text.is_empty());
        if text.chars().count() + gap + shown.chars().count() > SUBJECT_CHARS_MAX {
            text.push('…');
            break;
        }
        text.extend((gap > 0).then_some(' '));
        text.push_str(&shown);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_is_masked_and_the_rest_is_left() {
        let names = ["Dana Whitfield", "María de la Cruz", "Sam O’Neil"];
        let merged = ["Pixel 7", "Cedar Street", "x", ""];
        for (subject, expected) in [
            ("We received your trade-in device", "We received your trade-in device"),
            ("Dana, your order is on its way", "•••, your order is on its way"),
            ("DANA WHITFIELD: your bill", "•••: your bill"),
            ("Sam’s line was added", "••• line was added"),
            ("El pedido de María llegó a la tienda", "El pedido de ••• llegó a la tienda"),
            ("Order ORD-01239803 shipped", "Order ••• shipped"),
            ("Payment of $86.40 received", "Payment of $••• received"),
            ("Pago de 86,40 € recibido", "Pago de ••• € recibido"),
            ("Payment of 86 USD received", "Payment of ••• USD received"),
            ("You saved 12.50 this month", "You saved ••• this month"),
            ("Code 493021", "Code •••"),
            ("IMEI 35 391805 123456 7 arrived", "IMEI ••• arrived"),
            ("New line (206) 555-0123!", "New line •••!"),
            ("For dana@example.net", "For •••"),
            ("See https://operator.example/x?y", "See •••"),
            ("Your Pixel 7 has arrived", "Your ••• has arrived"),
            ("Moving to cedar street?", "Moving to •••?"),
            ("5G is here: 3 things to know", "5G is here: 3 things to know"),
            ("  ", ""),
            ("Order (#4482917) shipped", "Order ••• shipped"),
            ("— !", "— !"),
        ] {
            assert_eq!(mask_subject(subject, names, merged), expected, "{subject}");
        }
    }

    #[test]
    fn a_subject_has_a_bound() {
        let long = "word ".repeat(1000);
        let masked = mask_subject(&long, [], []);
        assert!(masked.chars().count() <= SUBJECT_CHARS_MAX + 1 && masked.ends_with('…'), "{masked}");
    }
}
