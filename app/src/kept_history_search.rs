//! What a customer looks for in their history, kept in their session until they clear it: it is in no address.

use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::search::SEARCH_CHARS_MAX;
use crate::session_key::HISTORY_SEARCH;

/// What was typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct KeptHistorySearch {
    pub(crate) typed: String,
}

impl KeptHistorySearch {
    /// Keeps it in the session of whoever searches, no more of it than the form takes; nothing where nothing was typed.
    pub(crate) async fn keep(session: &Session, typed: &str) -> Result<(), Error> {
        let typed: String = typed.trim().chars().take(SEARCH_CHARS_MAX).collect();
        if typed.is_empty() {
            session.remove::<Self>(HISTORY_SEARCH).await?;
            return Ok(());
        }
        session.insert(HISTORY_SEARCH, Self { typed }).await
    }

    /// What is kept.
    pub(crate) async fn read(session: &Session) -> Option<Self> {
        match session.get(HISTORY_SEARCH).await {
            Ok(kept) => kept,
            Err(error) => {
                tracing::warn!(%error, "what was looked for in a history can't be read");
                None
            }
        }
    }
}

impl std::fmt::Debug for KeptHistorySearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptHistorySearch(…)")
    }
}
