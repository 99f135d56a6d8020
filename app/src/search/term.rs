use std::ops::Range;

use super::amount::TypedAmount;
use super::fold::fold;
use super::slips::Typed;

/// One of the words that somebody looks for.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Letters and digits alone, folded.
    word: String,
    /// Whether it is a number or has one: then dashes, and blanks between digits, are left aside where it is looked for.
    is_code: bool,
    amount: Option<TypedAmount>,
    typed: Option<Typed>,
}

/// Words so long are found within others, `phone` in `iPhone`; shorter ones where a word begins.
const WITHIN_FROM: usize = 4;
/// Numbers so long are found anywhere; shorter ones where one begins or ends, as the last digits of a device's do.
const CODE_WITHIN_FROM: usize = 6;
/// The most that stands between two parts of a number, as in `(206) 555`.
const GAP_CHARS_MAX: usize = 3;

impl Term {
    /// The terms of what stands between two blanks: a number whole, words apart.
    pub(super) fn read_all(typed: &str) -> Vec<Self> {
        let folded = fold(typed);
        if folded.chars().any(|c| c.is_ascii_digit()) {
            let word = folded.chars().filter(|c| c.is_alphanumeric()).collect();
            return vec![Self::of(word, true, TypedAmount::read(&folded))];
        }
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| Self::of(word.to_owned(), false, None)).collect()
    }

    fn of(word: String, is_code: bool, amount: Option<TypedAmount>) -> Self {
        Self { typed: Typed::of(&word).filter(|_| amount.is_none()), word, is_code, amount }
    }

    /// Whether a folded text has it.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        self.places(folded).next().is_some()
    }

    /// Whether a folded text has it but for slips.
    pub(super) fn is_nearly_in(&self, folded: &str) -> bool {
        self.near_places(folded).next().is_some()
    }

    /// Where a folded text has it.
    pub(super) fn places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let amounts = self.amount.into_iter().flat_map(move |amount| amount.find(folded));
        let first = self.word.chars().next().unwrap_or_default();
        let is_amount_alone = self.amount.is_some_and(TypedAmount::has_decimals);
        let begins = folded.match_indices(first).map(|(at, _)| at).filter(move |_| !is_amount_alone);
        amounts.chain(begins.filter_map(move |at| self.place_at(folded, at)))
    }

    /// Where a folded text has it but for slips.
    pub(super) fn near_places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.typed.iter().flat_map(move |typed| {
            words(folded, self.is_code).filter(move |at| {
                let word = &folded[at.clone()];
                if self.is_code {
                    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
                        return false;
                    }
                    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
                    return typed.may_mean(&bare);
                }
                typed.may_mean(word)
            })
        })
    }

    /// The place that begins at `at`, if it is one.
    fn place_at(&self, folded: &str, at: usize) -> Option<Range<usize>> {
        let end = if self.is_code { self.end_of_code(folded, at)? } else { self.end_of_word(folded, at)? };
        let begins = !folded[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let ends = !folded[end..].chars().next().is_some_and(char::is_alphanumeric);
        let letters = self.word.chars().count();
        let fits = match (self.is_code, letters) {
            (true, CODE_WITHIN_FROM..) | (false, WITHIN_FROM..) => true,
            (true, WITHIN_FROM..) => begins || ends,
            (true, _) | (false, 1) => begins && ends,
            (false, _) => begins,
        };
        fits.then_some(at..end)
    }

    fn end_of_word(&self, folded: &str, at: usize) -> Option<usize> {
        folded[at..].starts_with(&self.word).then(|| at + self.word.len())
    }

    fn end_of_code(&self, folded: &str, at: usize) -> Option<usize> {
        let mut rest = folded[at..].char_indices().peekable();
        let mut before = None;
        let mut end = at;
        for wanted in self.word.chars() {
            let mut gap = (0, false);
            while let Some((_, c)) = rest.next_if(|(_, c)| before.is_some() && !c.is_alphanumeric()) {
                let is_blank = c.is_whitespace();
                if !is_blank && !is_joint(c) {
                    return None;
                }
                gap = (gap.0 + 1, gap.1 || is_blank);
            }
            let (place, c) = rest.next()?;
            let between_digits = c.is_ascii_digit() && before.is_some_and(|c: char| c.is_ascii_digit());
            if c != wanted || gap.0 > GAP_CHARS_MAX || (gap.1 && !between_digits) {
                return None;
            }
            before = Some(c);
            end = at + place + c.len_utf8();
        }
        Some(end)
    }
}

