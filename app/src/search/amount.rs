//! Amounts as they are typed and as they are written: `320`, `$320.00`, `320,00`, `1.234,50`.

use std::ops::Range;

/// An amount that somebody looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypedAmount {
    hundredths: u64,
    /// It was typed without decimals: those of the amount may be any.
    is_whole: bool,
}

/// What may stand before or after a number that is an amount, folded.
const SIGNS: [&str; 10] = ["", "$", "us$", "€", "£", "¥", "usd", "eur", "gbp", "-$"];
/// No amount has more digits than these.
const DIGITS_MAX: usize = 15;

impl TypedAmount {
    /// What was typed, folded, a sign of money before or after it; `None` where it is no amount.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim_end_matches(['.', ',', ':', ';']);
        let bare = typed.trim_matches(|c: char| !c.is_ascii_digit());
        let (before, after) = typed.split_once(bare).filter(|_| !bare.is_empty())?;
        let is_money = SIGNS.contains(&before) && SIGNS.contains(&after);
        is_money.then(|| read_number(bare)).flatten()
    }

    /// Whether it was typed with decimals: then it is nothing but an amount.
    pub(super) fn has_decimals(self) -> bool {
        !self.is_whole
    }

    /// Where in a text this amount is written, with the sign of money before it.
    pub(super) fn find(self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let is_it =
            move |at: &Range<usize>| read_number(&text[at.clone()]).is_some_and(|written| self.is(written));
        numbers(text).filter(is_it).map(|at| {
            let sign = text[..at.start].chars().next_back().filter(|c| matches!(c, '$' | '€' | '£' | '¥'));
            at.start - sign.map_or(0, char::len_utf8)..at.end
        })
    }

    fn is(self, written: Self) -> bool {
        if self.is_whole {
            self.hundredths / 100 == written.hundredths / 100
        } else {
            self.hundredths == written.hundredths
        }
    }
}

/// A number with its separators: the last one stands before the decimals where one or two digits follow it.
fn read_number(text: &str) -> Option<TypedAmount> {
    let is_separator = |c: char| matches!(c, '.' | ',' | '\'');
    let (whole, decimals) = match text.rsplit_once(is_separator) {
        Some((whole, decimals)) if decimals.len() < 3 => (whole, decimals),
        _ => (text, ""),
    };
    let mut groups = whole.split(is_separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    let digits: String = std::iter::once(first).chain(rest).collect();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_grouped
        || digits.is_empty()
        || digits.len() > DIGITS_MAX
        || !is_digits(&digits)
        || !is_digits(decimals)
    {
        return None;
    }
    let cents: u64 = format!("{decimals:0<2}").parse().ok()?;
    Some(TypedAmount { hundredths: digits.parse::<u64>().ok()? * 100 + cents, is_whole: decimals.is_empty() })
}

/// The stretches of a text that are digits with single separators between them, and stand by themselves.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && (bytes[at].is_ascii_digit() || is_inner(bytes, at)) {
                at += 1;
            }
            let before = text[..start].chars().next_back();
            let after = text[at..].chars().next();
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '/'));
            if !joins(before) && !joins(after) {
                return Some(start..at);
            }
        }
        None
    })
}

fn is_inner(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'.' | b',' | b'\'') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(typed: &str, text: &str) -> bool {
        TypedAmount::read(&super::super::fold::fold(typed))
            .is_some_and(|amount| amount.find(text).next().is_some())
    }

    #[test]
    fn an_amount_is_found_however_it_is_written() {
        for typed in ["320", "$320", "320.00", "$320.00", "320,00", "320,00€", "320.0", "US$320"] {
            for text in ["Total: $320.00.", "320,00 €", "You paid 320 dollars"] {
                assert!(is_in(typed, text), "{typed} in {text}");
            }
        }
        for typed in ["1234.50", "1,234.50", "1.234,50", "1'234.50", "1234"] {
            assert!(is_in(typed, "$1,234.50") && is_in(typed, "1.234,50 €"), "{typed}");
        }
    }

    #[test]
    fn another_amount_is_not() {
        for (typed, text) in [
            ("320.00", "$320.50"),
            ("320", "$3,200.00"),
            ("320", "ORD320"),
            ("32", "$320.00"),
            ("86.40", "$8,640"),
            ("4.10", "on 04.10.2026"),
            ("20", "2026-04-20T"),
        ] {
            assert!(!is_in(typed, text), "{typed} in {text}");
        }
        for typed in
            ["", "$", "TI-4482917", "iphone", "1.2.3", "#320", "iphone11", "s23", "99999999999999999999"]
        {
            assert_eq!(TypedAmount::read(typed), None, "{typed}");
        }
    }
}
