use crate::candidate::{Candidate, Candidates, Judged};
use crate::{Books, FactName, Money, Span};

/// Parts of one payment are made within so long of each other …
const APART_MAX: Span = Span::hours(24);
/// … and are so many at most: of more, some add up to anything.
const PARTS_MAX: usize = 3;
/// The most transactions among which parts are looked for.
const POOL_MAX: usize = 24;

/// The transactions that differ from a claim, which nothing else fits, in nothing but their amounts; by time.
pub(crate) fn find_parts<'a>(
    judged: &Judged<'a>,
    candidates: &Candidates<'a>,
    books: &Books<'a>,
) -> Vec<Candidate<'a>> {
    if judged.claim.stated.amounts.is_empty() || !candidates.fitting.is_empty() {
        return Vec::new();
    }
    let is_known = !candidates.differing.is_empty();
    let mut parts: Vec<Candidate> =
        if is_known { candidates.differing.clone() } else { judged.in_window(books).collect() };
    parts.retain(|candidate| judged.speaks_against(candidate, is_known).eq([FactName::Amount]));
    parts.truncate(POOL_MAX);
    parts.sort_by(Candidate::by_time);
    parts
}

/// The first two, or else three, of a pool whose amounts add up to one that the message states.
pub(crate) fn find_split<'a>(judged: &Judged<'a>, pool: &[Candidate<'a>]) -> Option<Vec<Candidate<'a>>> {
    (2..=PARTS_MAX).find_map(|parts| add_up(judged, pool, parts, &mut Vec::new()))
}

/// The first so many of a pool, behind those that are chosen, whose amounts add up.
fn add_up<'a>(
    judged: &Judged<'a>,
    pool: &[Candidate<'a>],
    parts: usize,
    chosen: &mut Vec<Candidate<'a>>,
) -> Option<Vec<Candidate<'a>>> {
    if chosen.len() == parts {
        return is_sum(judged, chosen).then(|| chosen.clone());
    }
    for (place, next) in pool.iter().enumerate() {
        let at = |candidate: &Candidate| candidate.transaction.occurred_at;
        if chosen.first().is_some_and(|first| at(next).since(at(first)) > APART_MAX) {
            return None;
        }
        chosen.push(*next);
        let found = add_up(judged, &pool[place + 1..], parts, chosen);
        if found.is_some() {
            return found;
        }
        chosen.pop();
    }
    None
}

/// Whether the amounts of parts add up to one that the message states.
pub(crate) fn is_sum(judged: &Judged, parts: &[Candidate]) -> bool {
    let amounts = || parts.iter().map(|part| part.transaction.amount);
    let Some(currency) = amounts().next().flatten().map(Money::currency) else { return false };
    let mut minor = amounts().map(|amount| amount.filter(|it| it.currency() == currency).map(Money::minor));
    let sum = minor.try_fold(0i64, |sum, part| sum.checked_add(part?));
    let stated = &judged.claim.stated.amounts;
    sum.is_some_and(|sum| stated.iter().any(|it| it.agrees_with(Money::from_minor(sum, currency))))
}
