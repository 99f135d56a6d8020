use std::cmp::Reverse;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::boilerplate::NO_BOILERPLATE;
use crate::compare::{Agreement, compare_amounts, compare_devices};
use crate::evidence::{KindEvidence, VoiceEvidence, entry};
use crate::lags::{LAG_EDGES, STRETCHES, minutes_of};
use crate::{Books, Instant, Kind, Sent, Span, TemplateName, Transaction, Wording};

/// What is sent again by mistake follows sooner than what is meant as a reminder.
const REPEAT_APART_MIN: Span = Span::hours(20);

/// A history shorter than this says little of how often something happens.
const HISTORY_MIN: Span = Span::days(30);

/// Messages that assert the same, as far as can be told beforehand.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Voice<'a> {
    Template(&'a TemplateName),
    Wording(Wording),
    Telling(&'a Kind),
}

/// What one account shows. Kinds go by their numbers in it, so that nothing is looked up by name for each message.
pub(crate) struct AccountEvidence<'a> {
    books: &'a Books<'a>,
    pub kinds: Vec<&'a Kind>,
    /// The number of each transaction's kind, by its place in the books.
    kind_numbers: Vec<u32>,
    pub voices: FxHashMap<Voice<'a>, AccountVoice<'a>>,
    /// When a transaction was last told of, by what says it to whom.
    told_before: FxHashMap<(u64, u32), Instant>,
    /// Of the message at hand: the transaction of each kind around it that fits it best.
    nearest: Vec<Option<Nearest>>,
}

/// What one account shows of a voice.
pub(crate) struct AccountVoice<'a> {
    messages: u32,
    reminders: u32,
    days: Vec<i64>,
    told: Vec<(Option<&'a Kind>, u32)>,
    /// By the kinds' numbers.
    kinds: Vec<KindEvidence>,
}

impl<'a> AccountEvidence<'a> {
    pub(crate) fn new(books: &'a Books<'a>) -> Self {
        let kinds: Vec<&Kind> = books.kinds().map(|(kind, _)| kind).collect();
        let mut kind_numbers = vec![0; books.transactions.len()];
        for (number, (_, list)) in (0..).zip(books.kinds()) {
            for (_, place) in list {
                kind_numbers[*place as usize] = number;
            }
        }
        Self {
            books,
            nearest: vec![None; kinds.len()],
            kinds,
            kind_numbers,
            voices: FxHashMap::default(),
            told_before: FxHashMap::default(),
        }
    }

    pub(crate) fn add(&mut self, message: &'a Sent, is_listed: bool) {
        self.find_nearest(message);
        let Sent { template, reading, .. } = message;
        let whole = reading.wording.filter(|_| reading.sentences.is_empty());
        let told_in = reading.told_in.or(whole).filter(|wording| !reading.sentences.contains(wording));
        let wordings = reading.sentences.iter().copied().chain(told_in);
        let by_wording = wordings.filter(|_| !is_listed).map(Voice::Wording);
        let by_telling = reading.tells_of.as_ref().filter(|_| template.is_none()).map(Voice::Telling);
        let by_template = template.as_ref().map(Voice::Template);
        for voice in by_template.into_iter().chain(by_wording).chain(by_telling) {
            let kinds = self.kinds.len();
            self.voices.entry(voice).or_insert_with(|| AccountVoice::new(kinds)).add(message, &self.nearest);
        }
    }

    fn find_nearest(&mut self, message: &Sent) {
        self.nearest.fill(None);
        let (from, to) = looked_at_around(message);
        for (place, transaction) in self.books.between(from, to) {
            let nearness = Nearness::of(message, transaction);
            let nearest = &mut self.nearest[self.kind_numbers[place as usize] as usize];
            if nearest.is_none_or(|nearest| nearness > nearest.nearness) {
                *nearest = Some(Nearest { place, nearness, is_repeated: false });
            }
        }
        let Sent { template, reading, channel, recipient, .. } = message;
        let wording = reading.wording.filter(|_| template.is_none());
        let speaker = FxBuildHasher.hash_one((template, wording, channel, recipient));
        for nearest in self.nearest.iter_mut().flatten().filter(|nearest| nearest.nearness.is_sure()) {
            let before = self.told_before.insert((speaker, nearest.place), message.sent_at);
            nearest.is_repeated =
                before.is_some_and(|before| message.sent_at.since(before) >= REPEAT_APART_MIN);
        }
    }

