use crate::compare::Comparison;
use crate::{FactName, Instant, Verdict};

/// What became of a message, by places in the account's records: transactions in its books, messages in their list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settled {
    pub verdict: Verdict,
    pub ground: Ground,
    /// What vouches for it, or what it is about.
    pub transaction: Option<u32>,
    /// What the two have in common.
    pub comparison: Option<Comparison>,
}

/// Why: a [`Cause`](crate::Cause) before it is worded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ground {
    NoClaim,
    Vouched,
    Split(Box<[u32]>),
    NoTransaction { nearest: Option<u32> },
    Stale { known_by: FactName },
    ForeignDevice,
    ForeignLine,
    OtherAccount,
    Amount,
    Device,
    Line,
    Duplicate { first: u32 },
    Grace { until: Instant },
    Several(Box<[u32]>),
    BooksBehind { since: Instant },
}

impl Settled {
    pub(crate) const INFORMATIONAL: Self = Self {
        verdict: Verdict::Informational,
        ground: Ground::NoClaim,
        transaction: None,
        comparison: None,
    };

    /// Until when the message waits, where it does.
    pub(crate) fn waits_until(&self) -> Option<Instant> {
        match self.ground {
            Ground::Grace { until } => Some(until),
            _ => None,
        }
    }

    /// The transaction it is about, with what the two have in common.
    pub(crate) fn about(&self) -> Option<(u32, Comparison)> {
        self.transaction.zip(self.comparison)
    }

    /// The transactions of which the message tells its reader, rightly or in other words.
    pub(crate) fn told(&self) -> impl Iterator<Item = u32> {
        let tells = matches!(
            self.verdict,
            Verdict::Matched | Verdict::Duplicate | Verdict::Differs | Verdict::Ambiguous
        );
        let several: &[u32] = match &self.ground {
            Ground::Several(places) | Ground::Split(places) => places,
            _ => &[],
        };
        self.transaction.into_iter().chain(several.iter().copied()).filter(move |_| tells)
    }
}
