use std::collections::BTreeSet;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Likeness;
use super::held_words::{HeldWord, WordSort, host_of};
use super::own_words::OwnWords;
use crate::Stated;
use crate::scan_text::DayOrder;

/// What of a message is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangedFact {
    /// Where a link leads.
    Link,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An amount of money.
    Amount,
    /// Another number: a reference, a day, a device.
    Number,
    /// Words.
    Wording,
}

/// Something that is otherwise than it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// What it is.
    pub fact: ChangedFact,
    /// As it was sent; `None` where it was added.
    pub sent: Option<String>,
    /// As it is held; `None` where it was taken out.
    pub held: Option<String>,
}

/// More than these are not read: it is another text.
const CHANGES_MAX: usize = 12;
/// As much of what is changed as a line shows.
const SHOWN_CHARS_MAX: usize = 160;
/// A longer run at an end is not a changed beginning, but what stands around the message.
const EDGE_WORDS_MAX: usize = 4;
/// A telephone number or an IMEI is written in no more words.
const NUMBER_WORDS_MAX: usize = 5;

/// Words that were sent, and what stands in their place.
#[derive(Clone, Debug)]
struct Gap {
    old: Range<usize>,
    new: Range<usize>,
    /// Whether nothing of the message stands on one side of it.
    is_edge: bool,
}

/// In what the words that are held differ from those that were sent. What is added and is the message's own from elsewhere in
/// it is no change.
pub(super) fn find_changes(sent: &[HeldWord], held: &[HeldWord], own: &OwnWords) -> Likeness {
    let mut likeness = Likeness { changes: Vec::new(), around: Vec::new() };
    for gap in gaps(sent, held) {
        let (old, new) = (&sent[gap.old], &held[gap.new]);
        let is_around = gap.is_edge && (old.is_empty() || new.len() > old.len() + EDGE_WORDS_MAX);
        if (is_around || old.is_empty()) && own.has(new) {
            continue;
        }
        if is_around {
            add_around(&mut likeness, new, own);
        } else if !(gap.is_edge && new.is_empty()) {
            likeness.changes.extend(changes_of(old, new, own));
        }
    }
    // The worst first: where a link leads matters more than a word.
    likeness.changes.sort_by_key(|change| change.fact);
    likeness.changes.dedup();
    likeness.changes.truncate(CHANGES_MAX);
    likeness
}

/// Where the two differ. A number that is written in several words is one.
fn gaps(sent: &[HeldWord], held: &[HeldWord]) -> Vec<Gap> {
    let keys = |words: &[HeldWord]| words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
    let operations = capture_diff_slices(Algorithm::Patience, &keys(sent), &keys(held));
    let is_equal = |operation: &DiffOp| matches!(operation, DiffOp::Equal { .. });
    let (first, last) = (operations.iter().position(is_equal), operations.iter().rposition(is_equal));
    let mut gaps: Vec<Gap> = Vec::new();
    for (place, operation) in operations.iter().enumerate().filter(|(_, operation)| !is_equal(operation)) {
        let is_edge = first.is_none_or(|first| place < first) || last.is_none_or(|last| place > last);
        let mut gap = Gap { old: operation.old_range(), new: operation.new_range(), is_edge };
        if !is_edge {
            gap.take_whole_number(sent, held);
        }
        match gaps.last_mut() {
            Some(last) if last.old.end > gap.old.start || last.new.end > gap.new.start => {
                (last.old.end, last.new.end) = (gap.old.end, gap.new.end);
            }
            _ => gaps.push(gap),
        }
    }
    gaps
}

