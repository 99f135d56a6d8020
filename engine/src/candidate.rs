use crate::book_index::BookIndex;
use crate::compare::{Agreement, Comparison};
use crate::read_message::Claim;
use crate::{FactName, Instant, NearMiss, Sent, Subject, Transaction};

/// A message with its claim.
pub(crate) struct Judged<'a> {
    pub message: &'a Sent,
    pub claim: Claim<'a>,
}

/// A transaction that may vouch for a message, and how well it fits.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its place in the [`BookIndex`].
    pub place: usize,
    pub comparison: Comparison,
    /// The sum of the log-likelihood ratios of what was compared.
    pub weight: f64,
}

/// What the books hold on a claim.
#[derive(Default)]
pub(crate) struct Candidates {
    /// In the time of the rule, and nothing speaks against them.
    pub fitting: Vec<Candidate>,
    /// In the time, and another fact agrees, but the reference is written with a slip.
    pub slipped: Vec<Candidate>,
    /// Known by an exact reference and in the time, but other facts differ.
    pub differing: Vec<Candidate>,
    /// Known by an exact reference or by a device to which it happens once, but out of the time.
    pub out_of_time: Vec<(Candidate, FactName)>,
}

/// Log-likelihood ratios of agreement between a message and its transaction against chance, as Fellegi and Sunter
/// (1969) weigh them: the rarer a fact agrees by chance, the more its agreement says.
mod weight {
    pub(super) const REFERENCE: f64 = 14.0;
    pub(super) const DEVICE: f64 = 10.0;
    pub(super) const DEVICE_IN_PART: f64 = 6.0;
    pub(super) const AMOUNT: f64 = 6.0;
    pub(super) const LINE: f64 = 4.0;
    pub(super) const DAY: f64 = 2.0;
    /// Mail runs ahead of the books less often than behind them.
    pub(super) const AHEAD: f64 = -1.0;
}

impl<'a> Judged<'a> {
    /// The first and last moment at which what the message tells of may have happened.
    pub(crate) fn window(&self) -> (Instant, Instant) {
        let sent_at = self.message.sent_at;
        (sent_at.minus(self.claim.rule.after), sent_at.plus(self.claim.rule.before))
    }

    fn may_vouch(&self, transaction: &Transaction) -> bool {
        self.claim.rule.vouches(self.claim.kind, &transaction.kind)
    }

    /// Everything in the books that the claim could be about.
    pub(crate) fn candidates(&self, books: &BookIndex<'a>) -> Candidates {
        let mut found = Candidates::default();
        let (from, to) = self.window();
        for place in self.cited_places(books) {
            let candidate = self.candidate(books, place);
            let occurred_at = books.transactions[place].occurred_at;
            if occurred_at < from || occurred_at > to {
                found.out_of_time.push((candidate, FactName::Reference));
            } else if candidate.comparison.differences().iter().any(|fact| is_hard(*fact)) {
                found.differing.push(candidate);
            } else {
                found.fitting.push(candidate);
            }
        }
        if !found.fitting.is_empty() || !found.differing.is_empty() || !found.out_of_time.is_empty() {
            return found;
        }
        for candidate in self.in_window(books) {
            if !candidate.comparison.differences().is_empty() {
                if self.is_known_by_device(&candidate) {
                    found.differing.push(candidate);
                }
            } else if candidate.comparison.reference != Agreement::InPart {
                found.fitting.push(candidate);
            } else if candidate.comparison.amount == Agreement::Agrees
                || candidate.comparison.device == Agreement::Agrees
            {
                found.slipped.push(candidate);
            }
        }
        if found.fitting.is_empty() && found.differing.is_empty() {
            found.out_of_time = self.same_device_out_of_time(books);
        }
        found
    }

