use std::fmt;
use std::str::FromStr;

use engine::{AccountId, Channel, Instant, Kind, Reason, Verdict, VerdictError};

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
    /// Only messages of which this became, or only transactions that no message tells of.
    pub verdict: Option<VerdictFilter>,
}

/// What became of an entry, as a filter names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictFilter {
    /// A message with this verdict.
    Of(Verdict),
    /// A transaction that no message tells of.
    NoMessage,
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
    /// Those before a moment, the newest of them first.
    Until(Instant),
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
    /// Whose it is, as its own rows say; `None` where there are none.
    pub owner: Option<AccountId>,
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
    /// Entries by all that a filter asks about.
    pub counts: Vec<HistoryCount>,
    /// When its first entry was.
    pub begins_at: Option<Instant>,
}

/// How many entries are alike in all that a filter asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryCount {
    /// How the message travelled, where there is one.
    pub channel: Option<Channel>,
    /// What is claimed, or happened.
    pub kind: Option<Kind>,
    /// What became of the message's claim, where there is one.
    pub verdict: Option<Verdict>,
    /// Whether the customer should look.
    pub attention: bool,
    /// Whether they are since the moment asked about.
    pub is_in_span: bool,
    /// How many.
    pub entries: u64,
}

impl HistoryQuery {
    /// A page that a person still reads and a server still renders at once.
    pub const ENTRIES_MAX: usize = 200;
}

impl HistorySummary {
    /// How many entries a filter leaves.
    pub fn count(&self, filter: &HistoryFilter) -> u64 {
        self.entries(|count| filter.leaves(count))
    }

    /// How many entries since the moment asked about are so.
    pub fn count_in_span(&self, is_so: impl Fn(&HistoryCount) -> bool) -> u64 {
        self.entries(|count| count.is_in_span && is_so(count))
    }

    fn entries(&self, is_so: impl Fn(&HistoryCount) -> bool) -> u64 {
        self.counts.iter().filter(|count| is_so(count)).map(|count| count.entries).sum()
    }
}

impl HistoryFilter {
    fn leaves(&self, count: &HistoryCount) -> bool {
        let verdict = match self.verdict {
            None => true,
            Some(VerdictFilter::Of(verdict)) => count.verdict == Some(verdict),
            Some(VerdictFilter::NoMessage) => count.verdict.is_none(),
        };
        verdict
            && (!self.attention_only || count.attention)
            && self.channel.is_none_or(|channel| count.channel == Some(channel))
            && self.kind.as_ref().is_none_or(|kind| count.kind.as_ref() == Some(kind))
    }
}

impl VerdictFilter {
    /// What an address calls a transaction that no message tells of.
    const NO_MESSAGE: &str = "none";

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Of(verdict) => verdict.as_str(),
            Self::NoMessage => Self::NO_MESSAGE,
        }
    }
}

impl FromStr for VerdictFilter {
    type Err = VerdictError;

    fn from_str(text: &str) -> Result<Self, VerdictError> {
        if text == Self::NO_MESSAGE { Ok(Self::NoMessage) } else { text.parse().map(Self::Of) }
    }
}

impl fmt::Display for VerdictFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
