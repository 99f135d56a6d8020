//! A search at the desk that opened nothing, until the desk has shown it again: what was typed is in no address, and
//! nobody has to type it twice.

use serde::{Deserialize, Serialize};
use store::{BudgetSpan, FIND_CHARS_MAX, OpenLookupError, REASON_CHARS_MAX};
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::session_key::SEARCH;

/// What was typed, and why it opened nothing.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptSearch {
    pub(crate) search: String,
    pub(crate) reason: String,
    pub(crate) refusal: Refusal,
}

/// Why a search opened nothing, as the desk says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Refusal {
    /// Nothing was typed.
    Empty,
    ReasonShort,
    ReasonLong,
    ReasonControl,
    Nothing,
    Several,
    Deleted,
    TooMany,
    BudgetOfHour,
    BudgetOfDay,
    Failed,
}

impl Refusal {
    /// `None` where it is not the search that was refused, but whoever asks.
    pub(crate) fn of(error: &OpenLookupError) -> Option<Self> {
        match error {
            OpenLookupError::NotAllowed | OpenLookupError::Suspended { .. } => None,
            OpenLookupError::BudgetSpent { span: BudgetSpan::Hour, .. } => Some(Self::BudgetOfHour),
            OpenLookupError::BudgetSpent { span: BudgetSpan::Day, .. } => Some(Self::BudgetOfDay),
            OpenLookupError::ReasonShort(_) => Some(Self::ReasonShort),
            OpenLookupError::ReasonLong(_) => Some(Self::ReasonLong),
            OpenLookupError::ReasonControl => Some(Self::ReasonControl),
            OpenLookupError::Nothing => Some(Self::Nothing),
            OpenLookupError::Several => Some(Self::Several),
            OpenLookupError::Deleted => Some(Self::Deleted),
            OpenLookupError::TooMany => Some(Self::TooMany),
            OpenLookupError::Store(_) => Some(Self::Failed),
        }
    }
}

impl KeptSearch {
    /// Keeps it in the session of whoever searched, no more of it than the form takes.
    pub(crate) async fn keep(
        session: &Session,
        search: &str,
        reason: &str,
        refusal: Refusal,
    ) -> Result<(), Error> {
        let search = search.chars().take(FIND_CHARS_MAX).collect();
        let reason = reason.chars().take(REASON_CHARS_MAX).collect();
        session.insert(SEARCH, Self { search, reason, refusal }).await
    }

    /// Takes it out of the session: it is shown once.
    pub(crate) async fn take(session: &Session) -> Option<Self> {
        match session.remove(SEARCH).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "a search that was kept can't be read");
                None
            }
        }
    }
}

impl std::fmt::Debug for KeptSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptSearch(…)")
    }
}
