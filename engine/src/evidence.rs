use std::cmp::Reverse;
use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::boilerplate::Boilerplate;
use crate::book_index::within;
use crate::compare::{Agreement, Comparison, compare_amounts, compare_devices};
use crate::fit_weights::{PairCounts, label_of};
use crate::read_message::may_be_cited;
use crate::{Books, Catalogue, Instant, Kind, Sent, Span, TemplateName, Transaction, Wording};

/// What an operator's own history shows of what its messages assert: which kinds of transaction happen around them more
/// often than chance would have it, and which of those they cite.
///
/// It adds up account by account, in any order, and holds no more than counts.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    messages: u64,
    /// Messages of a template.
    pub(crate) templates: FxHashMap<TemplateName, VoiceEvidence>,
    /// Messages with a sentence in the same words, of no template or of one that the operator does not list.
    pub(crate) wordings: FxHashMap<Wording, VoiceEvidence>,
    /// Messages of no template whose text tells of a kind.
    pub(crate) telling: FxHashMap<Kind, VoiceEvidence>,
    pub(crate) uses: FxHashMap<Wording, WordingUse>,
    pub(crate) pairs: PairCounts,
    pub(crate) accounts: u32,
    /// What accounts are told that nothing of theirs has: telephone numbers, what could be references, and amounts.
    pub(crate) lines: FxHashMap<Box<str>, Spread>,
    pub(crate) references: FxHashMap<Box<str>, Spread>,
    pub(crate) amounts: FxHashMap<i64, Spread>,
}

/// How far something is spread over accounts and days, as days since the epoch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub accounts: u32,
    pub first: i64,
    pub last: i64,
}

/// Who uses a wording.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordingUse {
    /// How many messages without a template do.
    pub untemplated: u32,
    /// How many of each template do; mostly it is one.
    pub templates: Vec<(TemplateName, u32)>,
}

/// What is known of messages that assert the same, as far as can be told beforehand.
#[derive(Clone, Debug, Default)]
pub(crate) struct VoiceEvidence {
    pub messages: u32,
    /// How many of them tell again of what was told before.
    pub reminders: u32,
    /// How many were sent on each day, by days since the epoch.
    pub days: FxHashMap<i64, u32>,
    /// What their texts tell of.
    pub told: FxHashMap<Option<Kind>, u32>,
    pub kinds: FxHashMap<Kind, KindEvidence>,
}

/// What is known of the transactions of a kind around the messages of a voice.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindEvidence {
    /// How many messages have the transaction that fits them best in each of [`LAG_EDGES`]' stretches.
    pub lags: [u32; STRETCHES],
    /// How many of those cite it, or share an amount or a device with it.
    pub sure_lags: [u32; STRETCHES],
    /// How many cite it.
    pub cited: u32,
    /// How many share an amount or a device with it.
    pub agreed: u32,
    /// How many came at least [`REPEAT_APART_MIN`] after another of the voice, to the same recipient, about the same.
    pub repeats: u32,
    /// The days on which they did, as days since the epoch.
    pub repeat_days: FxHashSet<i64>,
    /// How many came later than [`LATE_FROM`] after what they cite or agree with, and on which days.
    pub late: u32,
    pub late_days: FxHashSet<i64>,
    /// Such transactions an hour, summed over the messages.
    pub per_hour: f64,
}

/// What is sent again by mistake follows sooner than what is meant as a reminder.
pub(crate) const REPEAT_APART_MIN: Span = Span::hours(20);

