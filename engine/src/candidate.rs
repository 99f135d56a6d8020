use std::borrow::Cow;
use std::cmp::Ordering;

use crate::book_index::within;
use crate::compare::{Agreement, Comparison};
use crate::read_message::Claim;
use crate::{Books, FactName, Instant, Kind, Sent, Span, Subject, Transaction};

/// A message with its claim.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    pub message: &'a Sent,
    pub claim: Claim<'a>,
}

/// A transaction that may vouch for a message, and how well it fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    /// Its place in the books.
    pub place: u32,
    pub transaction: &'a Transaction,
    pub comparison: Comparison,
    /// How long before the message it happened.
    pub lag: Span,
    /// The sum of the log-likelihood ratios of what was compared.
    pub weight: f64,
}

/// What the books hold on a claim.
#[derive(Default)]
pub(crate) struct Candidates<'a> {
    /// In the time of the rule, and nothing speaks against them.
    pub fitting: Vec<Candidate<'a>>,
    /// In the time, and another fact agrees, but the reference is written with a slip.
    pub slipped: Vec<Candidate<'a>>,
    /// Known by an exact reference and in the time, but other facts differ.
    pub differing: Vec<Candidate<'a>>,
    /// Known by an exact reference or by a device to which it happens once, but out of the time.
    pub out_of_time: Vec<(Candidate<'a>, FactName)>,
}

impl Candidate<'_> {
    /// By time, and by id where times are equal.
    pub(crate) fn by_time(&self, other: &Self) -> Ordering {
        let key = |it: &Self| (it.transaction.occurred_at, &it.transaction.id);
        let (one, two) = (key(self), key(other));
        one.cmp(&two)
    }

    /// The better by weight, the earlier where they are equal.
    pub(crate) fn by_weight(&self, other: &Self) -> Ordering {
        self.weight.total_cmp(&other.weight).then_with(|| other.by_time(self))
    }
}

impl Candidates<'_> {
    fn clear(&mut self) {
        self.fitting.clear();
        self.slipped.clear();
        self.differing.clear();
        self.out_of_time.clear();
    }

    fn is_empty(&self) -> bool {
        self.fitting.is_empty() && self.differing.is_empty() && self.out_of_time.is_empty()
    }
}

impl<'a> Judged<'a> {
    /// The first and last moment at which what the message tells of may have happened.
    pub(crate) fn window(&self) -> (Instant, Instant) {
        self.claim.rule.window(self.message.sent_at)
    }

    /// Everything in the books that the claim could be about.
    pub(crate) fn find_candidates(&self, books: &Books<'a>, found: &mut Candidates<'a>) {
        found.clear();
        self.add_cited(books, found);
        if !found.is_empty() {
            return;
        }
        for candidate in self.in_window(books) {
            // A transaction that is known by its device is so as if by reference: another day does not speak against it.
            let is_known = self.is_known_by_device(&candidate);
            let speaks_against = if is_known {
                candidate.comparison.contradicts_a_reference()
            } else {
                !self.is_free_of_differences(candidate.comparison)
            };
            if speaks_against {
                found.differing.extend(is_known.then_some(candidate));
            } else if candidate.comparison.reference != Agreement::InPart {
                found.fitting.push(candidate);
            } else if candidate.comparison.amount == Agreement::Agrees
                || candidate.comparison.device == Agreement::Agrees
            {
                found.slipped.push(candidate);
            }
        }
        if found.fitting.is_empty() && found.differing.is_empty() {
            self.add_same_device_out_of_time(books, found);
        }
    }

    /// The transactions that can vouch and that the message cites by an exact reference, however old.
    fn add_cited(&self, books: &Books<'a>, found: &mut Candidates<'a>) {
        let (from, to) = self.window();
        let mut seen: Vec<u32> = Vec::new();
        for place in self.claim.stated.references.iter().flat_map(|cited| books.referenced(cited)) {
            let transaction = books.transaction(place);
            if !self.claim.rule.vouches(self.claim.kind, &transaction.kind) || seen.contains(&place) {
                continue;
            }
            seen.push(place);
            let candidate = self.candidate(books, place);
            if !(from..=to).contains(&transaction.occurred_at) {
                found.out_of_time.push((candidate, FactName::Reference));
            } else if candidate.comparison.contradicts_a_reference() {
                found.differing.push(candidate);
            } else {
                found.fitting.push(candidate);
            }
        }
        if seen.len() > 1 {
            found.differing.sort_by(Candidate::by_time);
            found.fitting.sort_by(Candidate::by_time);
        }
    }

