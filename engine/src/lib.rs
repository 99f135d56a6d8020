//! What a message claims, which transaction vouches for it, and what that makes of the message.
//!
//! Pure: no IO, no clock, no async, no randomness; all come in as parameters. The verdicts of an account are a function
//! of its messages, its books, a catalogue, the time, and what is known [`Elsewhere`].

mod account;
mod account_evidence;
mod account_now;
mod assign;
mod boilerplate;
mod book_index;
mod candidate;
mod catalogue;
mod channel;
mod compare;
mod counterfoil_number;
mod date;
mod e164;
mod elsewhere;
mod evidence;
mod excerpt;
mod feed_line;
mod find_contradiction;
mod find_split;
mod finding;
mod fit_weights;
mod identifier;
mod imei;
mod incident;
mod instant;
mod judge;
mod kind;
mod lags;
mod language;
mod learn;
mod learnt;
mod lexicon;
mod likeness;
mod mask_subject;
mod message;
mod money;
#[cfg(feature = "openapi")]
mod openapi;
mod parsed;
mod read_message;
mod reason;
mod redact;
mod reference;
mod room;
mod rule;
mod scan_text;
mod settle;
mod settled;
mod spread;
mod standing;
mod state_facts;
mod tell;
mod transaction;
mod uncheck;
mod verdict;
mod vocabulary;
mod weights;
mod wording;

pub use account::{Account, AccountDevice, AccountStatus, Line, Member, TimeZone};
pub use account_now::{AccountNow, Open, OpenSort, account_now};
pub use book_index::{BookIndex, Books};
pub use catalogue::{Catalogue, CatalogueError, Template};
pub use channel::Channel;
pub use compare::{Fact, FactName, Outcome};
pub use counterfoil_number::{CounterfoilNumber, CounterfoilNumberError};
pub use date::Date;
pub use e164::E164;
pub use elsewhere::{Citation, Elsewhere, Token, TokenKey};
pub use evidence::Evidence;
pub use excerpt::excerpt;
pub use feed_line::{FeedError, FeedRecord, LINE_BYTES_MAX};
pub use finding::Finding;
pub use identifier::{AccountId, BatchName, MessageId, TemplateName, TransactionId};
pub use imei::Imei;
pub use incident::{CoveredTemplate, Covers, Incident, IncidentError, Said, Slug, SlugError, Statement};
pub use instant::{Instant, Span};
pub use judge::{JudgeContext, Judgement, judge};
pub use kind::Kind;
pub use language::Language;
pub use learnt::Learnt;
pub use likeness::{
    ChangedFact, CommonText, HeldText, Likeness, Nearness, SentText, Shape, TextChange, common_shapes,
};
pub use mask_subject::mask_subject;
pub use message::{Delivery, DeliveryState, MergeValue, Message};
pub use money::{Currency, Money, StatedAmount};
pub use read_message::{Reader, Reading, Recipient, Sent};
pub use reason::{Cause, NearMiss, Reason};
pub use reference::Reference;
pub use rule::{Rule, Subject};
pub use scan_text::{Stated, StatedDay, StatedDevice, StatedLine, visible_text};
pub use standing::Standing;
pub use transaction::{Device, Transaction};
pub use verdict::{Verdict, VerdictError};
pub use wording::{Wording, WordingError};

/// Which engine it is: verdicts are kept with it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
