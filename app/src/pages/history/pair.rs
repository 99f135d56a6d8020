use engine::Verdict;
use leptos::prelude::*;
use store::HistoryEntry;

use super::{books, ghost, told};
use crate::reading::Reading;

/// A message beside what vouches for it, or why nothing does; or a transaction beside what was said of it.
pub(super) fn sheet(reading: &Reading, row: &[HistoryEntry]) -> Option<impl IntoView + use<>> {
    let entry = row.first()?;
    let class = format!("sheet {}", sheet_class(entry));
    let (left, right) = match (&entry.message, &entry.transaction) {
        (Some(message), transaction) => {
            let right = match transaction {
                Some(transaction) if is_joined(entry.verdict) => {
                    books::books(reading, entry, transaction).into_any()
                }
                _ if entry.verdict == Some(Verdict::Informational) => {
                    ghost::nothing_expected(reading).into_any()
                }
                _ => ghost::missing(reading, entry, message).into_any(),
            };
            (told::told(reading, row, entry, message).into_any(), right)
        }
        (None, Some(transaction)) => {
            let left = if entry.untold {
                ghost::untold(reading).into_any()
            } else {
                ghost::no_message(reading, entry).into_any()
            };
            (left, books::books(reading, entry, transaction).into_any())
        }
        (None, None) => (().into_any(), ().into_any()),
    };
    Some(view! { <div class=class data-owner=reading.mark(&entry.owner)>{left}{right}</div> })
}

/// How the two slips hold together.
pub(crate) fn sheet_class(entry: &HistoryEntry) -> &'static str {
    match (&entry.message, entry.transaction.is_some()) {
        (None, _) if entry.untold => "untold flagged",
        (None, _) => "loose",
        (Some(_), has_transaction) => message_sheet_class(entry.verdict, has_transaction),
    }
}

/// How a message holds together with what is beside it.
pub(in crate::pages) fn message_sheet_class(verdict: Option<Verdict>, has_transaction: bool) -> &'static str {
    match verdict {
        Some(Verdict::Matched) if has_transaction => "joined",
        Some(Verdict::Differs) if has_transaction => "joined flagged",
        Some(Verdict::Unmatched | Verdict::Duplicate | Verdict::Differs) => "torn flagged",
        Some(Verdict::Matched | Verdict::Ambiguous) => "torn",
        Some(Verdict::Informational) => "loose",
        Some(Verdict::Waiting | Verdict::Unchecked) | None => "torn is-waiting",
    }
}

/// Whether the transaction that a message is about stands beside it as its own.
pub(in crate::pages) fn is_joined(verdict: Option<Verdict>) -> bool {
    matches!(verdict, Some(Verdict::Matched | Verdict::Differs))
}
