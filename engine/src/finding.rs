use serde::{Serialize, Serializer};

use crate::candidate::Judged;
use crate::settled::{Ground, Settled};
use crate::state_facts::{FACTS_MAX, Facts, facts_of, facts_without};
use crate::{
    Books, Catalogue, Cause, Fact, Instant, Kind, NearMiss, Reason, Sent, Transaction, TransactionId, Verdict,
};

/// What became of a message.
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    books: Books<'a>,
    catalogue: &'a Catalogue,
    message: &'a Sent,
    messages: &'a [Sent],
    settled: &'a Settled,
}

impl<'a> Finding<'a> {
    pub(crate) fn new(
        books: Books<'a>,
        catalogue: &'a Catalogue,
        messages: &'a [Sent],
        place: usize,
        settled: &'a Settled,
    ) -> Self {
        Self { books, catalogue, message: &messages[place], messages, settled }
    }

    /// The message.
    pub fn message(&self) -> &'a Sent {
        self.message
    }

    /// The kind it claims, if it claims any.
    pub fn kind(&self) -> Option<&'a Kind> {
        Some(self.judged()?.claim.kind)
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.settled.verdict
    }

    /// What vouches for it, or what it is about.
    pub fn transaction(&self) -> Option<&'a Transaction> {
        self.settled.transaction.map(|place| self.books.transaction(place))
    }

    /// Until when it waits, where it does.
    pub fn waits_until(&self) -> Option<Instant> {
        self.settled.waits_until()
    }

    /// The reason's code.
    pub fn code(&self) -> &'static str {
        self.cause().code()
    }

    /// Why, with the facts compared; the weightiest first.
    pub fn reasons(&self) -> Vec<Reason> {
        vec![Reason {
            cause: self.cause(),
            facts: self.facts().into_iter().flatten().map(Fact::from).collect(),
        }]
    }

    /// The same reasons, for writing them down without making texts of every fact first.
    pub fn written_reasons(&self) -> impl Serialize {
        [WrittenReason { cause: self.cause(), facts: WrittenFacts(self.facts()) }]
    }

    fn judged(&self) -> Option<Judged<'a>> {
        Judged::of(self.message, self.catalogue)
    }

    fn facts(&self) -> Facts<'a> {
        let Some(judged) = self.judged() else { return [None; FACTS_MAX] };
        match self.settled.about() {
            Some((place, comparison)) => {
                facts_of(&judged, self.books.transaction(place), comparison, &self.books)
            }
            None => facts_without(&judged, &self.books),
        }
    }

    fn cause(&self) -> Cause {
        let id = |place: u32| self.books.transaction(place).id.clone();
        let ids = |places: &[u32]| -> Vec<TransactionId> { places.iter().map(|place| id(*place)).collect() };
        match &self.settled.ground {
            Ground::NoClaim => Cause::NoClaim,
            Ground::Vouched => Cause::Vouched,
            Ground::Split(parts) => Cause::Split { transactions: ids(parts) },
            Ground::NoTransaction { nearest } => self.no_transaction(*nearest),
            Ground::Stale { known_by } => {
                let about = self.transaction().expect("what is stale is about a transaction");
                let (transaction, occurred_at) = (about.id.clone(), about.occurred_at);
                Cause::Stale { transaction, occurred_at, known_by: *known_by }
            }
            Ground::ForeignDevice => Cause::ForeignDevice,
            Ground::ForeignLine => Cause::ForeignLine,
            Ground::OtherAccount => Cause::OtherAccount,
            Ground::Amount => Cause::Amount,
            Ground::Device => Cause::Device,
            Ground::Line => Cause::Line,
            Ground::Duplicate { first } => {
                let first = &self.messages[*first as usize];
                Cause::Duplicate { first: first.id.clone(), told_at: first.sent_at }
            }
            Ground::Grace { until } => Cause::Grace { until: *until },
            Ground::Several(places) => Cause::Several { transactions: ids(places) },
            Ground::BooksBehind { since } => Cause::BooksBehind { since: *since },
        }
    }

    fn no_transaction(&self, nearest: Option<u32>) -> Cause {
        let judged = self.judged().expect("what claims nothing needs no transaction");
        let (from, to) = judged.window();
        let nearest = nearest.map(|place| {
            let candidate = judged.candidate(&self.books, place);
            let occurred_at = candidate.transaction.occurred_at;
            let mut missed_by: Vec<_> = candidate.comparison.differences().collect();
            if !(from..=to).contains(&occurred_at) {
                missed_by.insert(0, crate::FactName::Time);
            }
            NearMiss { transaction: candidate.transaction.id.clone(), occurred_at, missed_by }
        });
        Cause::NoTransaction { kinds: judged.claim.vouching_kinds().cloned().collect(), from, to, nearest }
    }
}

/// A [`Reason`] as it is written.
#[derive(Serialize)]
struct WrittenReason<'a> {
    #[serde(flatten)]
    cause: Cause,
    #[serde(skip_serializing_if = "WrittenFacts::is_empty")]
    facts: WrittenFacts<'a>,
}

struct WrittenFacts<'a>(Facts<'a>);

impl WrittenFacts<'_> {
    fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

impl Serialize for WrittenFacts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flatten())
    }
}
