use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::parsed::parsed;

/// What sort of thing happened, as lower-case words joined by dots: `payment.received`. Open-ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(Box<str>);

const KIND_CHARS_MAX: usize = 64;

/// Why a text is not a kind.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a kind: write lower-case words joined by dots, such as payment.received")]
pub struct KindError(String);

impl Kind {
    /// The kind as the feed writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first word: what it happened to, such as `payment`.
    pub fn noun(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }
}

impl FromStr for Kind {
    type Err = KindError;

    fn from_str(text: &str) -> Result<Self, KindError> {
        let word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        if text.len() > KIND_CHARS_MAX || !text.split('.').all(word) {
            return Err(KindError(text.chars().take(40).collect()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_dotted_lower_case_words() {
        for good in ["payment.received", "trade_in.received", "outage", "a.b.c"] {
            assert!(good.parse::<Kind>().is_ok(), "{good}");
        }
        for bad in ["", ".", "payment.", "Payment.received", "payment received", "a..b"] {
            assert!(bad.parse::<Kind>().is_err(), "{bad}");
        }
    }
}
