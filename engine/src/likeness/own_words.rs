use std::collections::BTreeSet;

use super::SentText;
use super::held_words::{HeldWord, WordSort, held_words, host_of};
use super::link_hosts::alternatives;

/// All that a message says anywhere: in its subject, its text, its HTML and in place of the HTML's pictures. Whoever pastes it
/// may have any of that beside each other.
pub(super) struct OwnWords {
    runs: Vec<Vec<HeldWord>>,
    /// Where its links lead.
    pub hosts: BTreeSet<String>,
}

/// A word alone is in many messages.
const RUN_MIN: usize = 2;

impl OwnWords {
    pub(super) fn of(sent: SentText) -> Self {
        let bodies = sent.seen().map(|(_, body)| held_words(&body));
        let pictures = sent.html.map(alternatives).unwrap_or_default();
        let subject = sent.subject.map(held_words);
        let pictures = pictures.iter().map(|text| held_words(text));
        Self { runs: subject.into_iter().chain(bodies).chain(pictures).collect(), hosts: sent.hosts() }
    }

    /// Whether a link leads where one of the message's does.
    pub(super) fn has_link(&self, word: &HeldWord) -> bool {
        word.sort == WordSort::Link && self.hosts.contains(host_of(&word.key))
    }

    /// Whether words are all the message's own: runs of it, and where its links lead.
    pub(super) fn has(&self, words: &[HeldWord]) -> bool {
        let mut rest = words;
        while let Some(first) = rest.first() {
            let own = if self.has_link(first) { 1 } else { self.longest_run(rest) };
            if own == 0 {
                return false;
            }
            rest = &rest[own..];
        }
        true
    }

    /// How many words from the first on are a run of the message.
    fn longest_run(&self, words: &[HeldWord]) -> usize {
        let lengths = self.runs.iter().flat_map(|run| {
            let starts = (0..run.len()).filter(|start| run[*start].key == words[0].key);
            starts.map(|start| {
                let same =
                    run[start..].iter().zip(words).take_while(|(own, held)| own.key == held.key).count();
                // A whole part of it may be a word alone.
                if same >= RUN_MIN || same == run.len() { same } else { 0 }
            })
        });
        lengths.max().unwrap_or(0)
    }
}
