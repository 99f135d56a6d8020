use std::ops::Range;

use super::{Keep, Part};

/// The digits of the shortest telephone number that is international (ITU-T E.164); an amount or a house has fewer.
const RUN_DIGITS_MIN: usize = 7;
/// Of a number that a text breaks off in, more than these would go on elsewhere.
const CUT_OFF_DIGITS_MIN: usize = 3;
/// `999999.99`: what has more digits before its decimals may be something else.
const WHOLE_DIGITS_MAX: usize = 6;
const CUT_OFF: char = '…';

/// A run of digits in groups, as a text writes a number.
pub(super) struct Run {
    pub(super) groups: Vec<Range<usize>>,
}

impl Run {
    pub(super) fn range(&self) -> Range<usize> {
        let first = self.groups.first().map_or(0, |group| group.start);
        first..self.groups.last().map_or(first, |group| group.end)
    }

    pub(super) fn digits(&self) -> usize {
        self.groups.iter().map(Range::len).sum()
    }
}

/// What may stand between the groups of a number.
pub(super) fn is_separator(c: char) -> bool {
    c == ' '
        || ('\u{2000}'..='\u{200b}').contains(&c)
        || matches!(c, '\u{a0}' | '\u{202f}' | '-' | '.' | '(' | ')')
        || ('\u{2010}'..='\u{2015}').contains(&c)
}

/// Runs too long to be anything but an identifier.
pub(super) fn find_runs(chars: &[char], plain: &[Range<usize>]) -> Vec<Part> {
    let runs = runs(chars, plain).into_iter().filter(|run| run.digits() >= RUN_DIGITS_MIN);
    runs.map(|run| with_signs(chars, run.range()))
        .map(|part| Part { from: part.start, to: part.end, keep: Keep::End })
        .collect()
}

/// With the `+` or `(` that it begins with.
fn with_signs(chars: &[char], run: Range<usize>) -> Range<usize> {
    let is_closed = chars[run.clone()].contains(&')');
    let is_sign = |c: &&char| **c == '+' || (**c == '(' && is_closed);
    let signs = chars[..run.start].iter().rev().take(2).take_while(is_sign).count();
    run.start - signs..run.end
}

/// Every run of digits outside what is plainly a day or an amount.
pub(super) fn runs(chars: &[char], plain: &[Range<usize>]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for group in groups(chars) {
        if is_plain(plain, &group) {
            continue;
        }
        let joins = |run: &Run| is_joint(&chars[run.range().end..group.start]);
        match runs.last_mut().filter(|run| joins(run)) {
            Some(run) => run.groups.push(group),
            None => runs.push(Run { groups: vec![group] }),
        }
    }
    runs
}

/// What a text breaks off in: the rest of a number may be read elsewhere, so nothing of its beginning is kept.
pub(super) fn find_cut_off(chars: &[char]) -> Option<Part> {
    let to = chars.len().checked_sub(1).filter(|last| chars[*last] == CUT_OFF)?;
    let of_number = |c: &&char| c.is_numeric() || is_separator(**c) || **c == '+';
    let spaced = chars[..to].iter().rev().take_while(of_number).count();
    let word = chars[..to].iter().rev().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).count();
    let from = to - spaced.max(word);
    let digits = chars[from..to].iter().filter(|c| c.is_numeric()).count();
    let from = from + chars[from..to].iter().take_while(|c| !c.is_alphanumeric()).count();
    (digits >= CUT_OFF_DIGITS_MIN).then_some(Part { from, to, keep: Keep::Nothing })
}

/// Whether a part of a text touches one of what [`plain_numbers`] found.
pub(super) fn is_plain(plain: &[Range<usize>], part: &Range<usize>) -> bool {
    let behind = plain.partition_point(|plain| plain.start < part.end);
    behind.checked_sub(1).is_some_and(|last| part.start < plain[last].end)
}

