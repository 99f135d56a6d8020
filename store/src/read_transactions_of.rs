use engine::TransactionId;

use crate::json_list::json_list;
use crate::record_rows::TransactionRow;
use crate::{AccountScope, StoreError, StoreTransaction, TransactionView, on_both};

/// More rivals than this tell a reader nothing that fewer do not.
const TRANSACTIONS_MAX: usize = 20;

/// The account's transactions of these ids, by time; of very many, the first named.
pub(crate) async fn read_transactions_of(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    ids: &[&TransactionId],
) -> Result<Vec<TransactionView>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // A cross join, because SQLite keeps its order: it would rather go through all of the account's transactions.
    let rows: Vec<TransactionRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select transactions.account_id, transactions.occurred_at, transactions.transaction_id, kind, recorded_at,
                    status, reference_list, amount_minor, currency, imei, model, line, summary
             from transaction_ids cross join {transactions}
             where transaction_ids.transaction_id in ({texts}) and transaction_ids.account_id = $2
               and transaction_ids.deleted = 0
               and transactions.account_id = transaction_ids.account_id
               and transactions.occurred_at = transaction_ids.occurred_at
               and transactions.transaction_id = transaction_ids.transaction_id
             order by transactions.occurred_at, transactions.transaction_id",
            2,
        ))
        .bind(json_list(&ids[..ids.len().min(TRANSACTIONS_MAX)]))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    rows.into_iter().map(|row| row.into_transaction().map(TransactionView::of)).collect()
}
