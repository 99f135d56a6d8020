use super::{DayOrder, StatedDay, Word};
use crate::vocabulary::vocabulary;

/// How many words before a day are searched for one that makes it a deadline.
const DEADLINE_WORDS: usize = 3;

/// The day that begins at a word, and how many words it takes.
pub(super) fn read(words: &[Word], at: usize, order: DayOrder) -> Option<(StatedDay, usize)> {
    let word = words[at].text;
    let first = word.as_bytes()[0];
    if first.is_ascii_digit() {
        return numeric(word, order).map(|day| (day, 1)).or_else(|| day_first(words, at));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    if let Some(ago) = relative(word) {
        return Some((StatedDay::Ago(ago), 1));
    }
    month_first(words, at)
}

/// Whether a day is when something must be done by, rather than when it was done.
pub(super) fn is_a_deadline(words: &[Word], at: usize) -> bool {
    let from = at.saturating_sub(DEADLINE_WORDS);
    words[from..at].iter().any(|word| vocabulary().due.has(word.text))
}

/// How many days before it is sent a word names: "today" is 0.
pub(super) fn relative(word: &str) -> Option<i64> {
    vocabulary().days_ago.get(word)
}

/// `2026-04-03`, `04/03/2026`, `3.4.2026`, `03-Apr-26`.
fn numeric(word: &str, order: DayOrder) -> Option<StatedDay> {
    let separator = word.bytes().find(|byte| !byte.is_ascii_digit())?;
    if !b"-/.".contains(&separator) {
        return None;
    }
    let mut parts = word.split(char::from(separator));
    let [first, second, third] = [parts.next()?, parts.next()?, parts.next()?];
    if parts.next().is_some() {
        return None;
    }
    let named = month(second);
    let (year, month, day) = match (first.len(), third.len(), order) {
        (4, _, _) => (first, second, third),
        (_, 2 | 4, DayOrder::MonthFirst) if separator != b'.' && named.is_none() => (third, first, second),
        (_, 2 | 4, _) => (third, second, first),
        _ => return None,
    };
    let century = if year.len() == 2 { 2000 } else { 0 };
    let year = century + year.parse::<i16>().ok()?;
    let month = named.or_else(|| month.parse().ok())?;
    let day = day.parse().ok()?;
    crate::Date::new(year, month, day).map(|_| StatedDay::Of { year: Some(year), month, day })
}

/// Whether a whole text is a day in digits.
pub(crate) fn is_a_day(text: &str) -> bool {
    let in_digits = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    in_digits
        && [DayOrder::DayFirst, DayOrder::MonthFirst].iter().any(|order| numeric(text, *order).is_some())
}

/// `April 3`, `Apr 3rd, 2026`.
fn month_first(words: &[Word], at: usize) -> Option<(StatedDay, usize)> {
    let month = month(words[at].text)?;
    let day = day_of_month(words.get(at + 1)?.text)?;
    let year = words.get(at + 2).and_then(|word| year(word.text));
    Some((StatedDay::Of { year, month, day }, if year.is_some() { 3 } else { 2 }))
}

/// `3 de abril`, `3 April 2026`, `3 de abril de 2026`.
fn day_first(words: &[Word], at: usize) -> Option<(StatedDay, usize)> {
    let day = day_of_month(words[at].text)?;
    let is_of = |place: usize| words.get(place).is_some_and(|word| matches!(word.text, "de" | "of" | "di"));
    let month_at = if is_of(at + 1) { at + 2 } else { at + 1 };
    let month = month(words.get(month_at)?.text)?;
    let year_at = if is_of(month_at + 1) { month_at + 2 } else { month_at + 1 };
    let year = words.get(year_at).and_then(|word| year(word.text));
    let end = if year.is_some() { year_at } else { month_at };
    Some((StatedDay::Of { year, month, day }, end + 1 - at))
}

/// The month that a word names, from 1.
pub(crate) fn month(word: &str) -> Option<i8> {
    vocabulary().months.get(word)
}

fn day_of_month(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == 'º');
    let suffix = &word[digits.len()..];
    let ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "º");
    digits.parse().ok().filter(|day| ordinal && (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
    (1900..2100).contains(&year).then_some(year)
}
