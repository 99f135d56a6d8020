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

/// The transactions of a JSON list of accounts' ids, by account, time and id.
pub(crate) async fn read_transactions(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<Transaction>, StoreError> {
    let rows: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select cast({array}(account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list,
                                 amount_minor, currency, imei, model, line, summary) as text)
             from transactions where account_id in ({texts}) order by account_id, occurred_at, transaction_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    let transaction = |row: &String| TransactionRow::of_json(row)?.into_transaction();
    rows.iter().map(transaction).collect()
}

/// The messages of a JSON list of accounts' ids, by account, time and id.
pub(crate) async fn read_messages(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<Vec<Message>, StoreError> {
    let rows: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select cast({array}(account_id, sent_at, message_id, channel, recipient, sender, template, batch, subject,
                                 text, html, data, delivery) as text)
             from messages where account_id in ({texts}) order by account_id, sent_at, message_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    let message = |row: &String| MessageRow::of_json(row)?.into_message();
    rows.iter().map(message).collect()
}
