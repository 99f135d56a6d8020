use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::account_evidence::{AccountEvidence, Nearest, Voice, looked_at_around};
use crate::boilerplate::NO_BOILERPLATE;
use crate::book_index::within;
use crate::compare::Comparison;
use crate::fit_weights::{PairCounts, label_of};
use crate::lags::{LAG_EDGES, STRETCHES, minutes_of, stretch_of};
use crate::room::Room;
use crate::spread::{Spread, ToldOfNothing};
use crate::{Books, Catalogue, Kind, Sent, Span, TemplateName, Transaction, Wording};

/// What an operator's own history shows of what its messages assert: which kinds of transaction happen around them more
/// often than chance would have it, and which of those they cite.
///
/// It adds up account by account, in any order, and holds no more than counts.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    messages: u64,
    /// Messages of a template.
    pub(crate) templates: Room<TemplateName, VoiceEvidence>,
    /// Messages with a sentence in the same words, of no template or of one that the operator does not list.
    pub(crate) wordings: Room<Wording, VoiceEvidence>,
    /// Messages of no template whose text tells of a kind.
    pub(crate) telling: Room<Kind, VoiceEvidence>,
    pub(crate) uses: Room<Wording, WordingUse>,
    pub(crate) pairs: PairCounts,
    pub(crate) accounts: u32,
    /// What accounts are told that nothing of theirs has: telephone numbers, what could be references, and amounts.
    pub(crate) lines: Room<Box<str>, Spread>,
    pub(crate) references: Room<Box<str>, Spread>,
    pub(crate) amounts: Room<i64, Spread>,
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
    /// How many accounts they were sent to.
    pub accounts: u32,
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

/// What comes so long after its transaction is slow mail, or a faulty run out of an archive.
pub(crate) const LATE_FROM: Span = Span::days(5);

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
        for (line, spread) in told.lines {
            self.lines.at(line).into_iter().for_each(|known| known.add(spread));
        }
        for (cited, spread) in told.references {
            self.references.at(cited).into_iter().for_each(|known| known.add(spread));
        }
        for (amount, spread) in told.amounts {
            self.amounts.at(&amount).into_iter().for_each(|known| known.add(spread));
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
        let cited: Vec<&Transaction> = books
            .between(from, to)
            .map(|(_, transaction)| transaction)
            .filter(|it| stated.cites(it))
            .collect();
        let Some(kind) = cited.first().map(|transaction| &transaction.kind).or(tells_of) else { return };
        for (_, place) in within(books.of_kind(kind), from, to) {
            let transaction = books.transaction(*place);
            let comparison =
                Comparison::of(stated, message.sent_at, transaction, books.account, &NO_BOILERPLATE);
            let lag_minutes = minutes_of(message.sent_at.since(transaction.occurred_at));
            self.pairs.add(comparison, lag_minutes, label_of(transaction, &cited));
        }
    }

    fn add_voices(&mut self, shown: &AccountEvidence, messages: &[Sent]) {
        let rates = shown.rates(messages);
        for (voice, evidence) in &shown.voices {
            let known = match voice {
                Voice::Template(name) => self.templates.at(*name),
                Voice::Telling(kind) => self.telling.at(*kind),
                Voice::Wording(wording) => self.wordings.at(wording),
            };
            let Some(known) = known else { continue };
            evidence.add_to(known, &shown.kinds, &rates);
            known.accounts += 1;
        }
    }

    /// How many messages it was gathered from.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// Adds what was gathered apart.
    pub fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        self.templates.merge(other.templates, VoiceEvidence::merge);
        self.wordings.merge(other.wordings, VoiceEvidence::merge);
        self.telling.merge(other.telling, VoiceEvidence::merge);
        self.uses.merge(other.uses, WordingUse::merge);
        self.pairs.merge(other.pairs);
        self.accounts += other.accounts;
        self.lines.merge(other.lines, Spread::add);
        self.references.merge(other.references, Spread::add);
        self.amounts.merge(other.amounts, Spread::add);
    }

    fn add_use(&mut self, message: &Sent) {
        let whole = message.reading.wording.into_iter().filter(|it| !message.reading.sentences.contains(it));
        for wording in whole.chain(message.reading.sentences.iter().copied()) {
            let Some(known) = self.uses.at(&wording) else { continue };
            match &message.template {
                Some(template) => known.count(template, 1),
                None => known.untemplated += 1,
            }
        }
    }
}

impl WordingUse {
    fn merge(&mut self, other: Self) {
        self.untemplated += other.untemplated;
        for (template, count) in other.templates {
            self.count(&template, count);
        }
    }

    fn count(&mut self, template: &TemplateName, more: u32) {
        match self.templates.iter_mut().find(|(name, _)| name == template) {
            Some((_, count)) => *count += more,
            None => self.templates.push((template.clone(), more)),
        }
    }
}

/// What a map has for a key, made where it has nothing; the key is copied only then.
pub(crate) fn entry<'m, K: Clone + Eq + Hash, V: Default>(
    map: &'m mut FxHashMap<K, V>,
    key: &K,
) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("it is there by now")
}

impl VoiceEvidence {
    fn merge(&mut self, other: Self) {
        self.messages += other.messages;
        self.accounts += other.accounts;
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
    pub(crate) fn add(&mut self, nearest: &Nearest, day: i64) {
        let Nearest { nearness, is_repeated, .. } = nearest;
        let stretch = stretch_of(nearness.lag_minutes);
        self.lags[stretch] += 1;
        self.sure_lags[stretch] += u32::from(nearness.is_sure());
        if nearness.is_sure() && nearness.lag_minutes >= minutes_of(LATE_FROM) {
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

    pub(crate) fn merge(&mut self, other: &Self) {
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