impl Gap {
    /// Grows it over the words beside it that are numbers, where it is about one.
    fn take_whole_number(&mut self, sent: &[HeldWord], held: &[HeldWord]) {
        let is_number = |word: Option<&HeldWord>| word.is_some_and(|word| word.sort == WordSort::Number);
        let begins = is_number(held.get(self.new.start)) && is_number(sent.get(self.old.start));
        let ends = is_number(held[self.new.clone()].last()) && is_number(sent[self.old.clone()].last());
        let mut grown = 0;
        while begins
            && grown < NUMBER_WORDS_MAX
            && self.old.start > 0
            && self.new.start > 0
            && is_number(sent.get(self.old.start - 1))
            && is_number(held.get(self.new.start - 1))
        {
            (self.old.start, self.new.start, grown) = (self.old.start - 1, self.new.start - 1, grown + 1);
        }
        while ends
            && grown < NUMBER_WORDS_MAX
            && is_number(sent.get(self.old.end))
            && is_number(held.get(self.new.end))
        {
            (self.old.end, self.new.end, grown) = (self.old.end + 1, self.new.end + 1, grown + 1);
        }
    }
}

/// Hosts that links lead to, and that none of the message's did.
pub(super) fn strange_hosts<'a>(
    held: &'a BTreeSet<String>,
    sent: &'a BTreeSet<String>,
) -> impl Iterator<Item = TextChange> + 'a {
    let strange = held.iter().filter(|host| !sent.contains(*host));
    strange.take(CHANGES_MAX).map(|host| TextChange {
        fact: ChangedFact::Link,
        sent: sent.first().cloned(),
        held: Some(host.clone()),
    })
}

/// Words around a message; a link or an address among them is a change, for it asks for something.
fn add_around(likeness: &mut Likeness, words: &[HeldWord], own: &OwnWords) {
    let leads = words.iter().filter(|word| word.sort == WordSort::Link && !own.has_link(word));
    likeness.changes.extend(leads.map(|word| TextChange {
        fact: ChangedFact::Link,
        sent: own.hosts.first().cloned(),
        held: Some(host_of(&word.key).to_owned()),
    }));
    likeness.around.extend(shown(words));
}

/// What a run of words became: the facts in it one by one, where each has its own counterpart, else the run.
fn changes_of(old: &[HeldWord], new: &[HeldWord], own: &OwnWords) -> Vec<TextChange> {
    let link = |words: &[HeldWord]| words.iter().find(|word| word.sort == WordSort::Link).cloned();
    let (old_link, new_link) = (link(old), link(new));
    if let Some(new_link) = new_link.filter(|link| old_link.is_some() || !own.has_link(link)) {
        let is_same_host = old_link.as_ref().is_some_and(|old| host_of(&old.key) == host_of(&new_link.key));
        // Another host is the whole of it; on the same host, the rest of the link is.
        let told = |link: &HeldWord| {
            if is_same_host { link.shown.to_string() } else { host_of(&link.key).to_owned() }
        };
        let sent = old_link.as_ref().map(told).or_else(|| own.hosts.first().cloned());
        return vec![TextChange { fact: ChangedFact::Link, sent, held: Some(told(&new_link)) }];
    }
    vec![TextChange { fact: fact_of(old, new, own), sent: shown(old), held: shown(new) }]
}

fn fact_of(old: &[HeldWord], new: &[HeldWord], own: &OwnWords) -> ChangedFact {
    // What it became says what it is; a number that was taken out says so itself.
    let words = if new.is_empty() { old } else { new };
    let has = |sort: WordSort| words.iter().any(|word| word.sort == sort);
    if words.iter().any(|word| word.sort == WordSort::Link && !own.has_link(word)) {
        return ChangedFact::Link;
    }
    if has(WordSort::Email) {
        return ChangedFact::Email;
    }
    if !has(WordSort::Number) {
        return ChangedFact::Wording;
    }
    let mut stated = Stated::default();
    stated.read(&shown(words).unwrap_or_default(), DayOrder::MonthFirst);
    if !stated.amounts.is_empty() {
        ChangedFact::Amount
    } else if stated.lines.is_empty() {
        ChangedFact::Number
    } else {
        ChangedFact::Phone
    }
}

fn shown(words: &[HeldWord]) -> Option<String> {
    let mut shown = words.iter().map(|word| &*word.shown).collect::<Vec<_>>().join(" ");
    if shown.chars().count() > SHOWN_CHARS_MAX {
        shown = shown.chars().take(SHOWN_CHARS_MAX - 1).chain(['…']).collect();
    }
    (!shown.is_empty()).then_some(shown)
}