    /// The transactions that can vouch and that the message cites by an exact reference, however old.
    fn cited_places(&self, books: &BookIndex<'a>) -> Vec<usize> {
        let cited = self
            .claim
            .stated
            .references
            .iter()
            .flat_map(|reference| books.referenced(reference.normalised()));
        let mut places: Vec<usize> =
            cited.copied().filter(|place| self.may_vouch(books.transactions[*place])).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The transactions in the window whose kind may vouch, by time, whatever their facts.
    pub(crate) fn in_window(&self, books: &BookIndex<'a>) -> impl Iterator<Item = Candidate> {
        let (from, to) = self.window();
        let vouching = books.between(from, to).filter(|place| self.may_vouch(books.transactions[*place]));
        vouching.map(|place| self.candidate(books, place))
    }

    /// Whether the message is about this transaction, by a device to which such a thing happens once.
    fn is_known_by_device(&self, candidate: &Candidate) -> bool {
        self.claim.rule.about == Some(Subject::Device)
            && matches!(candidate.comparison.device, Agreement::Agrees | Agreement::InPart)
            && candidate.comparison.reference != Agreement::Differs
    }

    fn same_device_out_of_time(&self, books: &BookIndex<'a>) -> Vec<(Candidate, FactName)> {
        if self.claim.rule.about != Some(Subject::Device) || self.claim.stated.devices.is_empty() {
            return Vec::new();
        }
        let (from, to) = self.window();
        let in_time = books.between(from, to);
        let outside = (0..books.transactions.len()).filter(|place| !in_time.contains(place));
        let vouching = outside.filter(|place| self.may_vouch(books.transactions[*place]));
        let candidates = vouching.map(|place| self.candidate(books, place));
        candidates
            .filter(|candidate| self.is_known_by_device(candidate))
            .map(|known| (known, FactName::Device))
            .collect()
    }

    /// A transaction compared with the message.
    pub(crate) fn candidate(&self, books: &BookIndex<'a>, place: usize) -> Candidate {
        let transaction = books.transactions[place];
        let comparison = Comparison::of(self.claim.stated, self.message.sent_at, transaction, books.account);
        Candidate { place, weight: weigh(&comparison), comparison }
    }

    /// The transaction of a kind that vouches that came nearest in time, and what it misses by.
    pub(crate) fn nearest_miss(&self, books: &BookIndex<'a>) -> Option<NearMiss> {
        let after =
            books.transactions.partition_point(|transaction| transaction.occurred_at < self.message.sent_at);
        let vouches = |place: &usize| self.may_vouch(books.transactions[*place]);
        let earlier = (0..after).rev().find(vouches);
        let later = (after..books.transactions.len()).find(vouches);
        let distance = |place: &usize| {
            self.message.sent_at.since(books.transactions[*place].occurred_at).micros().unsigned_abs()
        };
        let place = [earlier, later].into_iter().flatten().min_by_key(distance)?;
        let transaction = books.transactions[place];
        let (from, to) = self.window();
        let mut missed_by = self.candidate(books, place).comparison.differences();
        if transaction.occurred_at < from || transaction.occurred_at > to {
            missed_by.insert(0, FactName::Time);
        }
        Some(NearMiss {
            transaction: transaction.id.clone(),
            occurred_at: transaction.occurred_at,
            missed_by,
        })
    }
}

/// Whether a difference in a fact contradicts an exact reference. A stated day may be the posting's or the bank's.
fn is_hard(fact: FactName) -> bool {
    matches!(fact, FactName::Amount | FactName::Device | FactName::Line)
}

fn weigh(comparison: &Comparison) -> f64 {
    let agreed = |agreement: Agreement, whole: f64| if agreement == Agreement::Agrees { whole } else { 0.0 };
    let device = match comparison.device {
        Agreement::InPart => weight::DEVICE_IN_PART,
        other => agreed(other, weight::DEVICE),
    };
    agreed(comparison.reference, weight::REFERENCE)
        + device
        + agreed(comparison.amount, weight::AMOUNT)
        + agreed(comparison.line, weight::LINE)
        + agreed(comparison.day, weight::DAY)
        + lag_density(comparison.lag.as_hours())
}

/// The log density of a lag, up to a constant: heavy-tailed around the moment itself, as queues and nightly runs are.
fn lag_density(lag_hours: f64) -> f64 {
    let ahead = if lag_hours < 0.0 { weight::AHEAD } else { 0.0 };
    ahead - lag_hours.abs().ln_1p()
}
