use rustc_hash::FxHashMap;

use crate::settled::Settled;
use crate::{Books, Catalogue, Instant, Sent};

/// The places of the transactions that the customer had to be told of by now, and was not; by time.
///
/// `since` is where the record of messages begins: nobody can say what was told before it.
pub(crate) fn find_untold<'s>(
    books: &Books,
    messages: impl Iterator<Item = (&'s Sent, &'s Settled)>,
    catalogue: &Catalogue,
    since: Instant,
) -> Vec<u32> {
    let mut due: Vec<(u32, Instant)> = Vec::new();
    for (kind, transactions) in books.kinds() {
        let Some(tell_within) = catalogue.rule(kind).tell_within else { continue };
        let deadlines = transactions.iter().filter(|(occurred_at, _)| *occurred_at >= since);
        let deadlines = deadlines.map(|(occurred_at, place)| (*place, occurred_at.plus(tell_within)));
        due.extend(deadlines.filter(|(_, deadline)| *deadline <= books.at()));
    }
    if due.is_empty() {
        return Vec::new();
    }
    let mut first_told: FxHashMap<u32, Instant> = FxHashMap::default();
    for (message, settled) in messages {
        for place in settled.told() {
            let told_at = first_told.entry(place).or_insert(message.sent_at);
            *told_at = message.sent_at.min(*told_at);
        }
    }
    due.retain(|(place, deadline)| first_told.get(place).is_none_or(|told_at| told_at > deadline));
    due.sort_by_key(|(place, _)| {
        let transaction = books.transaction(*place);
        (transaction.occurred_at, &transaction.id)
    });
    due.into_iter().map(|(place, _)| place).collect()
}