/// What comes so long after its transaction is slow mail, or a faulty run out of an archive.
pub(crate) const LATE_FROM: Span = Span::days(5);

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
    /// Adds what an account's history shows.
    pub fn add(&mut self, books: &Books, messages: &[Sent], catalogue: &Catalogue) {
        let mut in_order: Vec<&Sent> = messages.iter().collect();
        in_order.sort_by_key(|message| message.sent_at);
        let mut shown = AccountEvidence::new(books);
        let mut told = ToldOfNothing::new(books);
        for message in in_order {
            self.add_use(message);
            told.add(message);
            let listed = message.template.as_ref().and_then(|name| catalogue.template(name));
            // Of a template that asserts nothing there is nothing to learn.
            if listed.is_none_or(|listed| listed.asserts.is_some()) {
                shown.add(message, listed.is_some());
                let tells_of = listed.map_or(message.reading.tells_of.as_ref(), |it| it.asserts.as_ref());
                self.add_pairs(message, tells_of, books);
            }
        }
        self.messages += messages.len() as u64;
        self.accounts += 1;
        self.add_voices(&shown, messages);
        told.lines.into_iter().for_each(|(line, spread)| spread.count(&mut self.lines, line));
        told.references.into_iter().for_each(|(cited, spread)| spread.count(&mut self.references, cited));
        for (amount, spread) in told.amounts {
            merge_spread(&mut self.amounts, amount, spread);
        }
    }

    /// Counts how one message in four compares with the transactions that it could be about: those of the kind that it
    /// cites, or else tells of.
    fn add_pairs(&mut self, message: &Sent, tells_of: Option<&Kind>, books: &Books) {
        const ONE_IN: u64 = 4;
        if !FxBuildHasher.hash_one(&message.id).is_multiple_of(ONE_IN) {
            return;
        }
        let (from, to) = looked_at_around(message);
        let stated = &message.reading.stated;
        let is_cited = |transaction: &Transaction| {
            transaction.references.iter().any(|it| stated.references.contains(it))
        };
        let cited: Vec<&Transaction> =
            books.between(from, to).map(|(_, transaction)| transaction).filter(|it| is_cited(it)).collect();
        let Some(kind) = cited.first().map(|transaction| &transaction.kind).or(tells_of) else { return };
        for (_, place) in within(books.of_kind(kind), from, to) {
            let transaction = books.transaction(*place);
            let boilerplate = Boilerplate::default();
            let comparison =
                Comparison::of(stated, message.sent_at, transaction, books.account, &boilerplate);
            let lag_minutes =
                message.sent_at.since(transaction.occurred_at).micros().div_euclid(MICROS_PER_MINUTE);
            self.pairs.add(comparison, lag_minutes, label_of(transaction, &cited));
        }
    }

    fn add_voices(&mut self, shown: &AccountEvidence, messages: &[Sent]) {
        let rates = shown.rates(messages);
        for (voice, evidence) in &shown.voices {
            let known = match voice {
                Voice::Template(name) => entry(&mut self.templates, *name),
                Voice::Telling(kind) => entry(&mut self.telling, *kind),
                Voice::Wording(it)
                    if self.wordings.len() < WORDINGS_MAX || self.wordings.contains_key(it) =>
                {
                    self.wordings.entry(*it).or_default()
                }
                Voice::Wording(_) => continue,
            };
            evidence.add_to(known, &shown.kinds, &rates);
        }
    }

    /// How many messages it was gathered from.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Adds what was gathered apart.
    pub fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        merge_voices(&mut self.templates, other.templates);
        merge_voices(&mut self.wordings, other.wordings);
        merge_voices(&mut self.telling, other.telling);
        for (wording, more) in other.uses {
            let known = self.uses.entry(wording).or_default();
            known.untemplated += more.untemplated;
            for (template, count) in more.templates {
                known.count(&template, count);
            }
        }
        self.pairs.merge(other.pairs);
        self.accounts += other.accounts;
        other.lines.into_iter().for_each(|(line, spread)| merge_spread(&mut self.lines, line, spread));
        other.references.into_iter().for_each(|(it, spread)| merge_spread(&mut self.references, it, spread));
        other
            .amounts
            .into_iter()
            .for_each(|(amount, spread)| merge_spread(&mut self.amounts, amount, spread));
    }

    fn add_use(&mut self, message: &Sent) {
        let whole = message.reading.wording.into_iter().filter(|it| !message.reading.sentences.contains(it));
        for wording in whole.chain(message.reading.sentences.iter().copied()) {
            if self.uses.len() >= WORDINGS_MAX && !self.uses.contains_key(&wording) {
                continue;
            }
            let known = self.uses.entry(wording).or_default();
            match &message.template {
                Some(template) => known.count(template, 1),
                None => known.untemplated += 1,
            }
        }
    }
}

impl WordingUse {
    fn count(&mut self, template: &TemplateName, more: u32) {
        match self.templates.iter_mut().find(|(name, _)| name == template) {
            Some((_, count)) => *count += more,
            None => self.templates.push((template.clone(), more)),
        }
    }
}

