use std::collections::BTreeMap;

use engine::{
    Account, Channel, CounterfoilNumber, Date, Instant, Member, MergeValue, MessageId, TimeZone, mask_subject,
};

use crate::number_messages::kept;
use crate::record_rows::account_of_record;
use crate::{AccountScope, Store, StoreError, StoreTransaction, on_both};

/// What whoever holds a message's number is told of it: nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// The day on which it was sent, where its recipient lives.
    pub sent_on: Date,
    /// How it travelled.
    pub channel: Channel,
    /// Its subject without what is personal; `None` too where it is not known whose names could be in it.
    pub subject: Option<String>,
    /// The message, where it is the asker's own.
    pub own: Option<MessageId>,
}

#[derive(sqlx::FromRow)]
struct SentRow {
    message_id: String,
    account_id: String,
    sent_at: i64,
    channel: String,
    recipient: String,
    subject: Option<String>,
    data: String,
}

impl Store {
    /// The message with a number. Of a number that is no message's, and of a deleted message's, nothing; and either takes
    /// the same reads, as many as if there were one. `asker`: somebody who is signed in, whose own message is named.
    pub async fn check_number(
        &self,
        number: CounterfoilNumber,
        asker: Option<&AccountScope>,
    ) -> Result<Option<SentMessage>, StoreError> {
        let mut work = self.begin_jobs().await?;
        // No message and no account has the id ''.
        let message_id = read_numbered(&mut work, number).await?.unwrap_or_default();
        let sent = read_sent(&mut work, &message_id).await?;
        let account_id = sent.as_ref().map_or("", |sent| sent.account_id.as_str());
        let account = read_account_record(&mut work, account_id).await?;
        let account = account.as_deref().map(account_of_record).transpose()?;
        let Some(sent) = sent else { return Ok(None) };
        sent.told(account.as_ref(), asker).ok_or(StoreError::Unreadable("message")).map(Some)
    }
}

impl SentRow {
    fn told(self, account: Option<&Account>, asker: Option<&AccountScope>) -> Option<SentMessage> {
        let merged: BTreeMap<String, MergeValue> = serde_json::from_str(&self.data).ok()?;
        let zone = account.map_or_else(TimeZone::default, |account| account.time_zone.clone());
        let own = asker.is_some_and(|asker| {
            asker.account().as_str() == self.account_id && asker.is_recipient(&self.recipient)
        });
        Some(SentMessage {
            sent_on: Date::of(Instant::from_micros(self.sent_at), &zone),
            channel: self.channel.parse().ok()?,
            subject: account
                .zip(self.subject)
                .and_then(|(account, subject)| shown(account, &subject, &merged)),
            own: own.then(|| self.message_id.parse()).transpose().ok()?,
        })
    }
}

/// A subject as anybody may see it, where anything of it is left.
fn shown(account: &Account, subject: &str, merged: &BTreeMap<String, MergeValue>) -> Option<String> {
    let members = account.members.iter().filter_map(|Member { name, .. }| name.as_deref());
    let texts = merged.values().filter_map(|value| match value {
        MergeValue::Text(text) => Some(text.as_str()),
        MergeValue::Other(_) => None,
    });
    let masked = mask_subject(subject, account.name.as_deref().into_iter().chain(members), texts);
    masked.contains(char::is_alphanumeric).then_some(masked)
}

async fn read_numbered(
    work: &mut StoreTransaction,
    number: CounterfoilNumber,
) -> Result<Option<String>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_scalar(
            "select message_id from counterfoil_numbers where number = $1
             union all select message_id from fresh_numbers where number = $1",
        )
        .bind(kept(number))
        .fetch_optional(connection)
        .await?
    }))
}

async fn read_sent(work: &mut StoreTransaction, message_id: &str) -> Result<Option<SentRow>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_as(
            "select messages.message_id, messages.account_id, messages.sent_at, channel, recipient, subject, data
             from message_ids
             join messages on messages.account_id = message_ids.account_id
                          and messages.sent_at = message_ids.sent_at
                          and messages.message_id = message_ids.message_id
             where message_ids.message_id = $1 and message_ids.deleted = 0",
        )
        .bind(message_id)
        .fetch_optional(connection)
        .await?
    }))
}

async fn read_account_record(
    work: &mut StoreTransaction,
    account_id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_scalar("select record from accounts where account_id = $1 and deleted = 0")
            .bind(account_id)
            .fetch_optional(connection)
            .await?
    }))
}
