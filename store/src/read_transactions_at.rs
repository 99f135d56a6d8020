use std::collections::BTreeMap;

use crate::json_list::json_list;
use crate::record_rows::TransactionRow;
use crate::{AccountScope, StoreError, StoreTransaction, TransactionView, on_both};

/// Transactions by their ids.
pub(crate) type Transactions = BTreeMap<String, TransactionView>;

/// The account's transactions of these times and ids; none stands for one that is no more.
pub(crate) async fn read_transactions_at<'a>(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    keys: impl IntoIterator<Item = (i64, &'a str)>,
) -> Result<Transactions, StoreError> {
    let keys: Vec<(i64, &str)> = keys.into_iter().collect();
    if keys.is_empty() {
        return Ok(Transactions::new());
    }
    let rows: Vec<TransactionRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list, amount_minor,
                    currency, imei, model, line, summary
             from (select distinct cast(value ->> 0 as bigint) as at, value ->> 1 as id from {rows}) as wanted
             join {transactions} on account_id = $2 and occurred_at = wanted.at and transaction_id = wanted.id",
            2,
        ))
        .bind(json_list(keys))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    rows.into_iter()
        .map(|row| Ok((row.transaction_id.clone(), TransactionView::of(row.into_transaction()?))))
        .collect()
}
