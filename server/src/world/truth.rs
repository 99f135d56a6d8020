use engine::Span;

use super::life::{Happened, Life, Sent};

/// What became of a message, as whoever made it knows.
#[derive(Clone)]
pub(super) enum Truth {
    /// A transaction vouches for it; so might those in `also`, for all that it says.
    Vouched { place: usize, also: Vec<usize> },
    /// Nothing is expected.
    Informational,
    /// It is flagged.
    Wrong { verdict: &'static str, reason: &'static str, place: Option<usize> },
}

/// How far around a message another transaction may be what it tells of: the built-in rule's time.
const BEFORE: Span = Span::hours(6);
const AFTER: Span = Span::hours(72);

impl Sent<'_> {
    /// The text as it was written, without its facts.
    pub(super) fn pattern(&self) -> &str {
        &self.wording.texts[self.text]
    }

    /// Whether it shows a fact, in its text or beside it.
    pub(super) fn shows(&self, fact: &str) -> bool {
        if self.bare && fact == "reference" {
            return false;
        }
        let mark = format!("{{{fact}}}");
        self.pattern().contains(&mark)
            || self.wording.subject.contains(&mark)
            || self.fields.iter().any(|field| field == fact)
    }

    /// Whether a transaction could be what it tells of, for all that it shows.
    pub(super) fn fits(&self, happened: &Happened) -> bool {
        let Some(facts) = &self.facts else { return false };
        let other = &happened.facts;
        let same_device = |facts: &super::facts::Facts| {
            facts.handset.as_ref().map(|handset| handset.imei.printed())
                == other.handset.as_ref().map(|handset| handset.imei.printed())
        };
        let in_time = other.occurred_at >= self.at.minus(AFTER) && other.occurred_at <= self.at.plus(BEFORE);
        in_time
            && !(self.shows("reference") && facts.reference != other.reference)
            && !(self.shows("amount") && facts.cents != other.cents)
            && !(self.shows("line") && facts.line != other.line)
            && !((self.shows("imei") || self.shows("imei_end")) && !same_device(facts))
    }
}

/// Finds, for each message that a transaction vouches for, the others that it could as well be about.
pub(super) fn find_also(life: &mut Life) {
    let Life { happened, sent, .. } = life;
    for message in sent {
        let Truth::Vouched { place, .. } = message.truth else { continue };
        let kind = &happened[place].event.kind;
        let others = happened
            .iter()
            .enumerate()
            .filter(|(other, one)| *other != place && one.event.kind == *kind && message.fits(one));
        let also = others.map(|(other, _)| other).collect();
        message.truth = Truth::Vouched { place, also };
    }
}
