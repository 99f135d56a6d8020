use super::Word;
use crate::money::parse_decimal;
use crate::{Currency, StatedAmount};

/// What a sign or word means: one currency's code, or any of several.
type Meaning = Option<&'static str>;

const SIGNS: [(&str, Meaning); 12] = [
    ("US$", Some("USD")),
    ("MX$", Some("MXN")),
    ("CA$", Some("CAD")),
    ("A$", Some("AUD")),
    ("R$", Some("BRL")),
    ("$", None),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("₹", Some("INR")),
    ("¥", None),
    ("S/", Some("PEN")),
    ("₡", Some("CRC")),
];

const WORDS: [(&str, Meaning); 8] = [
    ("dollars", None),
    ("dollar", None),
    ("dólares", None),
    ("dolares", None),
    ("pesos", None),
    ("euros", Some("EUR")),
    ("euro", Some("EUR")),
    ("kr", None),
];

const CODE_CHARS: usize = 3;
/// ISO codes that are read beside a bare number. Any three capitals would make amounts of order numbers.
const CODES: [&str; 22] = [
    "USD", "EUR", "GBP", "MXN", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "INR", "JPY", "CNY", "BRL",
    "COP", "CLP", "ARS", "PEN", "PLN", "CZK", "ZAR",
];

/// Whether a word alone stands for a currency.
pub(super) fn is_currency(word: &str) -> bool {
    named_currency(word).is_some() || SIGNS.iter().any(|(sign, _)| *sign == word)
}

/// The amount that begins at a word, and how many words it takes.
pub(super) fn read(words: &[Word], at: usize) -> Option<(StatedAmount, usize)> {
    let word = words[at].text;
    let next = (!words[at].ends_phrase).then(|| words.get(at + 1)).flatten();
    if let Some((bare, currency)) = without_sign(word) {
        if bare.is_empty() {
            return Some((number(next?.text, currency)?, 2));
        }
        return Some((number(bare, currency)?, 1));
    }
    if let Some(currency) = named_currency(word) {
        return Some((number(next?.text, currency)?, 2));
    }
    let currency = named_currency(next?.text).or_else(|| sign_alone(next?.text))?;
    Some((number(word, currency)?, 2))
}

fn without_sign(word: &str) -> Option<(&str, Meaning)> {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    SIGNS.iter().find_map(|(sign, currency)| {
        unsigned.strip_prefix(sign).or_else(|| unsigned.strip_suffix(sign)).map(|bare| (bare, *currency))
    })
}

fn sign_alone(word: &str) -> Option<Meaning> {
    SIGNS.iter().find(|(sign, _)| *sign == word).map(|(_, currency)| *currency)
}

fn named_currency(word: &str) -> Option<Meaning> {
    if word.len() == CODE_CHARS
        && word.as_bytes()[0].is_ascii_uppercase()
        && let Some(code) = CODES.iter().find(|code| **code == word)
    {
        return Some(Some(code));
    }
    WORDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, currency)| *currency)
}

/// A number in either writing: `1,234.50` or `1.234,50`.
fn number(text: &str, currency: Option<&str>) -> Option<StatedAmount> {
    let plain = plain_decimal(text)?;
    let currency: Option<Currency> = currency.and_then(|code| code.parse().ok());
    Some(StatedAmount::new(parse_decimal(&plain).ok()?, currency))
}

/// The number with a point before its decimals and nothing between its thousands.
fn plain_decimal(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    {
        return None;
    }
    let Some(last) = text.rfind(['.', ',']) else { return Some(text.to_owned()) };
    let behind = text.len() - last - 1;
    let separators = text.bytes().filter(|byte| !byte.is_ascii_digit()).count();
    let mixed = text.contains('.') && text.contains(',');
    let separates_thousands =
        behind == 3 && !mixed && (separators > 1 || text.as_bytes()[last] == b',' || text.len() > 4);
    let (whole, decimals) = if separates_thousands { (text, "") } else { (&text[..last], &text[last + 1..]) };
    let mut plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    if !decimals.is_empty() {
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_either_writing() {
        for (written, plain) in [
            ("86.40", "86.40"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1,234", "1234"),
            ("12.345", "12345"),
            ("1.234.567", "1234567"),
            ("20", "20"),
            ("19,9", "19.9"),
        ] {
            assert_eq!(plain_decimal(written).as_deref(), Some(plain), "{written}");
        }
        assert_eq!(plain_decimal("PMT004"), None);
    }

    #[test]
    fn amounts_are_read_in_usual_writings() {
        for (text, stated) in [
            ("$1,234.50", "1234.50"),
            ("USD 1234.5", "1234.50 USD"),
            ("1.234,50 €", "1234.50 EUR"),
            ("20 dollars", "20.00"),
            ("€20", "20.00 EUR"),
            ("99 kr", "99.00"),
        ] {
            let words: Vec<Word> = text.split(' ').map(|text| Word { text, ends_phrase: false }).collect();
            let (amount, taken) = read(&words, 0).unwrap();
            assert_eq!((amount.to_string().as_str(), taken), (stated, words.len()), "{text}");
        }
    }
}
