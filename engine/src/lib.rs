//! What a message claims, which transaction vouches for it, and what that makes of the message.
//!
//! Pure: no IO, no clock, no async, no randomness; all come in as parameters. The verdicts of an account are a function
//! of its messages, its books, a catalogue, the time, and what is known [`Elsewhere`].

mod account;
mod assign;
mod book_index;
mod candidate;
mod catalogue;
mod channel;
mod compare;
mod date;
mod e164;
mod elsewhere;
mod evidence;
mod excerpt;
mod feed_line;
mod find_contradiction;
mod find_split;
mod identifier;
mod imei;
mod instant;
mod judge;
mod kind;
mod language;
mod learn;
mod lexicon;
mod message;
mod money;
mod parsed;
mod read_message;
mod reason;
mod reference;
mod rule;
mod scan_text;
mod state_facts;
mod tell;
mod transaction;
mod verdict;
mod wording;

pub use account::{Account, AccountDevice, AccountStatus, Line, Member, TimeZone};
pub use catalogue::{Catalogue, CatalogueError, Template};
pub use channel::Channel;
pub use compare::{Fact, FactName, Outcome};
pub use date::Date;
pub use e164::E164;
pub use elsewhere::{Citation, Elsewhere, Token, TokenKey};
pub use evidence::Evidence;
pub use excerpt::excerpt;
pub use feed_line::{FeedError, FeedRecord, LINE_BYTES_MAX};
pub use identifier::{AccountId, BatchName, MessageId, TemplateName, TransactionId};
pub use imei::Imei;
pub use instant::{Instant, Span};
pub use judge::{Books, Finding, JudgeContext, Judgement, judge};
pub use kind::Kind;
pub use language::Language;
pub use learn::Learnt;
pub use message::{Delivery, DeliveryState, MergeValue, Message};
pub use money::{Currency, Money, StatedAmount};
pub use read_message::{Reader, Reading, Sent};
pub use reason::{Cause, NearMiss, Reason};
pub use reference::Reference;
pub use rule::{Rule, Subject};
pub use scan_text::{Stated, StatedDay, StatedDevice, StatedLine, visible_text};
pub use transaction::{Device, Transaction};
pub use verdict::Verdict;
pub use wording::{Wording, WordingError};
