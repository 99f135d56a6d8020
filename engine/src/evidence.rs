use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::book_index::BookIndex;
use crate::compare::{Agreement, compare_amounts, compare_devices};
use crate::{Books, Catalogue, Instant, Kind, Sent, Span, TemplateName, Transaction, Wording};

/// What an operator's own history shows of what its messages assert: which kinds of transaction happen around them more
/// often than chance would have it, and which of those they cite.
///
/// It adds up account by account, in any order, and holds no more than counts.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    messages: u64,
    pub(crate) voices: FxHashMap<Voice, VoiceEvidence>,
    pub(crate) wordings: FxHashMap<Wording, WordingEvidence>,
}

/// Who uses a wording.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordingEvidence {
    /// How many messages without a template do.
    pub untemplated: u32,
    /// How many of a template do.
    pub templates: FxHashMap<TemplateName, u32>,
}

/// Messages that assert the same, as far as can be told beforehand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Voice {
    /// Those of a template.
    Template(TemplateName),
    /// Those without one that are written in the same words.
    Wording(Wording),
    /// Those without one whose text tells of a kind.
    Telling(Kind),
}

/// What is known of the messages of one voice.
#[derive(Clone, Debug, Default)]
pub(crate) struct VoiceEvidence {
    pub messages: u32,
    /// How many of them tell again of what was told before.
    pub reminders: u32,
    /// How many were sent on the busiest days, by days since the epoch.
    pub days: FxHashMap<i64, u32>,
    /// What their texts tell of.
    pub told: FxHashMap<Option<Kind>, u32>,
    pub kinds: FxHashMap<Kind, KindEvidence>,
}

/// What is known of the transactions of a kind around the messages of a voice.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KindEvidence {
    /// How many messages have the transaction that fits them best in each of [`LAG_EDGES`]' stretches.
    pub lags: [u32; STRETCHES],
    /// How many share a reference with it.
    pub cited: u32,
    /// How many share an amount, a device or a line with it.
    pub agreed: u32,
    /// Such transactions an hour, summed over the messages.
    pub per_hour: f64,
}

/// The lags at which stretches begin and end, in minutes from the transaction to the message.
pub(crate) const LAG_EDGES: [i64; STRETCHES + 1] = [
    -48 * 60,
    -6 * 60,
    -60,
    0,
    15,
    60,
    4 * 60,
    12 * 60,
    24 * 60,
    48 * 60,
    72 * 60,
    5 * 24 * 60,
    8 * 24 * 60,
    14 * 24 * 60,
    30 * 24 * 60,
];
pub(crate) const STRETCHES: usize = 14;

const MICROS_PER_MINUTE: i64 = Span::minutes(1).micros();
const MICROS_PER_DAY: i64 = Span::days(1).micros();

/// A history shorter than this says little of how often something happens.
const HISTORY_MIN: Span = Span::days(30);

impl Evidence {
    /// Adds what an account's history shows at a time.
    pub fn add(&mut self, books: &Books, messages: &[Sent], catalogue: &Catalogue, at: Instant) {
        self.messages += messages.len() as u64;
        let index = BookIndex::new(books, at);
        let mut counts: FxHashMap<Voice, f64> = FxHashMap::default();
        for message in messages {
            self.add_wording(message);
            let voices = Voice::of(message, catalogue);
            if voices.is_empty() {
                continue;
            }
            let nearest = nearest_by_kind(message, &index);
            for voice in voices {
                self.voices.entry(voice.clone()).or_default().add(message, &nearest);
                *counts.entry(voice).or_default() += 1.0;
            }
        }
        let rates = rates_by_kind(&index, messages);
        for (voice, count) in counts {
            let evidence = self.voices.entry(voice).or_default();
            for (kind, rate) in &rates {
                evidence.kinds.entry((*kind).clone()).or_default().per_hour += rate * count;
            }
        }
    }

    /// How many messages it was gathered from.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Adds what was gathered apart.
    pub fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        for (voice, more) in other.voices {
            self.voices.entry(voice).or_default().merge(more);
        }
        for (wording, more) in other.wordings {
            let known = self.wordings.entry(wording).or_default();
            known.untemplated += more.untemplated;
            for (template, count) in more.templates {
                *known.templates.entry(template).or_default() += count;
            }
        }
    }

    fn add_wording(&mut self, message: &Sent) {
        let Some(wording) = message.reading.wording else { return };
        let known = self.wordings.entry(wording).or_default();
        match &message.template {
            Some(template) => match known.templates.get_mut(template) {
                Some(count) => *count += 1,
                None => {
                    known.templates.insert(template.clone(), 1);
                }
            },
            None => known.untemplated += 1,
        }
    }
}

