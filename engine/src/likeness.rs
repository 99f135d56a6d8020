//! Whether a text that somebody holds is one that was sent: the same, or changed, and in what.

mod find_changes;
mod held_words;
mod link_hosts;
mod own_words;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use find_changes::{find_changes, strange_hosts};
use held_words::{HeldWord, WordSort, held_words, host_of};
use link_hosts::link_hosts;
use own_words::OwnWords;
use shape::shingles;

use crate::visible_text;

pub use find_changes::{ChangedFact, TextChange};
pub use shape::{CommonText, Shape, common_shapes};

/// A text that somebody holds, read for being compared with what was sent.
#[derive(Clone)]
pub struct HeldText {
    words: Vec<HeldWord>,
    keys: FxHashSet<Box<str>>,
    shingles: FxHashSet<i64>,
    /// Words as they stand, for a first look.
    rough: FxHashSet<u64>,
    /// Where its links lead, where it has markup.
    hosts: BTreeSet<String>,
    /// Whether it is a mail as it came, and so has all of it.
    is_mail: bool,
}

/// A message that was sent, as far as it is compared.
#[derive(Clone, Copy, Debug)]
pub struct SentText<'a> {
    /// Its subject.
    pub subject: Option<&'a str>,
    /// Its text.
    pub text: Option<&'a str>,
    /// Its HTML.
    pub html: Option<&'a str>,
}

/// How a text that is held compares with a message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// What is changed; nothing in a text that is the same.
    pub changes: Vec<TextChange>,
    /// What stands before or behind the message, and was not sent.
    pub around: Vec<String>,
}

/// How near a message is to a text that is held; the greater, the nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearness(u32);

/// Fewer words than these are in many messages.
const WORDS_MIN: usize = 4;
/// A first look lets pass what has so much of the rarer side's words.
const ROUGH_PERCENT: usize = 40;
/// Words as short as this say little.
const ROUGH_BYTES_MIN: usize = 4;
/// As many strange links as are named.
const STRANGE_MAX: usize = 12;
/// What shares less of its runs of words is another message.
const LIKE_PERCENT: usize = 50;

impl HeldText {
    /// A text as it was pasted.
    pub fn of_text(text: &str) -> Self {
        Self::new(text, BTreeSet::new(), false)
    }

    /// What a mail's reader sees: of its HTML, where it has one.
    pub fn of_mail(subject: Option<&str>, text: Option<&str>, html: Option<&str>) -> Self {
        let seen = html.map(visible_text).filter(|seen| !seen.trim().is_empty());
        let seen = seen.unwrap_or_else(|| text.unwrap_or_default().to_owned());
        let hosts = html.map(link_hosts).unwrap_or_default();
        Self::new(&format!("{}\n{seen}", subject.unwrap_or_default()), hosts, true)
    }

    fn new(text: &str, hosts: BTreeSet<String>, is_mail: bool) -> Self {
        let words = held_words(text);
        Self {
            keys: words.iter().map(|word| word.key.clone()).collect(),
            shingles: shingles(&words),
            rough: words.iter().flat_map(|word| rough_words(&word.shown)).collect(),
            hosts,
            is_mail,
            words,
        }
    }

    /// Whether it has too few words to be told from others.
    pub fn is_short(&self) -> bool {
        self.words.len() < WORDS_MIN
    }

    /// Whether it may be told from what messages have in common that it is like them.
    pub fn is_like(&self, shape: &Shape) -> bool {
        shape.is_in(&self.shingles)
    }

    /// Where its links lead to which none of the messages' does that have a shape in common, as far as that is known.
    pub fn strange_to(&self, shape: &Shape) -> BTreeSet<String> {
        let written = self.words.iter().filter(|word| word.sort == WordSort::Link);
        let hosts = written.map(|word| host_of(&word.key).to_owned()).chain(self.hosts.iter().cloned());
        hosts.filter(|host| shape.lacks(host)).take(STRANGE_MAX).collect()
    }

