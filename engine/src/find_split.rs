use crate::candidate::{Candidate, Candidates, Judged};
use crate::{Books, FactName, Money, Span};

/// Parts of one payment are made within so long of each other …
const APART_MAX: Span = Span::hours(24);
/// … and are so many at most: of more, some add up to anything.
const PARTS_MAX: usize = 3;
/// The most transactions among which parts are looked for.
const POOL_MAX: usize = 24;

/// The transactions that differ from a claim in nothing but their amounts, which add up to the one it states; by time.
pub(crate) fn find_split<'a>(
    judged: &Judged<'a>,
    candidates: &Candidates<'a>,
    books: &Books<'a>,
) -> Option<Vec<Candidate<'a>>> {
    if judged.claim.stated.amounts.is_empty()
        || !candidates.fitting.is_empty()
        || !candidates.slipped.is_empty()
    {
        return None;
    }
    let mut pool: Vec<Candidate> = if candidates.differing.is_empty() {
        judged.in_window(books).collect()
    } else {
        candidates.differing.clone()
    };
    pool.retain(|candidate| candidate.comparison.differences().eq([FactName::Amount]));
    pool.truncate(POOL_MAX);
    pool.sort_by(Candidate::by_time);
    (2..=PARTS_MAX).find_map(|parts| add_up(judged, &pool, parts, &mut Vec::new()))
}

/// The first so many of a pool, behind those that are chosen, whose amounts add up.
fn add_up<'a>(
    judged: &Judged<'a>,
    pool: &[Candidate<'a>],
    parts: usize,
    chosen: &mut Vec<usize>,
) -> Option<Vec<Candidate<'a>>> {
    let amount = |place: usize| pool[place].transaction.amount;
    if chosen.len() == parts {
        let currency = amount(chosen[0])?.currency();
        let mut minor = chosen
            .iter()
            .map(|place| amount(*place).filter(|it| it.currency() == currency).map(Money::minor));
        let sum = minor.try_fold(0i64, |sum, part| sum.checked_add(part?))?;
        let sum = Money::from_minor(sum, currency);
        let stated = judged.claim.stated.amounts.iter().any(|stated| stated.agrees_with(sum));
        return stated.then(|| chosen.iter().map(|place| pool[*place]).collect());
    }
    let behind = chosen.last().map_or(0, |last| last + 1);
    for next in behind..pool.len() {
        let at = |place: usize| pool[place].transaction.occurred_at;
        if chosen.first().is_some_and(|first| at(next).since(at(*first)) > APART_MAX) {
            return None;
        }
        chosen.push(next);
        let found = add_up(judged, pool, parts, chosen);
        if found.is_some() {
            return found;
        }
        chosen.pop();
    }
    None
}