/// Messages that assert the same, as far as can be told beforehand.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Voice<'a> {
    Template(&'a TemplateName),
    Wording(Wording),
    Telling(&'a Kind),
}

/// What one account shows. Kinds go by their numbers in it, so that nothing is looked up by name for each message.
struct AccountEvidence<'a> {
    books: &'a Books<'a>,
    kinds: Vec<&'a Kind>,
    /// The number of each transaction's kind, by its place in the books.
    kind_numbers: Vec<u32>,
    voices: FxHashMap<Voice<'a>, AccountVoice<'a>>,
    /// When a transaction was last told of, by what says it to whom.
    told_before: FxHashMap<(u64, u32), Instant>,
    /// Of the message at hand: the transaction of each kind around it that fits it best.
    nearest: Vec<Option<Nearest>>,
}

/// The first and last moment whose transactions are looked at around a message.
fn looked_at_around(message: &Sent) -> (Instant, Instant) {
    let moment = |lag_minutes| message.sent_at.minus(Span::minutes(lag_minutes));
    (moment(LAG_EDGES[STRETCHES]), moment(LAG_EDGES[0]))
}

/// The stretch that a lag falls in; the nearest for one beyond all.
pub(crate) fn stretch_of(lag_minutes: i64) -> usize {
    LAG_EDGES.partition_point(|edge| *edge <= lag_minutes).clamp(1, STRETCHES) - 1
}

/// What one account shows of a voice.
struct AccountVoice<'a> {
    messages: u32,
    reminders: u32,
    days: Vec<i64>,
    told: Vec<(Option<&'a Kind>, u32)>,
    /// By the kinds' numbers.
    kinds: Vec<KindEvidence>,
}

