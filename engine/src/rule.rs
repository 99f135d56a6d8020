use serde::Deserialize;

use crate::{Instant, Kind, Span};

/// By what a claim is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kinds of transaction that vouch; empty: the claimed kind itself.
    pub vouched_by: Vec<Kind>,
    /// How long after the message its transaction may still happen.
    pub before: Span,
    /// How long before the message its transaction may have happened.
    pub after: Span,
    /// How long a message that nothing contradicts waits for its transaction.
    pub grace: Span,
    /// Whether one transaction vouches for any number of messages of a template, channel and recipient.
    pub repeats: bool,
    /// What the claim is about, and so what may be foreign to the account.
    pub about: Option<Subject>,
    /// How soon the customer must be told of such a transaction; `None`: need not be.
    pub tell_within: Option<Span>,
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A line of the account.
    Line,
    /// A device, to which it happens once.
    Device,
}

impl Rule {
    /// The first and last moment at which what is told at `sent_at` may have happened.
    pub(crate) fn window(&self, sent_at: Instant) -> (Instant, Instant) {
        (sent_at.minus(self.after), sent_at.plus(self.before))
    }

    /// Whether a transaction of a kind can vouch for a claim of another.
    pub fn vouches(&self, claimed: &Kind, kind: &Kind) -> bool {
        if self.vouched_by.is_empty() { claimed == kind } else { self.vouched_by.contains(kind) }
    }
}

/// The part of a rule that a catalogue states; the rest is as in the rule it builds on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulePart {
    vouched_by: Option<Vec<Kind>>,
    before: Option<Span>,
    after: Option<Span>,
    grace: Option<Span>,
    repeats: Option<bool>,
    about: Option<Subject>,
    tell_within: Option<Span>,
}

impl RulePart {
    /// This part, and where it is silent another.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self {
            vouched_by: self.vouched_by.clone().or_else(|| other.vouched_by.clone()),
            before: self.before.or(other.before),
            after: self.after.or(other.after),
            grace: self.grace.or(other.grace),
            repeats: self.repeats.or(other.repeats),
            about: self.about.or(other.about),
            tell_within: self.tell_within.or(other.tell_within),
        }
    }

    pub(crate) fn over(&self, base: &Rule) -> Rule {
        Rule {
            vouched_by: self.vouched_by.clone().unwrap_or_else(|| base.vouched_by.clone()),
            before: self.before.unwrap_or(base.before),
            after: self.after.unwrap_or(base.after),
            grace: self.grace.unwrap_or(base.grace),
            repeats: self.repeats.unwrap_or(base.repeats),
            about: self.about.or(base.about),
            tell_within: self.tell_within.or(base.tell_within),
        }
    }
}

/// What holds where a catalogue is silent; `data/rules.toml` says the same with its reasons.
pub(crate) const BARE: Rule = Rule {
    vouched_by: Vec::new(),
    before: Span::hours(6),
    after: Span::hours(72),
    grace: Span::hours(48),
    repeats: false,
    about: None,
    tell_within: None,
};
