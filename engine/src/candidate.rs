use std::borrow::Cow;
use std::cmp::Ordering;

use crate::book_index::within;
use crate::compare::{Agreement, Comparison, Slip, compare_devices, slips_of};
use crate::read_message::Claim;
use crate::{Books, Citation, Elsewhere, FactName, Instant, Kind, Sent, Span, Subject, Transaction};

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
    /// Known by a reference or by a device to which it happens once, and in the time, but other facts differ.
    pub differing: Vec<Candidate<'a>>,
    /// Known by a reference or by such a device, but out of the time.
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

    /// Everything in the books that the claim could be about: what it cites; else what it names by its device; else
    /// whatever is in the time. Where none of that fits, its reference may be written with a slip.
    pub(crate) fn find_candidates(
        &self,
        books: &Books<'a>,
        elsewhere: &Elsewhere,
        found: &mut Candidates<'a>,
    ) {
        found.clear();
        self.add_cited(books, found);
        if found.is_empty() {
            self.add_of_its_device(books, elsewhere, found);
        }
        if found.is_empty() {
            found.fitting.extend(self.in_window(books).filter(|candidate| {
                candidate.comparison.reference != Agreement::InPart
                    && self.speaks_against(candidate, false).next().is_none()
            }));
        }
        if found.fitting.is_empty() {
            self.add_slipped(books, elsewhere, found);
        }
    }

    /// The transactions that can vouch and that the message cites by an exact reference, however old.
    fn add_cited(&self, books: &Books<'a>, found: &mut Candidates<'a>) {
        let mut seen: Vec<u32> = Vec::new();
        for place in self.claim.stated.references.iter().flat_map(|cited| books.referenced(cited)) {
            let transaction = books.transaction(place);
            if !self.claim.rule.vouches(self.claim.kind, &transaction.kind) || seen.contains(&place) {
                continue;
            }
            seen.push(place);
            self.add_known(self.candidate(books, place), FactName::Reference, found);
        }
        if seen.len() > 1 {
            found.differing.sort_by(Candidate::by_time);
            found.fitting.sort_by(Candidate::by_time);
        }
    }

    /// Of a claim that is about a device to which it happens once, the transactions of that device, however old.
    fn add_of_its_device(&self, books: &Books<'a>, elsewhere: &Elsewhere, found: &mut Candidates<'a>) {
        if self.claim.rule.about != Some(Subject::Device) || self.claim.stated.devices.is_empty() {
            return;
        }
        for (_, place) in self.claim.vouching_kinds().flat_map(|kind| books.of_kind(kind)) {
            let device = compare_devices(self.claim.stated, books.transaction(*place));
            if !matches!(device, Agreement::Agrees | Agreement::InPart) {
                continue;
            }
            let candidate = self.candidate(books, *place);
            let is_another = match candidate.comparison.reference {
                Agreement::Differs => true,
                Agreement::InPart => self.slip(&candidate, books, elsewhere).is_none(),
                Agreement::Agrees | Agreement::Silent => false,
            };
            if !is_another {
                self.add_known(candidate, FactName::Device, found);
            }
        }
        if self.claim.rule.vouched_by.len() > 1 {
            for list in [&mut found.fitting, &mut found.differing] {
                list.sort_by(Candidate::by_time);
                list.dedup_by_key(|candidate| candidate.place);
            }
        }
    }

    /// A transaction that the message is about, by its reference or device.
    fn add_known(&self, candidate: Candidate<'a>, known_by: FactName, found: &mut Candidates<'a>) {
        if !self.is_in_window(&candidate) {
            found.out_of_time.push((candidate, known_by));
        } else if self.speaks_against(&candidate, true).next().is_some() {
            found.differing.push(candidate);
        } else {
            found.fitting.push(candidate);
        }
    }

    /// The transactions whose amount or device agrees and whose reference is cited with a slip.
    ///
    /// Of those out of the time only a change of places counts: numbers that follow one another, as those of a monthly
    /// bill, differ in one character as well.
    fn add_slipped(&self, books: &Books<'a>, elsewhere: &Elsewhere, found: &mut Candidates<'a>) {
        let agrees = |candidate: &Candidate| {
            [candidate.comparison.amount, candidate.comparison.device].contains(&Agreement::Agrees)
        };
        let slipped = self.in_window(books).filter(|candidate| {
            candidate.comparison.reference == Agreement::InPart
                && agrees(candidate)
                && self.speaks_against(candidate, false).next().is_none()
                && self.slip(candidate, books, elsewhere).is_some()
        });
        found.fitting.extend(slipped);
        if !found.is_empty() || self.claim.stated.references.is_empty() {
            return;
        }
        for (_, place) in self.claim.vouching_kinds().flat_map(|kind| books.of_kind(kind)) {
            if slips_of(self.claim.stated, books.transaction(*place)).next().is_none() {
                continue;
            }
            let candidate = self.candidate(books, *place);
            if !self.is_in_window(&candidate)
                && agrees(&candidate)
                && self.speaks_against(&candidate, true).next().is_none()
                && self.slip(&candidate, books, elsewhere) == Some(Slip::ChangedPlaces)
            {
                found.out_of_time.push((candidate, FactName::Reference));
            }
        }
    }

    /// How the message miswrites a reference of the transaction: what it has instead is nobody's.
    fn slip(&self, candidate: &Candidate, books: &Books, elsewhere: &Elsewhere) -> Option<Slip> {
        let is_nobodys = |cited: &str| {
            let citation = Citation::Reference(cited.into());
            !books.holds(&citation) && !elsewhere.knows(&citation)
        };
        let slips = slips_of(self.claim.stated, candidate.transaction);
        slips.filter(|(cited, _)| is_nobodys(cited.normalised())).map(|(_, slip)| slip).max()
    }

    fn is_in_window(&self, candidate: &Candidate) -> bool {
        let (from, to) = self.window();
        (from..=to).contains(&candidate.transaction.occurred_at)
    }

    /// The facts that speak against a transaction. Where it is known by its reference or device, a day does not: it may be
    /// the posting's or the bank's. Where mail comes weeks later, the day that it states is when something is due.
    pub(crate) fn speaks_against(
        &self,
        candidate: &Candidate,
        is_known: bool,
    ) -> impl Iterator<Item = FactName> + use<> {
        const AFTER_DUE_MIN: Span = Span::days(14);
        let no_day = is_known || self.claim.rule.after >= AFTER_DUE_MIN;
        candidate.comparison.differences().filter(move |fact| !(no_day && *fact == FactName::Day))
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
