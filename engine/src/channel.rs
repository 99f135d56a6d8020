use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How a message travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// Electronic mail.
    Email,
    /// A text message.
    Sms,
    /// A notification of the operator's application.
    Push,
    /// On paper.
    Letter,
    /// A recorded or spoken call.
    Voice,
}

/// Why a text is not a channel.
#[derive(Debug, thiserror::Error)]
#[error("a channel is one of email, sms, push, letter, voice")]
pub struct ChannelError;

impl Channel {
    /// Every channel, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Email, Self::Sms, Self::Push, Self::Letter, Self::Voice];

    /// The channel's name in feeds and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::Letter => "letter",
            Self::Voice => "voice",
        }
    }
}

impl FromStr for Channel {
    type Err = ChannelError;

    fn from_str(text: &str) -> Result<Self, ChannelError> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or(ChannelError)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
