use engine::{Delivery, DeliveryState, Instant, Message};

use crate::content_hash::message_hashes;
use crate::record_rows::MessageRow;
use crate::{StoreError, StoreTransaction, on_both};

/// Notes in a mail's message how its way went, by the records' time: as long after it was written as by the machine's.
pub(crate) async fn keep_delivery(
    work: &mut StoreTransaction,
    mail_id: &str,
    state: DeliveryState,
    now: Instant,
) -> Result<(), StoreError> {
    let row: Option<MessageRow> = on_both!(&mut *work, |connection| {
        sqlx::query_as(
            "select messages.account_id, messages.sent_at, messages.message_id, channel, recipient, sender, template,
                    batch, subject, text, html, data, delivery
             from message_ids
             join messages on messages.account_id = message_ids.account_id
                          and messages.sent_at = message_ids.sent_at
                          and messages.message_id = message_ids.message_id
             where message_ids.message_id = $1 and message_ids.deleted = 0",
        )
        .bind(mail_id)
        .fetch_optional(connection)
        .await?
    });
    let written_at: Option<i64> = on_both!(&mut *work, |connection| {
        sqlx::query_scalar("select written_at from outbox where mail_id = $1")
            .bind(mail_id)
            .fetch_optional(connection)
            .await?
    });
    // The operator may have taken the account's messages away meanwhile.
    let (Some(row), Some(written_at)) = (row, written_at) else { return Ok(()) };
    let mut message = row.into_message()?;
    let at = message.sent_at.plus(now.since(Instant::from_micros(written_at)));
    message.delivery.push(Delivery { state, at });
    write(work, message).await
}

async fn write(work: &mut StoreTransaction, mut message: Message) -> Result<(), StoreError> {
    let content_hash = message_hashes(&mut message).content;
    let delivery = serde_json::to_string(&message.delivery).expect("steps of a way are JSON");
    on_both!(work, |connection| {
        sqlx::query("update message_ids set content_hash = $2 where message_id = $1")
            .bind(message.id.as_str())
            .bind(content_hash)
            .execute(&mut *connection)
            .await?;
        sqlx::query(
            "update messages set delivery = $4 where account_id = $1 and sent_at = $2 and message_id = $3",
        )
        .bind(message.account.as_ref().map(engine::AccountId::as_str))
        .bind(message.sent_at.micros())
        .bind(message.id.as_str())
        .bind(delivery)
        .execute(connection)
        .await?;
    });
    Ok(())
}
