use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::parsed::parsed;

const ID_CHARS_MAX: usize = 128;
const NAME_CHARS_MAX: usize = 256;

/// Why a text can't name a record.
#[derive(Debug, thiserror::Error)]
pub enum IdentifierError {
    /// Not 1 to 128 characters of letters, digits and `-_.:`.
    #[error("an id is 1 to 128 characters of letters, digits and -_.: and this is not: `{0}`")]
    Id(String),
    /// Longer than 256 characters, or empty.
    #[error("a name of a template or batch is 1 to 256 characters, and this has {0}")]
    Name(usize),
}

fn checked_id(text: &str) -> Result<Box<str>, IdentifierError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    if text.is_empty() || text.len() > ID_CHARS_MAX || !text.bytes().all(allowed) {
        return Err(IdentifierError::Id(text.chars().take(40).collect()));
    }
    Ok(text.into())
}

fn checked_name(text: &str) -> Result<Box<str>, IdentifierError> {
    let chars = text.chars().count();
    if chars == 0 || chars > NAME_CHARS_MAX {
        return Err(IdentifierError::Name(chars));
    }
    Ok(text.into())
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The name as the operator gave it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdentifierError;

            fn from_str(text: &str) -> Result<Self, IdentifierError> {
                $check(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                parsed(deserializer)
            }
        }
    };
}

identifier!(
    /// The operator's own id of an account: 1 to 128 characters of letters, digits and `-_.:`.
    AccountId, checked_id
);
identifier!(
    /// The operator's own id of a message.
    MessageId, checked_id
);
identifier!(
    /// The operator's own id of a transaction.
    TransactionId, checked_id
);
identifier!(
    /// What a message was written from: any text of up to 256 characters.
    TemplateName, checked_name
);
identifier!(
    /// The run of sends a message left in: any text of up to 256 characters.
    BatchName, checked_name
);

crate::redact::redact!(AccountId, MessageId, TransactionId);
crate::redact::redact!(shown TemplateName, BatchName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_is_not_written_for_debugging() {
        assert_eq!(format!("{:?}", "A-1000231".parse::<AccountId>().unwrap()), "AccountId(…)");
        assert_eq!(format!("{:?}", "M-7".parse::<MessageId>().unwrap()), "MessageId(…)");
        assert_eq!(format!("{:?}", "receipt".parse::<TemplateName>().unwrap()), "TemplateName(\"receipt\")");
    }

    #[test]
    fn ids_are_bounded_and_plain() {
        assert!("A-1000231".parse::<AccountId>().is_ok());
        assert!("a.b_c:9".parse::<MessageId>().is_ok());
        for bad in ["", "a b", "é", "a/b", &"x".repeat(129)] {
            assert!(bad.parse::<TransactionId>().is_err(), "{bad}");
        }
    }
}
