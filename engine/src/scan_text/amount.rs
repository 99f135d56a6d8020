use std::borrow::Cow;

use super::Word;
use crate::money::parse_decimal;
use crate::vocabulary::vocabulary;
use crate::{Currency, StatedAmount};

/// What a sign or word means: one currency, or any of several.
type Meaning = Option<Currency>;

const SIGNS: [(&str, Option<&str>); 21] = [
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
    ("₱", Some("PHP")),
    ("₺", Some("TRY")),
    ("₩", Some("KRW")),
    ("₪", Some("ILS")),
    ("₫", Some("VND")),
    ("₦", Some("NGN")),
    ("₴", Some("UAH")),
    ("Rs.", None),
    ("Rs", None),
];

const CODE_CHARS: usize = 3;
/// ISO codes that are read beside a bare number. Any three capitals would make amounts of order numbers.
const CODES: [&str; 31] = [
    "USD", "EUR", "GBP", "MXN", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "INR", "JPY", "CNY", "BRL",
    "COP", "CLP", "ARS", "PEN", "PLN", "CZK", "ZAR", "SGD", "HKD", "PHP", "IDR", "MYR", "THB", "AED", "NGN",
    "KES",
];

/// The most letters that stand before a `$`, as in `NT$` or `C$`: some country's dollars.
const DOLLAR_LETTERS_MAX: usize = 3;
/// The most groups of three digits that spaces part: `1 234 567,00`.
const GROUPS_MAX: usize = 3;

/// Whether a word alone stands for a currency.
pub(crate) fn is_currency(word: &str) -> bool {
    named_currency(word).is_some() || sign_alone(word).is_some()
}

/// The amount that begins at a word, and how many words it takes.
pub(super) fn read(words: &[Word], at: usize) -> Option<(StatedAmount, usize)> {
    let word = words[at].text;
    if let Some((bare, currency)) = without_sign(word) {
        return if bare.is_empty() {
            behind_currency(words, at, currency)
        } else {
            signed(words, at, bare, currency)
        };
    }
    if let Some(currency) = named_currency(word) {
        return behind_currency(words, at, currency);
    }
    let (bare, taken) = grouped(words, at, word);
    let last = &words[at + taken - 1];
    if let Some((end, currency)) = without_sign(last.text).filter(|_| taken > 1) {
        let unsigned = bare.strip_suffix(&last.text[end.len()..])?;
        return Some((number(unsigned, currency)?, taken));
    }
    let next = (!last.ends_phrase).then(|| words.get(at + taken)).flatten()?;
    let currency = named_currency(next.text).or_else(|| sign_alone(next.text))?;
    Some((number(&bare, currency)?, taken + 1))
}

/// An amount whose sign stands on its first word: `$1,234.50`, `$1 234,50`.
fn signed(words: &[Word], at: usize, bare: &str, currency: Meaning) -> Option<(StatedAmount, usize)> {
    let (whole, taken) = grouped(words, at, bare);
    Some((number(&whole, currency)?, taken))
}

/// An amount of which the currency is the word before it.
fn behind_currency(words: &[Word], at: usize, currency: Meaning) -> Option<(StatedAmount, usize)> {
    if words[at].ends_phrase && words[at].text != "Rs" {
        return None;
    }
    let next = words.get(at + 1)?;
    let (whole, taken) = grouped(words, at + 1, next.text);
    Some((number(&whole, currency)?, taken + 1))
}

/// A number of which spaces part the thousands, put together, and how many words it takes.
fn grouped<'a>(words: &[Word<'a>], at: usize, first: &'a str) -> (Cow<'a, str>, usize) {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut whole = Cow::Borrowed(first);
    let mut taken = 1;
    if !(1..=3).contains(&first.len()) || digits(first) != first.len() {
        return (whole, taken);
    }
    while taken <= GROUPS_MAX
        && !words[at + taken - 1].ends_phrase
        && let Some(next) = words.get(at + taken)
        && digits(next.text) == 3
        && next.text.as_bytes().get(3).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    {
        whole.to_mut().push_str(next.text);
        taken += 1;
        if next.text.len() > 3 {
            break;
        }
    }
    (whole, taken)
}