    /// How many transactions of each kind the account has an hour.
    pub(crate) fn rates(&self, messages: &[Sent]) -> Vec<f64> {
        let booked = self.books.known().map(|(_, transaction)| transaction.occurred_at);
        let moments = booked.chain(messages.iter().map(|message| message.sent_at));
        let (first, last) =
            moments.fold((None, None), |(first, last): (Option<Instant>, Option<Instant>), at| {
                (Some(first.map_or(at, |first| first.min(at))), Some(last.map_or(at, |last| last.max(at))))
            });
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let hours = last.since(first).max(HISTORY_MIN).as_hours();
        #[expect(clippy::cast_precision_loss, reason = "an account has fewer transactions than 2^52")]
        self.books.kinds().map(|(_, list)| list.len() as f64 / hours).collect()
    }
}

impl<'a> AccountVoice<'a> {
    fn new(kinds: usize) -> Self {
        let kinds = vec![KindEvidence::default(); kinds];
        Self { messages: 0, reminders: 0, days: Vec::new(), told: Vec::new(), kinds }
    }

    fn add(&mut self, message: &'a Sent, nearest: &[Option<Nearest>]) {
        let day = message.sent_at.days_since_epoch();
        let told = message.reading.tells_of.as_ref();
        self.messages += 1;
        self.reminders += u32::from(message.reading.reminder || message.reading.tells_again);
        self.days.push(day);
        match self.told.iter_mut().find(|(kind, _)| *kind == told) {
            Some((_, count)) => *count += 1,
            None => self.told.push((told, 1)),
        }
        for (known, nearest) in self.kinds.iter_mut().zip(nearest) {
            if let Some(nearest) = nearest {
                known.add(nearest, day);
            }
        }
    }

    pub(crate) fn add_to(&self, known: &mut VoiceEvidence, kinds: &[&Kind], rates: &[f64]) {
        known.messages += self.messages;
        known.reminders += self.reminders;
        self.days.iter().for_each(|day| *known.days.entry(*day).or_default() += 1);
        for (kind, count) in &self.told {
            *entry(&mut known.told, &kind.cloned()) += count;
        }
        for ((kind, rate), evidence) in kinds.iter().zip(rates).zip(&self.kinds) {
            let known = entry(&mut known.kinds, *kind);
            known.merge(evidence);
            known.per_hour += rate * f64::from(self.messages);
        }
    }
}

/// The first and last moment whose transactions are looked at around a message.
pub(crate) fn looked_at_around(message: &Sent) -> (Instant, Instant) {
    let moment = |lag_minutes| message.sent_at.minus(Span::minutes(lag_minutes));
    (moment(LAG_EDGES[STRETCHES]), moment(LAG_EDGES[0]))
}

/// The transaction of a kind around a message that fits it best.
#[derive(Clone, Copy)]
pub(crate) struct Nearest {
    place: u32,
    pub nearness: Nearness,
    /// Whether the same was told to the same of it long before.
    pub is_repeated: bool,
}

/// How well a transaction fits a message, by what weighs most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nearness {
    pub cited: bool,
    differs: Reverse<bool>,
    pub agreed: bool,
    distance: Reverse<i64>,
    pub lag_minutes: i64,
}

impl Nearness {
    /// Whether it did not come there by chance.
    pub(crate) fn is_sure(&self) -> bool {
        self.cited || self.agreed
    }

    fn of(message: &Sent, transaction: &Transaction) -> Self {
        let stated = &message.reading.stated;
        let lag = message.sent_at.since(transaction.occurred_at);
        let lag_minutes = minutes_of(lag);
        let facts =
            [compare_amounts(stated, transaction, &NO_BOILERPLATE), compare_devices(stated, transaction)];
        Self {
            cited: stated.cites(transaction),
            differs: Reverse(facts.contains(&Agreement::Differs)),
            agreed: facts.contains(&Agreement::Agrees),
            distance: Reverse(lag_minutes.abs()),
            lag_minutes,
        }
    }
}
