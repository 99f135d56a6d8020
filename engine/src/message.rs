use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::transaction::is_first;
use crate::{AccountId, BatchName, Channel, Instant, MessageId, TemplateName};

/// One automated communication to one recipient, as the feed has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// The operator's own id.
    pub id: MessageId,
    /// The account it was for; else the recipient's at `sent_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// How it travelled.
    pub channel: Channel,
    /// The address or number it went to.
    pub recipient: String,
    /// The address or name it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// What it was written from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateName>,
    /// The run of sends it left in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchName>,
    /// When it left.
    pub sent_at: Instant,
    /// Its subject, where the channel has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its text as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its HTML as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The merge fields it was written with.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, MergeValue>,
    /// What became of it on its way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<Delivery>,
    /// The greatest wins, in whatever order they arrive.
    #[serde(default, skip_serializing_if = "is_first")]
    pub revision: u64,
    /// A tombstone: the operator says that the record is no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// The value of a merge field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MergeValue {
    /// A text.
    Text(String),
    /// A number, a truth value, a list, an object, or nothing.
    Other(Value),
}

impl<'de> Deserialize<'de> for MergeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::String(text) => Self::Text(text),
            other => Self::Other(other),
        })
    }
}

/// A step of a message's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// What happened.
    pub state: DeliveryState,
    /// When.
    pub at: Instant,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DeliveryState {
    /// Handed to the sender.
    Queued,
    /// Left the sender.
    Sent,
    /// Reached the recipient's provider.
    Delivered,
    /// Came back.
    Bounced,
    /// Was opened.
    Opened,
    /// The recipient complained of it.
    Complained,
}
