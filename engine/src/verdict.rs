use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What became of a message's claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A transaction vouches for it.
    Matched,
    /// Nothing vouches for it yet, nothing contradicts it, and its grace runs.
    Waiting,
    /// Nothing vouches for it.
    Unmatched,
    /// It is about a transaction whose facts are others.
    Differs,
    /// Another message already told of the same transaction.
    Duplicate,
    /// Several transactions fit, and nothing settles which.
    Ambiguous,
    /// It claims nothing.
    Informational,
    /// The books are behind: it could not be checked.
    Unchecked,
}

/// Why a text is not a verdict.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a verdict")]
pub struct VerdictError(String);

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 8] = [
        Self::Matched,
        Self::Waiting,
        Self::Unmatched,
        Self::Differs,
        Self::Duplicate,
        Self::Ambiguous,
        Self::Informational,
        Self::Unchecked,
    ];

    /// The verdict's name in feeds and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Waiting => "waiting",
            Self::Unmatched => "unmatched",
            Self::Differs => "differs",
            Self::Duplicate => "duplicate",
            Self::Ambiguous => "ambiguous",
            Self::Informational => "informational",
            Self::Unchecked => "unchecked",
        }
    }

    /// Whether the message was likely sent in error.
    pub fn is_flagged(self) -> bool {
        matches!(self, Self::Unmatched | Self::Differs | Self::Duplicate)
    }
}

impl FromStr for Verdict {
    type Err = VerdictError;

    fn from_str(text: &str) -> Result<Self, VerdictError> {
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == text)
            .ok_or_else(|| VerdictError(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
