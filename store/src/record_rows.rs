use std::collections::BTreeMap;

use engine::{
    Account, AccountId, Delivery, Device, Instant, MergeValue, Message, Money, Reference, Transaction,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// A transaction as it is kept.
#[derive(sqlx::FromRow, Deserialize)]
pub(crate) struct TransactionRow {
    pub account_id: String,
    pub occurred_at: i64,
    pub transaction_id: String,
    pub kind: String,
    pub recorded_at: i64,
    pub status: Option<String>,
    pub reference_list: String,
    pub amount_minor: Option<i64>,
    pub currency: Option<String>,
    pub imei: Option<String>,
    pub model: Option<String>,
    pub line: Option<String>,
    pub summary: Option<String>,
}

/// A message as it is kept.
#[derive(sqlx::FromRow, Deserialize)]
pub(crate) struct MessageRow {
    pub account_id: String,
    pub sent_at: i64,
    pub message_id: String,
    pub channel: String,
    pub recipient: String,
    pub sender: Option<String>,
    pub template: Option<String>,
    pub batch: Option<String>,
    pub subject: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub data: String,
    pub delivery: String,
}

impl TransactionRow {
    /// The rows that a JSON list of lists of their columns is.
    pub(crate) fn of_json_list(rows: &str) -> Result<Vec<Self>, StoreError> {
        json(rows).ok_or(StoreError::Unreadable("transaction"))
    }

    /// The transaction that it is, without its revision.
    pub(crate) fn into_transaction(self) -> Result<Transaction, StoreError> {
        self.read().ok_or(StoreError::Unreadable("transaction"))
    }

    fn read(self) -> Option<Transaction> {
        let amount = match (self.amount_minor, self.currency) {
            (Some(minor), Some(currency)) => Some(Money::from_minor(minor, currency.parse().ok()?)),
            _ => None,
        };
        let device = match self.imei {
            Some(imei) => Some(Device { imei: imei.parse().ok()?, model: self.model }),
            None => None,
        };
        Some(Transaction {
            id: self.transaction_id.parse().ok()?,
            account: self.account_id.parse().ok()?,
            kind: self.kind.parse().ok()?,
            occurred_at: Instant::from_micros(self.occurred_at),
            recorded_at: Some(Instant::from_micros(self.recorded_at)),
            status: self.status,
            references: json::<Vec<Reference>>(&self.reference_list)?,
            amount,
            device,
            line: self.line.map(|line| line.parse()).transpose().ok()?,
            summary: self.summary,
            revision: 0,
            deleted: false,
        })
    }
}

impl MessageRow {
    /// The rows that a JSON list of lists of their columns is.
    pub(crate) fn of_json_list(rows: &str) -> Result<Vec<Self>, StoreError> {
        json(rows).ok_or(StoreError::Unreadable("message"))
    }

    /// The message that it is, without its revision.
    pub(crate) fn into_message(self) -> Result<Message, StoreError> {
        self.read().ok_or(StoreError::Unreadable("message"))
    }

    fn read(self) -> Option<Message> {
        let account = if self.account_id.is_empty() { None } else { Some(self.account_id.parse().ok()?) };
        Some(Message {
            id: self.message_id.parse().ok()?,
            account,
            channel: self.channel.parse().ok()?,
            recipient: self.recipient,
            sender: self.sender,
            template: self.template.map(|name| name.parse()).transpose().ok()?,
            batch: self.batch.map(|name| name.parse()).transpose().ok()?,
            sent_at: Instant::from_micros(self.sent_at),
            subject: self.subject,
            text: self.text,
            html: self.html,
            data: json::<BTreeMap<String, MergeValue>>(&self.data)?,
            delivery: json::<Vec<Delivery>>(&self.delivery)?,
            revision: 0,
            deleted: false,
        })
    }
}

/// The account that a kept record is.
pub(crate) fn account_of_record(record: &str) -> Result<Account, StoreError> {
    json(record).ok_or(StoreError::Unreadable("account"))
}

/// The account that a kept id names.
pub(crate) fn account_id(kept: &str) -> Result<AccountId, StoreError> {
    kept.parse().map_err(|_| StoreError::Unreadable("account"))
}

fn json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
