use engine::{Account, Message, Transaction};

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

/// The transactions of a JSON list of accounts' ids.
pub(crate) async fn read_transactions(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<Transaction>, StoreError> {
    read_transaction_rows(work, ids).await?.iter().map(|row| transaction_of_row(row)).collect()
}

/// The transactions of a JSON list of accounts' ids, by account, as they come from the database.
pub(crate) async fn read_transaction_rows(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<String>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select cast({array}(account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list,
                                 amount_minor, currency, imei, model, line, summary) as text)
             from transactions where account_id in ({texts}) order by account_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

/// The messages of a JSON list of accounts' ids, by account, time and id, as they come from the database.
pub(crate) async fn read_message_rows(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<String>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select cast({array}(account_id, sent_at, message_id, channel, recipient, sender, template, batch, subject,
                                 text, html, data, delivery) as text)
             from messages where account_id in ({texts}) order by account_id, sent_at, message_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

/// The transaction that a row of [`read_transaction_rows`] is.
pub(crate) fn transaction_of_row(row: &str) -> Result<Transaction, StoreError> {
    TransactionRow::of_json(row)?.into_transaction()
}

/// The message that a row of [`read_message_rows`] is.
pub(crate) fn message_of_row(row: &str) -> Result<Message, StoreError> {
    MessageRow::of_json(row)?.into_message()
}