impl Voice {
    /// The voices of a message. Of a template that asserts nothing there is nothing to learn.
    fn of(message: &Sent, catalogue: &Catalogue) -> Vec<Self> {
        match &message.template {
            Some(name) if catalogue.template(name).is_some_and(|known| known.asserts.is_none()) => Vec::new(),
            Some(name) => vec![Self::Template(name.clone())],
            None => {
                let telling = message.reading.tells_of.clone().map(Self::Telling);
                message.reading.wording.map(Self::Wording).into_iter().chain(telling).collect()
            }
        }
    }
}

/// The transaction of each kind around a message that fits it best.
fn nearest_by_kind<'a>(message: &Sent, books: &BookIndex<'a>) -> Vec<(&'a Kind, Nearness)> {
    let mut nearest: Vec<(&Kind, Nearness)> = Vec::new();
    let from = message.sent_at.minus(Span::minutes(LAG_EDGES[STRETCHES]));
    let to = message.sent_at.minus(Span::minutes(LAG_EDGES[0]));
    for place in books.between(from, to) {
        let transaction = books.transactions[place];
        let nearness = Nearness::of(message, transaction);
        match nearest.iter_mut().find(|(kind, _)| **kind == transaction.kind) {
            Some((_, known)) => *known = nearness.max(*known),
            None => nearest.push((&transaction.kind, nearness)),
        }
    }
    nearest
}

impl VoiceEvidence {
    fn add(&mut self, message: &Sent, nearest: &[(&Kind, Nearness)]) {
        self.messages += 1;
        self.reminders += u32::from(message.reading.reminder);
        *self.days.entry(message.sent_at.micros().div_euclid(MICROS_PER_DAY)).or_default() += 1;
        *self.told.entry(message.reading.tells_of.clone()).or_default() += 1;
        for (kind, nearness) in nearest {
            match self.kinds.get_mut(*kind) {
                Some(known) => known.add(*nearness),
                None => self.kinds.entry((*kind).clone()).or_default().add(*nearness),
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        self.reminders += other.reminders;
        for (day, count) in other.days {
            *self.days.entry(day).or_default() += count;
        }
        for (kind, count) in other.told {
            *self.told.entry(kind).or_default() += count;
        }
        for (kind, more) in other.kinds {
            self.kinds.entry(kind).or_default().merge(&more);
        }
    }
}

impl KindEvidence {
    fn add(&mut self, nearness: Nearness) {
        let stretch = LAG_EDGES.partition_point(|edge| *edge <= nearness.lag_minutes);
        self.lags[stretch.clamp(1, STRETCHES) - 1] += 1;
        self.cited += u32::from(nearness.cited);
        self.agreed += u32::from(nearness.agreed);
    }

    fn merge(&mut self, other: &Self) {
        for (count, more) in self.lags.iter_mut().zip(other.lags) {
            *count += more;
        }
        self.cited += other.cited;
        self.agreed += other.agreed;
        self.per_hour += other.per_hour;
    }
}

/// How well a transaction fits a message, by what weighs most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Nearness {
    cited: bool,
    differs: Reverse<bool>,
    agreed: bool,
    distance: Reverse<i64>,
    lag_minutes: i64,
}

impl Nearness {
    fn of(message: &Sent, transaction: &Transaction) -> Self {
        let stated = &message.reading.stated;
        let lag = message.sent_at.since(transaction.occurred_at);
        let lag_minutes = lag.micros().div_euclid(MICROS_PER_MINUTE);
        let facts = [compare_amounts(stated, transaction), compare_devices(stated, transaction)];
        Self {
            cited: transaction.references.iter().any(|reference| stated.references.contains(reference)),
            differs: Reverse(facts.contains(&Agreement::Differs)),
            agreed: facts.contains(&Agreement::Agrees),
            distance: Reverse(lag_minutes.abs()),
            lag_minutes,
        }
    }
}

/// How many transactions of each kind an account has an hour.
fn rates_by_kind<'a>(books: &BookIndex<'a>, messages: &[Sent]) -> FxHashMap<&'a Kind, f64> {
    let booked = books.transactions.iter().map(|transaction| transaction.occurred_at);
    let moments = booked.chain(messages.iter().map(|message| message.sent_at));
    let (first, last) =
        moments.fold((None, None), |(first, last): (Option<Instant>, Option<Instant>), at| {
            (Some(first.map_or(at, |first| first.min(at))), Some(last.map_or(at, |last| last.max(at))))
        });
    let mut rates: FxHashMap<&Kind, f64> = FxHashMap::default();
    let (Some(first), Some(last)) = (first, last) else { return rates };
    let hours = last.since(first).max(HISTORY_MIN).as_hours();
    for transaction in &books.transactions {
        *rates.entry(&transaction.kind).or_default() += 1.0 / hours;
    }
    rates
}