impl<'a> AccountEvidence<'a> {
    fn new(books: &'a Books<'a>) -> Self {
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

    fn add(&mut self, message: &'a Sent, is_listed: bool) {
        self.find_nearest(message);
        let Sent { template, reading, .. } = message;
        let wordings =
            if reading.sentences.is_empty() { reading.wording.as_slice() } else { &*reading.sentences };
        let by_wording = wordings.iter().filter(|_| !is_listed).map(|wording| Voice::Wording(*wording));
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
    fn rates(&self, messages: &[Sent]) -> Vec<f64> {
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
        let day = message.sent_at.micros().div_euclid(MICROS_PER_DAY);
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

    fn add_to(&self, known: &mut VoiceEvidence, kinds: &[&Kind], rates: &[f64]) {
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

/// The most wordings, and the most numbers or amounts, that are kept account of. An operator has some thousand; beyond
/// these, texts are written by hand.
const WORDINGS_MAX: usize = 200_000;

/// What an account is told that nothing of its own has.
struct ToldOfNothing<'a> {
    books: &'a Books<'a>,
    recorded: FxHashSet<i64>,
    lines: FxHashMap<&'a str, Spread>,
    references: FxHashMap<&'a str, Spread>,
    amounts: FxHashMap<i64, Spread>,
}

impl<'a> ToldOfNothing<'a> {
    fn new(books: &'a Books<'a>) -> Self {
        let amounts = books.known().filter_map(|(_, transaction)| transaction.amount);
        Self {
            books,
            recorded: amounts.map(|amount| amount.ten_thousandths().abs()).collect(),
            lines: FxHashMap::default(),
            references: FxHashMap::default(),
            amounts: FxHashMap::default(),
        }
    }

    fn add(&mut self, message: &'a Sent) {
        let stated = &message.reading.stated;
        let day = message.sent_at.micros().div_euclid(MICROS_PER_DAY);
        let seen = Spread { accounts: 1, first: day, last: day };
        for line in stated.lines.iter().filter(|line| !self.books.has_line(line)) {
            self.lines.entry(&*line.digits).or_insert(seen).widen(seen);
        }
        for cited in stated.references.iter().filter(|cited| may_be_cited(cited.normalised())) {
            if self.books.referenced(cited).next().is_none() {
                self.references.entry(cited.normalised()).or_insert(seen).widen(seen);
            }
        }
        for amount in stated.amounts.iter().map(|amount| amount.magnitude()) {
            if !self.recorded.contains(&amount) {
                self.amounts.entry(amount).or_insert(seen).widen(seen);
            }
        }
    }
}

impl Spread {
    fn widen(&mut self, other: Self) {
        (self.first, self.last) = (self.first.min(other.first), self.last.max(other.last));
    }

    /// Counts it for a text; the text is copied only where it is first met.
    fn count(self, spreads: &mut FxHashMap<Box<str>, Self>, text: &str) {
        let room = spreads.len() < WORDINGS_MAX;
        match spreads.get_mut(text) {
            Some(known) => known.add(self),
            None if room => _ = spreads.insert(text.into(), self),
            None => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.widen(other);
    }
}

fn merge_spread<K: Eq + Hash>(spreads: &mut FxHashMap<K, Spread>, key: K, more: Spread) {
    if spreads.len() >= WORDINGS_MAX && !spreads.contains_key(&key) {
        return;
    }
    spreads.entry(key).and_modify(|known| known.add(more)).or_insert(more);
}

/// What a map has for a key, made where it has nothing; the key is copied only then.
fn entry<'m, K: Clone + Eq + Hash, V: Default>(map: &'m mut FxHashMap<K, V>, key: &K) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("it is there by now")
}

fn merge_voices<K: Eq + Hash>(voices: &mut FxHashMap<K, VoiceEvidence>, others: FxHashMap<K, VoiceEvidence>) {
    for (voice, more) in others {
        voices.entry(voice).or_default().merge(more);
    }
}

/// The transaction of a kind around a message that fits it best.
#[derive(Clone, Copy)]
struct Nearest {
    place: u32,
    nearness: Nearness,
    /// Whether the same was told to the same of it long before.
    is_repeated: bool,
}

impl VoiceEvidence {
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
    fn add(&mut self, nearest: &Nearest, day: i64) {
        let Nearest { nearness, is_repeated, .. } = nearest;
        let stretch = stretch_of(nearness.lag_minutes);
        self.lags[stretch] += 1;
        self.sure_lags[stretch] += u32::from(nearness.is_sure());
        if nearness.is_sure() && nearness.lag_minutes >= LATE_FROM.micros() / MICROS_PER_MINUTE {
            self.late += 1;
            self.late_days.insert(day);
        }
        self.cited += u32::from(nearness.cited);
        self.agreed += u32::from(nearness.agreed);
        if *is_repeated {
            self.repeats += 1;
            self.repeat_days.insert(day);
        }
    }

    /// How many come before their transaction.
    pub(crate) fn ahead(&self) -> u32 {
        let stretches = LAG_EDGES.iter().zip(self.lags).filter(|(from, _)| **from < 0);
        stretches.map(|(_, count)| count).sum()
    }

    /// Whether they come late day after day, and not in some faulty run.
    pub(crate) fn is_late_on_many_days(&self) -> bool {
        const DAYS_MIN: usize = 5;
        let days = self.late_days.len();
        days >= DAYS_MIN && days * 3 >= self.late as usize
    }

    fn merge(&mut self, other: &Self) {
        for (count, more) in self.lags.iter_mut().zip(other.lags) {
            *count += more;
        }
        for (count, more) in self.sure_lags.iter_mut().zip(other.sure_lags) {
            *count += more;
        }
        self.cited += other.cited;
        self.agreed += other.agreed;
        self.repeats += other.repeats;
        self.repeat_days.extend(&other.repeat_days);
        self.late += other.late;
        self.late_days.extend(&other.late_days);
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
    /// Whether it did not come there by chance.
    fn is_sure(&self) -> bool {
        self.cited || self.agreed
    }

    fn of(message: &Sent, transaction: &Transaction) -> Self {
        let stated = &message.reading.stated;
        let lag = message.sent_at.since(transaction.occurred_at);
        let lag_minutes = lag.micros().div_euclid(MICROS_PER_MINUTE);
        let facts = [
            compare_amounts(stated, transaction, &Boilerplate::default()),
            compare_devices(stated, transaction),
        ];
        Self {
            cited: transaction.references.iter().any(|reference| stated.references.contains(reference)),
            differs: Reverse(facts.contains(&Agreement::Differs)),
            agreed: facts.contains(&Agreement::Agrees),
            distance: Reverse(lag_minutes.abs()),
            lag_minutes,
        }
    }
}