    /// The transactions in the window whose kind may vouch, by time, whatever their facts.
    pub(crate) fn in_window(&self, books: &Books<'a>) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        let (judged, books) = (*self, *books);
        let places = self.places_in_window(&books);
        (0..places.len()).map(move |number| judged.candidate(&books, places[number].1))
    }

    fn places_in_window(&self, books: &Books<'a>) -> Cow<'a, [(Instant, u32)]> {
        let (from, to) = self.window();
        let mut lists = self.claim.vouching_kinds().map(|kind| within(books.of_kind(kind), from, to));
        let mut places = Cow::Borrowed(lists.next().unwrap_or(&[]));
        let mut several = false;
        for list in lists.filter(|list| !list.is_empty()) {
            places.to_mut().extend_from_slice(list);
            several = true;
        }
        if several {
            let by_time =
                |(occurred_at, place): &(Instant, u32)| (*occurred_at, &books.transaction(*place).id);
            places.to_mut().sort_by(|a, b| by_time(a).cmp(&by_time(b)));
            places.to_mut().dedup();
        }
        places
    }

    /// Whether nothing differs. Where mail comes weeks later, the day that it states is when something is due.
    fn is_free_of_differences(&self, comparison: Comparison) -> bool {
        const AFTER_DUE_MIN: Span = Span::days(14);
        let due = self.claim.rule.after >= AFTER_DUE_MIN;
        comparison.differences().all(|fact| due && fact == FactName::Day)
    }

    /// Whether the message is about this transaction, by a device to which such a thing happens once.
    fn is_known_by_device(&self, candidate: &Candidate) -> bool {
        self.claim.rule.about == Some(Subject::Device)
            && matches!(candidate.comparison.device, Agreement::Agrees | Agreement::InPart)
            && candidate.comparison.reference != Agreement::Differs
    }

    fn add_same_device_out_of_time(&self, books: &Books<'a>, found: &mut Candidates<'a>) {
        if self.claim.rule.about != Some(Subject::Device) || self.claim.stated.devices.is_empty() {
            return;
        }
        let (from, to) = self.window();
        for (occurred_at, place) in self.claim.vouching_kinds().flat_map(|kind| books.of_kind(kind)) {
            if (from..=to).contains(occurred_at) {
                continue;
            }
            let candidate = self.candidate(books, *place);
            if self.is_known_by_device(&candidate) {
                found.out_of_time.push((candidate, FactName::Device));
            }
        }
    }

    /// A transaction compared with the message.
    pub(crate) fn candidate(&self, books: &Books<'a>, place: u32) -> Candidate<'a> {
        let transaction = books.transaction(place);
        let sent_at = self.message.sent_at;
        let boilerplate = self.claim.catalogue.boilerplate();
        let comparison = Comparison::of(self.claim.stated, sent_at, transaction, books.account, boilerplate);
        let lag = sent_at.since(transaction.occurred_at);
        Candidate {
            place,
            transaction,
            weight: self.claim.catalogue.weights().weigh(comparison, lag),
            comparison,
            lag,
        }
    }

    /// The transaction of a kind that vouches that came nearest in time.
    pub(crate) fn nearest_miss(&self, books: &Books<'a>) -> Option<u32> {
        let sent_at = self.message.sent_at;
        let around = self.claim.vouching_kinds().flat_map(|kind| {
            let list = books.of_kind(kind);
            let after = list.partition_point(|(at, _)| *at < sent_at);
            // Of those at one moment, the first by id.
            let before = after.checked_sub(1).map(|last| list.partition_point(|(at, _)| *at < list[last].0));
            before.map(|place| list[place]).into_iter().chain(list.get(after).copied())
        });
        let key = |(occurred_at, place): &(Instant, u32)| {
            (sent_at.since(*occurred_at).micros().unsigned_abs(), *occurred_at, &books.transaction(*place).id)
        };
        around.min_by(|a, b| key(a).cmp(&key(b))).map(|(_, place)| place)
    }
}

impl<'a> Claim<'a> {
    /// The kinds of transaction that vouch for it.
    pub(crate) fn vouching_kinds(&self) -> impl Iterator<Item = &'a Kind> + use<'a> {
        let own = self.rule.vouched_by.is_empty().then_some(self.kind);
        own.into_iter().chain(&self.rule.vouched_by)
    }
}
