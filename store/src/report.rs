//! A report: a customer's word on one of their messages or transactions, and the thread with the desk that it begins.

use std::fmt;
use std::str::FromStr;

use engine::{Kind, MessageId, TransactionId};

use crate::StoreError;
use crate::draw_id::{draw_id, is_drawn};

/// One report, as an address may carry it: 32 hexadecimal digits, drawn at random.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId(Box<str>);

/// Why a text is nothing that a report is made of.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no report has that")]
pub struct ReportError;

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// One of the account's messages.
    Message(MessageId),
    /// One of its transactions.
    Transaction(TransactionId),
}

/// What a customer says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// "I did do this": it happened, whatever the books hold.
    Did,
    /// "This wasn't me".
    NotMe,
}

/// How far a report has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// The desk is to answer.
    Open,
    /// The desk has answered, and the customer may go on.
    Answered,
    /// The desk is done with it. The customer's next note opens it again.
    Closed,
}

/// What an entry of a report's thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The customer's word.
    Said(Says),
    /// What the customer adds.
    Note,
    /// What the desk answers.
    Answer,
    /// That the desk closed it.
    Closed,
}

/// A page of text: enough for what happened, and little enough to be read at the desk. In a form's body it fits.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Open reports of one person: more messages than go wrong for anybody at once, and too few to bury the desk under.
pub const REPORTS_OPEN_MAX: i64 = 20;
/// Entries of one thread: who needs more of them should be called.
pub const NOTES_MAX: i64 = 100;

/// The nouns of what somebody changes who takes an account over: its SIMs and numbers, what proves its people, and where
/// they are reached.
const TAKEN_OVER_BY: [&str; 5] = ["sim", "number", "credential", "contact", "sign_in"];

/// Whether a thing of this kind, done by somebody else, means that the account may be in their hands.
pub fn is_security_kind(kind: &Kind) -> bool {
    TAKEN_OVER_BY.contains(&kind.noun())
}

impl ReportId {
    /// The id as the store keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn draw() -> Result<Self, StoreError> {
        draw_id().map(Self)
    }
}

impl FromStr for ReportId {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        if is_drawn(text) { Ok(Self(text.into())) } else { Err(ReportError) }
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Reported {
    /// By the names that the store and forms have for it.
    pub fn read(about: &str, id: &str) -> Result<Self, ReportError> {
        match about {
            "message" => id.parse().map(Self::Message).map_err(|_| ReportError),
            "transaction" => id.parse().map(Self::Transaction).map_err(|_| ReportError),
            _ => Err(ReportError),
        }
    }

    /// Whether it is a message or a transaction.
    pub fn about(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Transaction(_) => "transaction",
        }
    }

    /// The operator's own id of it.
    pub fn id(&self) -> &str {
        match self {
            Self::Message(id) => id.as_str(),
            Self::Transaction(id) => id.as_str(),
        }
    }
}

impl Says {
    /// Its name in the store and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Did => "did",
            Self::NotMe => "not_me",
        }
    }
}

impl FromStr for Says {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        [Self::Did, Self::NotMe].into_iter().find(|says| says.as_str() == text).ok_or(ReportError)
    }
}

impl ReportState {
    /// Its name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

impl FromStr for ReportState {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        let all = [Self::Open, Self::Answered, Self::Closed];
        all.into_iter().find(|state| state.as_str() == text).ok_or(ReportError)
    }
}

impl EntryKind {
    /// Its name in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said(says) => says.as_str(),
            Self::Note => "note",
            Self::Answer => "answer",
            Self::Closed => "closed",
        }
    }
}

impl FromStr for EntryKind {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        match text {
            "note" => Ok(Self::Note),
            "answer" => Ok(Self::Answer),
            "closed" => Ok(Self::Closed),
            _ => text.parse().map(Self::Said),
        }
    }
}
