use engine::{Kind, Reason, Verdict};

use crate::StoreError;
use crate::history_row::HistoryRow;

const UNREADABLE: StoreError = StoreError::Unreadable("entry of a history");

impl HistoryRow {
    /// What became of the message's claim, where there is one.
    pub(crate) fn read_verdict(&self) -> Result<Option<Verdict>, StoreError> {
        self.verdict.as_deref().map(str::parse).transpose().map_err(|_| UNREADABLE)
    }

    /// What is claimed, or happened.
    pub(crate) fn read_kind(&self) -> Result<Option<Kind>, StoreError> {
        self.kind.as_deref().map(str::parse).transpose().map_err(|_| UNREADABLE)
    }

    /// Why; the weightiest first.
    pub(crate) fn read_reasons(&self) -> Result<Vec<Reason>, StoreError> {
        serde_json::from_str(&self.reasons).map_err(|_| UNREADABLE)
    }
}
