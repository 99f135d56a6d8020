use engine::TransactionId;

use crate::history_row::HistoryRow;
use crate::narrow_reasons::narrow_rows;
use crate::read_history::read_entries;
use crate::read_transactions_of::read_transactions_of;
use crate::{AccountScope, HistoryEntry, Store, StoreError, StoreTransaction, TransactionView, on_both};

/// More messages about one thing than a reader reads: a year of monthly reminders, and then some.
const MESSAGES_MAX: usize = 40;

/// A transaction, and what its customer was told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionEntries {
    /// The transaction.
    pub transaction: TransactionView,
    /// Each message about it, the first one first; where there is none, the transaction alone. Nothing while it is not
    /// judged yet.
    pub entries: Vec<HistoryEntry>,
    /// Whether there are more messages about it than those.
    pub more: bool,
}

impl Store {
    /// One of the account's transactions with the messages about it; `None` where the account has no such transaction,
    /// whoever else may have.
    pub async fn read_transaction(
        &self,
        scope: &AccountScope,
        id: &TransactionId,
    ) -> Result<Option<TransactionEntries>, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let found = read_transactions_of(&mut work, scope, &[id]).await?;
        let Some(transaction) = found.into_iter().next() else { return Ok(None) };
        let mut rows = read_rows_about(&mut work, scope, id).await?;
        let more = rows.len() > MESSAGES_MAX;
        rows.truncate(MESSAGES_MAX);
        let entries = read_entries(&mut work, scope, &rows).await?;
        Ok(Some(TransactionEntries { transaction, entries, more }))
    }
}

async fn read_rows_about(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    id: &TransactionId,
) -> Result<Vec<HistoryRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
                    attention, untold, waits_until, reasons
             from {history} where account_id = $1 and transaction_id = $4 order by at, entry_id limit $5",
            1,
        ))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .bind(id.as_str())
        .bind(i64::try_from(MESSAGES_MAX + 1).expect("the bound is small"))
        .fetch_all(connection)
        .await?
    });
    narrow_rows(work, scope, rows).await
}