/// The days and amounts of a text, in order. They name nobody. Each stands alone, so none is within another.
pub(super) fn plain_numbers(chars: &[char]) -> Vec<Range<usize>> {
    let groups: Vec<Range<usize>> = groups(chars).collect();
    let days = groups.windows(3).filter_map(|three| day(chars, three));
    let amounts = (0..groups.len()).filter_map(|place| amount(chars, &groups, place));
    let mut plain: Vec<Range<usize>> = days.chain(amounts).collect();
    plain.sort_by_key(|plain| plain.start);
    plain
}

fn groups(chars: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at + chars[at..].iter().position(|c| c.is_numeric())?;
        at = from + chars[from..].iter().take_while(|c| c.is_numeric()).count();
        Some(from..at)
    })
}

fn is_joint(between: &[char]) -> bool {
    match between {
        [one] => is_separator(*one) || *one == '+',
        [')', two] => is_separator(*two),
        [one, '(' | '+'] => is_separator(*one),
        [' ', dash, ' '] => is_separator(*dash) && *dash != '.',
        _ => false,
    }
}

/// `2026-04-10`, `10.04.2026`, `04/10/2026`, and what is no part of a longer number.
fn day(chars: &[char], three: &[Range<usize>]) -> Option<Range<usize>> {
    let number = |group: &Range<usize>| chars[group.clone()].iter().collect::<String>().parse::<u32>().ok();
    let lengths = [three[0].len(), three[1].len(), three[2].len()];
    let (year, others) = match lengths {
        [4, 1..=2, 1..=2] => (number(&three[0])?, [number(&three[1])?, number(&three[2])?]),
        [1..=2, 1..=2, 4] => (number(&three[2])?, [number(&three[0])?, number(&three[1])?]),
        _ => return None,
    };
    let between = [&chars[three[0].end..three[1].start], &chars[three[1].end..three[2].start]];
    let is_day = between[0] == between[1]
        && matches!(between[0], ['-' | '.' | '/'])
        && (1900..2100).contains(&year)
        && others.iter().all(|other| (1..=31).contains(other))
        && others.iter().any(|other| *other <= 12);
    let whole = three[0].start..three[2].end;
    (is_day && stands_alone(chars, &whole)).then_some(whole)
}

/// `86.40`, `1250,00`.
fn amount(chars: &[char], groups: &[Range<usize>], place: usize) -> Option<Range<usize>> {
    let (whole, decimals) = (groups.get(place)?, groups.get(place + 1)?);
    let is_amount = whole.len() <= WHOLE_DIGITS_MAX
        && decimals.len() == 2
        && matches!(&chars[whole.end..decimals.start], ['.' | ',']);
    let joins = |one: &Range<usize>, next: &Range<usize>| is_joint(&chars[one.end..next.start]);
    let before = place.checked_sub(1).is_some_and(|before| joins(&groups[before], whole));
    let behind = groups.get(place + 2).is_some_and(|behind| joins(decimals, behind));
    let both = whole.start..decimals.end;
    (is_amount && !before && !behind && stands_alone(chars, &both)).then_some(both)
}

/// Whether nothing sticks to a number, such as more of it.
fn stands_alone(chars: &[char], range: &Range<usize>) -> bool {
    let sticks = |c: &char| c.is_alphanumeric() && *c != 'T';
    let is_joint = |c: &char| is_separator(*c) && !c.is_whitespace();
    let before = &chars[range.start.saturating_sub(2)..range.start];
    let behind = &chars[range.end..chars.len().min(range.end + 2)];
    let held_before = before.last().is_some_and(|last| {
        sticks(last)
            || (is_joint(last) && before.first().is_some_and(|first| before.len() == 2 && first.is_numeric()))
    });
    let held_behind = behind.first().is_some_and(|first| {
        sticks(first) || (is_joint(first) && behind.get(1).is_some_and(|second| second.is_numeric()))
    });
    !held_before && !held_behind
}
