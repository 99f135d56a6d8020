use std::ops::Range;

use super::digits::is_plain;
use super::{Keep, Part};

/// So many digits in a row beside letters are the number of something: `TI-4482`.
const GROUP_DIGITS_MIN: usize = 4;
/// So many in all are, however they are mixed: `A1B2C3D`.
const DIGITS_MIN: usize = 5;
/// `5000MB` is an amount of something, with the letters of its unit.
const UNIT_LETTERS_MAX: usize = 3;
const UNIT_DIGITS_MAX: usize = 5;

/// Whatever mixes letters and digits as the references of an operator do.
pub(super) fn find(chars: &[char], plain: &[Range<usize>]) -> Vec<Part> {
    let words = words(chars).filter(|word| !is_plain(plain, word) && is_reference(&chars[word.clone()]));
    words.map(|word| Part { from: word.start, to: word.end, keep: Keep::End }).collect()
}

/// Letters and digits, in parts joined by single dashes or underscores.
pub(super) fn words(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + chars[at..].iter().position(|c| c.is_alphanumeric())?;
        let mut to = from + part(&chars[from..]);
        while chars.get(to).is_some_and(|c| is_joint(*c)) && part(&chars[to + 1..]) > 0 {
            to += 1 + part(&chars[to + 1..]);
        }
        at = to;
        Some(from..to)
    })
}

fn part(chars: &[char]) -> usize {
    chars.iter().take_while(|c| c.is_alphanumeric()).count()
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}')
}

fn is_reference(word: &[char]) -> bool {
    let digits = word.iter().filter(|c| c.is_numeric()).count();
    let letters = word.iter().filter(|c| c.is_alphabetic()).count();
    let longest = word.split(|c| !c.is_numeric()).map(<[char]>::len).max().unwrap_or(0);
    let is_long = longest >= GROUP_DIGITS_MIN || digits >= DIGITS_MIN;
    letters > 0 && is_long && !is_with_unit(word) && !is_day(word) && !is_of_a_year(word)
}

fn is_with_unit(word: &[char]) -> bool {
    let digits = word.iter().take_while(|c| c.is_numeric()).count();
    let unit = &word[digits..];
    (1..=UNIT_DIGITS_MAX).contains(&digits)
        && unit.len() <= UNIT_LETTERS_MAX
        && unit.iter().all(|c| c.is_alphabetic())
}

/// `10-Apr-2026`.
fn is_day(word: &[char]) -> bool {
    let parts: Vec<&[char]> = word.split(|c| is_joint(*c)).collect();
    let [day, month, year] = parts.as_slice() else { return false };
    let are_digits = |part: &[char]| part.iter().all(|c| c.is_numeric());
    (1..=2).contains(&day.len())
        && are_digits(day)
        && month.iter().all(|c| c.is_alphabetic())
        && matches!(year.len(), 2 | 4)
        && are_digits(year)
}

/// `Q1-2026`, `FY2026`.
fn is_of_a_year(word: &[char]) -> bool {
    let groups: Vec<&[char]> = word.split(|c| !c.is_numeric()).filter(|group| !group.is_empty()).collect();
    let is_year = |group: &[char]| matches!(group, ['1', '9', _, _] | ['2', '0', _, _]);
    let rest: usize = groups.iter().filter(|group| !is_year(group)).map(|group| group.len()).sum();
    groups.iter().filter(|group| is_year(group)).count() == 1 && rest <= 1
}
