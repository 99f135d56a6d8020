//! Copies of one message stand as one row.

use engine::Span;
use store::{HistoryEntry, MessageSummary};

/// How far apart two copies may have been sent: a run of sends that was started again within the morning.
const APART_MAX: Span = Span::hours(6);

/// The rows of a list: each is an entry, with those after it that are its copies.
pub(super) fn rows(entries: &[HistoryEntry]) -> impl Iterator<Item = &[HistoryEntry]> {
    entries.chunk_by(is_copy)
}

/// Whether the next entry is another copy: the same words on the same channel, of which the same became.
fn is_copy(one: &HistoryEntry, next: &HistoryEntry) -> bool {
    let (Some(message), Some(other)) = (&one.message, &next.message) else { return false };
    let about = |entry: &HistoryEntry| entry.transaction.as_ref().map(|transaction| transaction.id.clone());
    let cause = |entry: &HistoryEntry| entry.reasons.first().map(|reason| reason.cause.code());
    one.at.since(next.at) <= APART_MAX
        && (one.verdict, one.untold, &one.kind) == (next.verdict, next.untold, &next.kind)
        && (message.channel, &message.subject) == (other.channel, &other.subject)
        && about(one) == about(next)
        && cause(one) == cause(next)
        && (message.excerpt == other.excerpt || is_of_same_run(one, message, other))
}

/// Of one run of sends, messages that nothing vouches for are copies though each names another device or reference.
fn is_of_same_run(one: &HistoryEntry, message: &MessageSummary, other: &MessageSummary) -> bool {
    one.transaction.is_none()
        && !one.is_withheld
        && message.batch.is_some()
        && message.template.is_some()
        && (&message.batch, &message.template) == (&other.batch, &other.template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::{Channel, Verdict};
    use proptest::prelude::*;

    fn entry(minutes_ago: i64, words: &str, batch: Option<&str>) -> HistoryEntry {
        let at = "2026-04-10T14:37:00Z"
            .parse::<engine::Instant>()
            .expect("a moment")
            .minus(Span::minutes(minutes_ago));
        let owner: engine::AccountId = "A-1".parse().expect("an account");
        let message = MessageSummary {
            owner: owner.clone(),
            id: format!("M-{minutes_ago}").parse().expect("an id"),
            channel: Channel::Email,
            subject: Some("We received your device".to_owned()),
            excerpt: words.to_owned(),
            sent_at: at,
            template: Some("trade_in".parse().expect("a template")),
            batch: batch.map(|batch| batch.parse().expect("a batch")),
            mistake: None,
        };
        HistoryEntry {
            owner,
            at,
            verdict: Some(Verdict::Unmatched),
            kind: Some("trade_in.received".parse().expect("a kind")),
            attention: true,
            untold: false,
            waits_until: None,
            message: Some(message),
            transaction: None,
            reasons: Vec::new(),
            is_withheld: false,
        }
    }

    fn lengths(entries: &[HistoryEntry]) -> Vec<usize> {
        rows(entries).map(<[HistoryEntry]>::len).collect()
    }

    #[test]
    fn copies_are_one_row() {
        let same = [entry(0, "Hi", None), entry(2, "Hi", None), entry(9, "Hi", None)];
        assert_eq!(lengths(&same), [3]);
        let run = [entry(0, "Your iPhone 11", Some("r-1")), entry(2, "Your Galaxy", Some("r-1"))];
        assert_eq!(lengths(&run), [2]);
    }

    #[test]
    fn what_differs_in_anything_stands_by_itself() {
        assert_eq!(lengths(&[entry(0, "Hi", None), entry(2, "Hello", None)]), [1, 1]);
        assert_eq!(lengths(&[entry(0, "Hi", None), entry(361, "Hi", None)]), [1, 1]);
        assert_eq!(lengths(&[entry(0, "A", Some("r-1")), entry(2, "B", Some("r-2"))]), [1, 1]);
        let changes: [fn(&mut HistoryEntry); 5] = [
            |entry| entry.verdict = Some(Verdict::Duplicate),
            |entry| entry.kind = None,
            |entry| entry.message = None,
            |entry| entry.message.iter_mut().for_each(|message| message.channel = Channel::Sms),
            |entry| entry.message.iter_mut().for_each(|message| message.subject = None),
        ];
        for change in changes {
            let mut entries = [entry(0, "Hi", None), entry(2, "Hi", None)];
            change(&mut entries[1]);
            assert_eq!(lengths(&entries), [1, 1]);
        }
    }

    proptest! {
        #[test]
        fn no_entry_is_lost(sent in prop::collection::vec((0_i64..900, "[ab]", prop::option::of("[xy]")), 0..20)) {
            let mut entries: Vec<HistoryEntry> =
                sent.iter().map(|(ago, words, batch)| entry(*ago, words, batch.as_deref())).collect();
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
            let again: Vec<HistoryEntry> = rows(&entries).flatten().cloned().collect();
            prop_assert_eq!(again, entries);
        }
    }
}
