use std::collections::BTreeMap;

use engine::{
    AccountId, BatchName, Channel, CounterfoilNumber, Delivery, Instant, Kind, MergeValue, MessageId, Reason,
    TemplateName, Verdict,
};

use crate::TransactionView;

/// As much of a message as a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSummary {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// The operator's own id.
    pub id: MessageId,
    /// How it travelled.
    pub channel: Channel,
    /// Its subject, where the channel has one.
    pub subject: Option<String>,
    /// The beginning of its text, or of what a reader of its HTML sees; white space folded.
    pub excerpt: String,
    /// When it left.
    pub sent_at: Instant,
    /// What it was written from.
    pub template: Option<TemplateName>,
}

/// A message, what became of it, and what else the account's books hold around it.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// The operator's own id.
    pub id: MessageId,
    /// By which whoever holds it may ask whether it was sent.
    pub number: Option<CounterfoilNumber>,
    /// How it travelled.
    pub channel: Channel,
    /// The address or number it went to.
    pub recipient: String,
    /// The address or name it came from.
    pub sender: Option<String>,
    /// What it was written from.
    pub template: Option<TemplateName>,
    /// The run of sends it left in.
    pub batch: Option<BatchName>,
    /// When it left.
    pub sent_at: Instant,
    /// Its subject, where the channel has one.
    pub subject: Option<String>,
    /// Its text as sent.
    pub text: Option<String>,
    /// Its HTML as sent. The sender wrote it: it is shown as text, or not at all.
    pub html: Option<String>,
    /// The merge fields it was written with.
    pub data: BTreeMap<String, MergeValue>,
    /// What became of it on its way, in the feed's order.
    pub delivery: Vec<Delivery>,
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
    /// The transaction that came nearest to vouching, or the old one that a stale message is about.
    pub nearest: Option<TransactionView>,
    /// The transactions that fit equally, where several do; by time.
    pub fitting: Vec<TransactionView>,
    /// What happened on the account around its sending.
    pub around: Around,
    /// Whether it is about a transaction that is not the reader's to see: a member's message, about another line.
    pub is_withheld: bool,
    /// The message that already told of the same, where this one is sent again.
    pub told_before: Option<MessageSummary>,
}

/// An account's transactions around a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// They, by time; those nearest the moment where there were more than fit.
    pub transactions: Vec<TransactionView>,
    /// Whether there were more.
    pub more: bool,
}