/// What stands within a number and is no part of it.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2011}'..='\u{2014}' | '.' | '/' | '(' | ')' | '+' | '#' | '_')
}

/// The words of a folded text; numbers with what joins their parts.
fn words(folded: &str, with_joints: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_part = move |c: char| c.is_alphanumeric() || (with_joints && is_joint(c));
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + folded[rest..].find(is_part)?;
        let end = folded[start..].find(|c| !is_part(c)).map_or(folded.len(), |length| start + length);
        rest = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(typed: &str) -> Term {
        let mut terms = Term::read_all(typed);
        assert_eq!(terms.len(), 1, "{typed}");
        terms.remove(0)
    }

    fn found(typed: &str, text: &str) -> Vec<String> {
        let (term, folded) = (one(typed), fold(text));
        let mut places: Vec<Range<usize>> = term.places(&folded).collect();
        places.sort_by_key(|place| (place.start, place.end));
        places.dedup();
        places.into_iter().map(|at| folded[at].to_owned()).collect()
    }

    #[test]
    fn words_are_found_whole_and_begun() {
        assert_eq!(found("factura", "Su Factura está lista"), ["factura"]);
        assert_eq!(found("esta", "Su Factura está lista"), ["esta"]);
        assert_eq!(found("sim", "Your SIM changed, simply"), ["sim", "sim"]);
        assert_eq!(found("phone", "iPhone 11"), ["phone"]);
        assert!(found("sim", "maximum").is_empty() && found("a", "an apple").is_empty());
        let words: Vec<String> = Term::read_all("Trade-in/OK").into_iter().map(|term| term.word).collect();
        assert_eq!(words, ["trade", "in", "ok"]);
    }

    #[test]
    fn numbers_are_found_however_they_are_parted() {
        for typed in ["TI-4482917", "ti4482917", "TI 4482917", "#4482917", "4482917", "2917"] {
            let last = typed.split(' ').next_back().expect("one");
            assert!(!found(last, "for trade-in TI-4482917.").is_empty(), "{typed}");
        }
        assert_eq!(found("2065550123", "Line (206) 555-0123"), ["206) 555-0123"]);
        assert_eq!(found("0123", "Line (206)\u{a0}555-0123"), ["0123"]);
        assert_eq!(found("4821", "IMEI ••••4821"), ["4821"]);
        assert_eq!(found("11", "iPhone 11 or 11:42 or 2011"), ["11", "11"]);
        assert!(found("4482", "TI-9448217").is_empty());
        assert!(found("s23", "cars 23").is_empty(), "letters and digits that a blank parts are two words");
    }

    #[test]
    fn amounts_are_found_by_their_value() {
        assert_eq!(found("320,00", "You paid $320.00."), ["$320.00"]);
        assert!(found("1234", "You paid $1,234.50.").contains(&"$1,234.50".to_owned()));
        assert!(found("320.00", "ORD-32000").is_empty());
    }

    #[test]
    fn slips_are_found_apart() {
        let near = |typed: &str, text: &str| one(typed).is_nearly_in(&fold(text));
        assert!(near("paymnet", "Payment received") && near("TI-4482971", "for TI-4482917."));
        assert!(!near("4821", "IMEI 4822") && !near("sim", "six"));
    }
}
