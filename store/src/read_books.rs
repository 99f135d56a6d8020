use engine::{Account, Message, Transaction};
use rustc_hash::FxHashMap;

use crate::dialect::Dialect;
use crate::record_rows::{MessageRow, TransactionRow, account_of_record};
use crate::{StoreError, StoreTransaction, on_both};

/// The accounts of a JSON list of ids that are known and not deleted, by id.
pub(crate) async fn read_accounts(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<Account>, StoreError> {
    let records: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select record from accounts where account_id in ({texts}) and deleted = 0 order by account_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    records.iter().map(|record| account_of_record(record)).collect()
}

/// Rows as they come from the database: by account, one JSON list of them. A value an account costs less to hand over
/// than one a row, and reading them is left to whoever has cores to spare.
pub(crate) type KeptRows = FxHashMap<String, String>;

/// The transactions of a JSON list of accounts' ids.
pub(crate) async fn read_transactions(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<Transaction>, StoreError> {
    let kept = read_transaction_rows(work, ids).await?;
    let read = kept.values().map(|rows| transactions_of_rows(rows)).collect::<Result<Vec<_>, _>>()?;
    Ok(read.into_iter().flatten().collect())
}

/// The transactions of a JSON list of accounts' ids, for [`transactions_of_rows`].
pub(crate) async fn read_transaction_rows(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<KeptRows, StoreError> {
    let statement = "select account_id,
                            cast({group}({array}(account_id, occurred_at, transaction_id, kind, recorded_at, status,
                                                 reference_list, amount_minor, currency, imei, model, line, summary))
                                 as text)
                     from transactions where account_id in ({texts}) group by account_id";
    read_rows(work, statement, ids).await
}

/// The messages of a JSON list of accounts' ids, for [`messages_of_rows`].
pub(crate) async fn read_message_rows(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<KeptRows, StoreError> {
    let statement = "select account_id,
                            cast({group}({array}(account_id, sent_at, message_id, channel, recipient, sender, template,
                                                 batch, subject, text, html, data, delivery)) as text)
                     from messages where account_id in ({texts}) group by account_id";
    read_rows(work, statement, ids).await
}

async fn read_rows(
    work: &mut StoreTransaction,
    statement: &'static str,
    ids: &str,
) -> Result<KeptRows, StoreError> {
    let rows: Vec<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(statement)).bind(ids).fetch_all(connection).await?
    });
    Ok(rows.into_iter().collect())
}

/// The transactions that an account's rows are, in any order.
pub(crate) fn transactions_of_rows(rows: &str) -> Result<Vec<Transaction>, StoreError> {
    TransactionRow::of_json_list(rows)?.into_iter().map(TransactionRow::into_transaction).collect()
}

/// The messages that an account's rows are, in any order.
pub(crate) fn messages_of_rows(rows: &str) -> Result<Vec<Message>, StoreError> {
    MessageRow::of_json_list(rows)?.into_iter().map(MessageRow::into_message).collect()
}
