//! What a customer takes along, row by row.

use engine::{
    AccountId, CounterfoilNumber, Instant, Kind, Message, MessageId, Reason, TransactionId, Verdict,
};

use crate::{Act, ActorKind, LookupView, ReportThread, Role, TransactionView};

/// Of what there is a file in an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportTable {
    /// Every message, with what became of it.
    Messages,
    /// Every transaction.
    Transactions,
    /// Verdicts that others took the place of.
    PastVerdicts,
    /// Who of the staff looked.
    Lookups,
    /// What its customer reported, and what was answered.
    Reports,
    /// What was done to the sign-in and the account, of the audit log.
    Security,
}

/// A row of an export.
#[derive(Clone, Debug)]
pub enum ExportRow {
    /// A message.
    Message(Box<ExportedMessage>),
    /// A transaction.
    Transaction(Box<ExportedTransaction>),
    /// A verdict that another took the place of.
    PastVerdict(PastVerdictView),
    /// A lookup.
    Lookup(LookupView),
    /// A report with its thread.
    Report(Box<ReportThread>),
    /// Something that was done.
    Security(SecurityView),
}

/// A message whole, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedMessage {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// All of it as sent.
    pub message: Message,
    /// By which whoever holds it may ask whether it was sent.
    pub number: Option<CounterfoilNumber>,
    /// What became of its claim; `None` while it is not judged yet.
    pub verdict: Option<Verdict>,
    /// The kind it claims, if it claims any.
    pub kind: Option<Kind>,
    /// Until when it waits for the books, where it does.
    pub waits_until: Option<Instant>,
    /// What vouches for it, or what it is about.
    pub transaction: Option<TransactionView>,
    /// Why; the weightiest first.
    pub reasons: Vec<Reason>,
    /// Whether it is about a transaction that is not the reader's to see: a member's message, about another line.
    pub is_withheld: bool,
}

/// A transaction, and whether its customer was told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedTransaction {
    /// The transaction.
    pub transaction: TransactionView,
    /// Whether a message tells of it.
    pub is_told: bool,
    /// Whether its customer had to be told of it, and no message did.
    pub is_untold: bool,
}

/// A verdict that another took the place of.
#[derive(Clone, Debug, PartialEq)]
pub struct PastVerdictView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// Of which message.
    pub message: MessageId,
    /// From when it stood.
    pub judged_at: Instant,
    /// Until when it stood.
    pub replaced_at: Instant,
    /// It.
    pub verdict: Verdict,
    /// What then vouched for the message, or what it was about.
    pub transaction: Option<TransactionId>,
    /// Why; the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Something that was done to a sign-in or an account, as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// When.
    pub at: Instant,
    /// What.
    pub act: Act,
    /// What sort of actor did it.
    pub actor: ActorKind,
    /// What they were to the operator.
    pub role: Option<Role>,
    /// From which address, where a customer did it.
    pub client: Option<String>,
}

impl ExportTable {
    /// All of them, in the order of their files.
    pub const ALL: [Self; 6] = [
        Self::Messages,
        Self::Transactions,
        Self::PastVerdicts,
        Self::Lookups,
        Self::Reports,
        Self::Security,
    ];

    /// What its files are called, without what they end with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Transactions => "transactions",
            Self::PastVerdicts => "past-verdicts",
            Self::Lookups => "lookups",
            Self::Reports => "reports",
            Self::Security => "security",
        }
    }
}

impl ExportRow {
    /// Whose it is, as its own row says.
    pub fn owner(&self) -> &AccountId {
        match self {
            Self::Message(message) => &message.owner,
            Self::Transaction(transaction) => &transaction.transaction.owner,
            Self::PastVerdict(past) => &past.owner,
            Self::Lookup(lookup) => &lookup.owner,
            Self::Report(thread) => &thread.report.owner,
            Self::Security(done) => &done.owner,
        }
    }
}
