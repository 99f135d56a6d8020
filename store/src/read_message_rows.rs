use engine::{Message, MessageId};

use crate::history_row::HistoryRow;
use crate::narrow_reasons::narrow_rows;
use crate::record_rows::MessageRow;
use crate::{AccountScope, StoreError, StoreTransaction, on_both};

/// One of the account's messages, found by its id without reading others.
pub(crate) async fn read_message_row(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    id: &MessageId,
) -> Result<Option<Message>, StoreError> {
    let row: Option<MessageRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select messages.account_id, messages.sent_at, messages.message_id, channel, recipient, sender, template,
                    batch, subject, text, html, data, delivery
             from message_ids
             join {messages} on messages.account_id = message_ids.account_id
                          and messages.sent_at = message_ids.sent_at
                          and messages.message_id = message_ids.message_id
             where message_ids.message_id = $4 and message_ids.account_id = $1 and message_ids.deleted = 0",
            1,
        ))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?
    });
    row.map(MessageRow::into_message).transpose()
}

/// What became of a message; `None` while it is not judged yet.
pub(crate) async fn read_history_row(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    message: &Message,
) -> Result<Option<HistoryRow>, StoreError> {
    let row: Option<HistoryRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
                    attention, untold, waits_until, reasons
             from {history} where account_id = $1 and at = $4 and entry_id = $5",
            1,
        ))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .bind(message.sent_at.micros())
        .bind(format!("m:{}", message.id))
        .fetch_optional(connection)
        .await?
    });
    Ok(narrow_rows(work, scope, Vec::from_iter(row)).await?.pop())
}
