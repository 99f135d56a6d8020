use engine::{AccountId, Channel, Instant, Kind, Reason, Verdict};

use crate::{Cursor, MessageSummary, TransactionView};

/// Which part of an account's history is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryQuery {
    /// What of it.
    pub filter: HistoryFilter,
    /// Where in it.
    pub page: Page,
    /// How many entries at most; at least 1, and at most [`HistoryQuery::ENTRIES_MAX`].
    pub limit: usize,
}

/// What of a history is shown. The default is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    /// Only flagged messages and untold transactions.
    pub attention_only: bool,
    /// Only messages that travelled so, with their transactions.
    pub channel: Option<Channel>,
    /// Only what is, or claims, this.
    pub kind: Option<Kind>,
}

/// Where in a history a page lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Its newest entries.
    #[default]
    Newest,
    /// Those that come before an entry in time.
    Before(Cursor),
    /// Those that come after an entry in time.
    After(Cursor),
}

/// A page of a history, the newest entry first.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPage {
    /// The entries.
    pub entries: Vec<HistoryEntry>,
    /// For [`Page::Before`], where earlier entries exist.
    pub earlier: Option<Cursor>,
    /// For [`Page::After`], where newer entries exist.
    pub newer: Option<Cursor>,
}

/// A message with the transaction that it is about, or a transaction that no message tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// When the message was sent; when the transaction happened, where there is no message.
    pub at: Instant,
    /// What became of the message's claim.
    pub verdict: Option<Verdict>,
    /// What the message claims; what the transaction is, where there is no message.
    pub kind: Option<Kind>,
    /// Whether the customer should look: a flagged message, or an untold transaction.
    pub attention: bool,
    /// Whether the customer had to be told of the transaction in time, and was not.
    pub untold: bool,
    /// Until when the message waits for the books; of a transaction alone, until when its customer may yet be told of it.
    pub waits_until: Option<Instant>,
    /// The message.
    pub message: Option<MessageSummary>,
    /// What vouches for the message, or what it is about; or what no message tells of.
    pub transaction: Option<TransactionView>,
    /// Why the verdict is what it is; the weightiest first.
    pub reasons: Vec<Reason>,
    /// Whether it is about a transaction that is not the reader's to see: a member's message, about another line.
    pub is_withheld: bool,
}

/// An account's history in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistorySummary {
    /// All messages.
    pub messages_total: u64,
    /// All flagged messages and untold transactions.
    pub attention_total: u64,
    /// The messages since the moment asked about.
    pub in_span: u64,
    /// The flagged messages and untold transactions since then.
    pub attention_in_span: u64,
    /// Messages by channel, the most first.
    pub by_channel: Vec<(Channel, u64)>,
    /// Entries by kind, the most first.
    pub by_kind: Vec<(Kind, u64)>,
}

impl HistoryQuery {
    /// A page that a person still reads and a server still renders at once.
    pub const ENTRIES_MAX: usize = 200;
}
