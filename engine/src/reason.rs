use serde::{Deserialize, Serialize};

use crate::{Fact, FactName, Instant, Kind, MessageId, TransactionId};

/// Why a verdict is what it is, as data that pages word in any language, with the facts compared.
///
/// What it names of a message is what the message itself says; of an account, only its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The reason itself.
    #[serde(flatten)]
    pub cause: Cause,
    /// The facts compared, one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
}

/// What a reason says, by its code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Cause {
    /// The message claims nothing.
    NoClaim,
    /// A transaction is what the message says.
    Vouched,
    /// Several transactions together are what the message says: their amounts add up to the one it states.
    Split {
        /// Those, by time.
        transactions: Vec<TransactionId>,
    },
    /// Nothing of the kinds happened between two moments.
    NoTransaction {
        /// What was looked for.
        kinds: Vec<Kind>,
        /// From when.
        from: Instant,
        /// Until when.
        to: Instant,
        /// The transaction that came nearest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        nearest: Option<NearMiss>,
    },
    /// It is about something that happened outside the time in which a message of it is due.
    Stale {
        /// What it is about.
        transaction: TransactionId,
        /// When that happened.
        occurred_at: Instant,
        /// By which fact it is known to be about that.
        known_by: FactName,
    },
    /// It names a device that is not the account's.
    ForeignDevice,
    /// It names a line that is not the account's.
    ForeignLine,
    /// It names a reference that is not the account's.
    OtherAccount,
    /// The amount is another.
    Amount,
    /// The device is another of the account's.
    Device,
    /// The line is another of the account's.
    Line,
    /// Another message already told of the same.
    Duplicate {
        /// The earliest that did.
        first: MessageId,
        /// When it was sent.
        told_at: Instant,
    },
    /// The books may still bear it out.
    Grace {
        /// Until when it waits.
        until: Instant,
    },
    /// Several transactions fit equally.
    Several {
        /// Those.
        transactions: Vec<TransactionId>,
    },
    /// The books are behind.
    BooksBehind {
        /// How far they are complete.
        since: Instant,
    },
}

/// The transaction that came nearest to vouching, and why it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Which.
    pub transaction: TransactionId,
    /// When it happened.
    pub occurred_at: Instant,
    /// What of it is not as the message says.
    pub missed_by: Vec<FactName>,
}

impl Cause {
    /// The reason's code, as the feed's truth and the outputs write it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoClaim => "no_claim",
            Self::Vouched => "vouched",
            Self::Split { .. } => "split",
            Self::NoTransaction { .. } => "no_transaction",
            Self::Stale { .. } => "stale",
            Self::ForeignDevice => "foreign_device",
            Self::ForeignLine => "foreign_line",
            Self::OtherAccount => "other_account",
            Self::Amount => "amount",
            Self::Device => "device",
            Self::Line => "line",
            Self::Duplicate { .. } => "duplicate",
            Self::Grace { .. } => "grace",
            Self::Several { .. } => "several",
            Self::BooksBehind { .. } => "books_behind",
        }
    }
}