    /// How near a message is; `None` where it is another. Most are told to be others at a glance.
    pub fn nearness(&self, sent: SentText) -> Option<Nearness> {
        if !self.may_be_like(sent) {
            return None;
        }
        sent.seen()
            .filter_map(|(subject, body)| self.nearness_of(&held_words(&format!("{subject}\n{body}"))))
            .max()
    }

    /// In what it differs from a message.
    pub fn likeness(&self, sent: SentText) -> Likeness {
        let own = OwnWords::of(sent);
        // Whoever pastes a text may leave its subject out; a mail has one.
        let without = sent.seen().filter(|_| !self.is_mail).map(|(_, body)| body);
        let compared =
            sent.seen().map(|(subject, body)| format!("{subject}\n{body}")).chain(without).map(|seen| {
                let mut likeness = find_changes(&held_words(&seen), &self.words, &own);
                likeness.changes.extend(strange_hosts(&self.hosts, &own.hosts));
                likeness
            });
        // The fewest changes: a message says the same in its text and in its HTML.
        let least = compared.min_by_key(|likeness| (likeness.changes.len(), likeness.around.len()));
        least.unwrap_or(Likeness { changes: Vec::new(), around: Vec::new() })
    }

    fn may_be_like(&self, sent: SentText) -> bool {
        let (mut hits, mut all) = (0, 0);
        for word in sent.parts().flat_map(rough_words) {
            all += 1;
            hits += usize::from(self.rough.contains(&word));
        }
        hits * 100 >= all.min(self.rough.len()) * ROUGH_PERCENT
    }

    fn nearness_of(&self, sent: &[HeldWord]) -> Option<Nearness> {
        let of_sent = shingles(sent);
        let shared = of_sent.intersection(&self.shingles).count();
        // Of the shorter: what is held may be a part of the message, or stand within another text.
        if shared == 0 || shared * 100 < of_sent.len().min(self.shingles.len()) * LIKE_PERCENT {
            return None;
        }
        let keys: FxHashSet<&str> = sent.iter().map(|word| &*word.key).collect();
        let same = keys.iter().filter(|key| self.keys.contains(**key)).count();
        let of = keys.len().min(self.keys.len()).max(1);
        let exact = u32::try_from(same * 1_000 / of).unwrap_or(u32::MAX);
        // Of two of which all is found, the longer one is meant.
        Some(Nearness(
            exact.saturating_mul(10_000).saturating_add(u32::try_from(same.min(9_999)).unwrap_or(0)),
        ))
    }
}

impl std::fmt::Debug for HeldText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeldText(…)")
    }
}

impl<'a> SentText<'a> {
    /// What its reader sees: its text, and its HTML's.
    fn seen(self) -> impl Iterator<Item = (&'a str, String)> {
        let text = self.text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let html = self.html.map(visible_text).filter(|seen| !seen.trim().is_empty());
        let subject = self.subject.unwrap_or_default();
        text.into_iter().chain(html).map(move |body| (subject, body))
    }

    fn parts(self) -> impl Iterator<Item = &'a str> {
        let body = self.text.filter(|text| !text.trim().is_empty()).or(self.html);
        self.subject.into_iter().chain(body)
    }

    fn hosts(self) -> BTreeSet<String> {
        let mut hosts = self.html.map(link_hosts).unwrap_or_default();
        let words = self.seen().flat_map(|(_, body)| held_words(&body));
        let written = words.filter(|word| word.sort == WordSort::Link);
        hosts.extend(written.map(|word| host_of(&word.key).to_owned()));
        hosts
    }
}

/// The longer words of a text or markup as hashes, without reading it any further.
fn rough_words(text: &str) -> impl Iterator<Item = u64> {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= ROUGH_BYTES_MIN);
    words.map(|word| {
        let bytes = word.bytes().map(|byte| u64::from(byte.to_ascii_lowercase()));
        bytes.fold(0, |hash: u64, byte| (hash.rotate_left(5) ^ byte).wrapping_mul(SPREAD))
    })
}