/// The number of a word that has a currency's sign or code before or behind it.
fn without_sign(word: &str) -> Option<(&str, Meaning)> {
    let unsigned = word.strip_prefix(['-', '−', '+']).unwrap_or(word);
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = unsigned.as_bytes();
    let (Some(first), Some(last)) = (bytes.iter().position(is_digit), bytes.iter().rposition(is_digit))
    else {
        return sign_alone(unsigned).map(|meaning| ("", meaning));
    };
    let (before, behind) = (&unsigned[..first], &unsigned[last + 1..]);
    if !before.is_empty() {
        let bare = &unsigned[first..];
        return meaning_of(before).map(|meaning| (bare, meaning));
    }
    let (bare, sign) = match behind.strip_prefix("/-") {
        Some(sign) => (&unsigned[..last + 3], sign),
        None => (&unsigned[..=last], behind),
    };
    if sign.is_empty() { None } else { meaning_of(sign).map(|meaning| (bare, meaning)) }
}

/// What a sign or code means that is written together with a number.
fn meaning_of(sign: &str) -> Option<Meaning> {
    sign_alone(sign).or_else(|| code(sign))
}

fn sign_alone(word: &str) -> Option<Meaning> {
    let known = SIGNS.iter().find(|(sign, _)| *sign == word);
    let known = known.map(|(_, code)| code.and_then(|code| code.parse().ok()));
    known.or_else(|| is_some_dollar(word).then_some(None))
}

/// `C$`, `NT$`: some country's.
fn is_some_dollar(word: &str) -> bool {
    let letters = word.strip_suffix('$');
    letters.is_some_and(|letters| {
        letters.len() <= DOLLAR_LETTERS_MAX && letters.bytes().all(|byte| byte.is_ascii_uppercase())
    })
}

fn named_currency(word: &str) -> Option<Meaning> {
    code(word).or_else(|| vocabulary().money.get(word))
}

fn code(word: &str) -> Option<Meaning> {
    let may_be = word.len() == CODE_CHARS && word.as_bytes()[0].is_ascii_uppercase();
    CODES.iter().find(|code| may_be && **code == word).map(|code| code.parse().ok())
}

/// A number in either writing: `1,234.50` or `1.234,50`.
fn number(text: &str, currency: Meaning) -> Option<StatedAmount> {
    // `2,500/-`, as India writes that nothing follows.
    let plain = plain_decimal(text.strip_suffix("/-").unwrap_or(text))?;
    let is_whole = !plain.contains('.');
    Some(StatedAmount::written(parse_decimal(&plain).ok()?, currency, is_whole))
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
    fn numbers_of_things_are_no_amounts() {
        for text in ["128 GB", "12 345", "BW 499", "COP", "$", "7-4414-693", "206 555 0123"] {
            let words: Vec<Word> = text.split(' ').map(|text| Word { text, ends_phrase: false }).collect();
            assert_eq!(read(&words, 0), None, "{text}");
        }
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
            ("C$72.25", "72.25"),
            ("1 142,09 $", "1142.09"),
            ("1 234 567,00€", "1234567.00 EUR"),
            ("$1 234,50", "1234.50"),
            ("Rs 1,23,456.00", "123456.00"),
            ("Rs.499", "499.00"),
            ("INR499.00", "499.00 INR"),
            ("INR 2,500/-", "2500.00 INR"),
            ("-₹2,500", "2500.00 INR"),
        ] {
            let words: Vec<Word> = text.split(' ').map(|text| Word { text, ends_phrase: false }).collect();
            let (amount, taken) = read(&words, 0).unwrap();
            assert_eq!((amount.to_string().as_str(), taken), (stated, words.len()), "{text}");
        }
    }
}
