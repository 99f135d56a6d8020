use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::lexicon::sentence_end_from;
use crate::parsed::parsed;
use crate::scan_text::month;

/// What is left of a text without all that varies from one message to the next, as a hash: messages written from the
/// same words have the same.
///
/// Numbers, names and whatever else is written in capitals or with signs in it are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(NonZero<u64>);

/// Why a text is not a wording.
#[derive(Debug, thiserror::Error)]
#[error("a wording is 16 hexadecimal digits")]
pub struct WordingError;

/// Where fewer words than this stay, those in capitals stay too.
const WORDS_MIN: usize = 3;
/// A sentence of which fewer words stay is a greeting or a line of a table.
const SENTENCE_WORDS_MIN: usize = 2;

/// The wordings of a text and of its sentences.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wordings {
    /// That of the whole; `None` where nothing is left.
    pub whole: Option<Wording>,
    /// That of each sentence; `None` where too little is left.
    pub sentences: Vec<Option<Wording>>,
}

impl Wordings {
    /// Those of a text: sentences end at lines' ends and behind `.`, `!` and `?` before a space.
    pub(crate) fn of(text: &str) -> Self {
        let mut whole = 0;
        let mut kept_in_all = 0;
        let mut sentences = Vec::new();
        for sentence in sentences_of(text) {
            let (kept, hash) = hash_of(sentence, is_in_lower_case);
            kept_in_all += kept;
            whole = absorb(whole, &hash.to_le_bytes());
            sentences.push(NonZero::new(hash).filter(|_| kept >= SENTENCE_WORDS_MIN).map(Wording));
        }
        let whole = if kept_in_all >= WORDS_MIN {
            NonZero::new(spread_out(whole)).map(Wording)
        } else {
            let (kept, hash) = hash_of(text, |word| is_in_letters(word, char::is_alphabetic));
            NonZero::new(hash).filter(|_| kept > 0).map(Wording)
        };
        Self { whole, sentences }
    }
}

/// A text's sentences, in order; one may be empty.
fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        if from >= bytes.len() {
            return None;
        }
        let end = sentence_end_from(bytes, from).min(bytes.len());
        let sentence = &text[from..end];
        from = end;
        Some(sentence)
    })
}

/// Whether a word stands in lower case; a month's name is a day's.
fn is_in_lower_case(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'\'';
    if word.bytes().all(is_letter) {
        return !word.is_empty() && month(word).is_none();
    }
    is_in_letters(word, char::is_lowercase)
}

/// Whether a word stands in letters of a sort.
fn is_in_letters(word: &str, letter: fn(char) -> bool) -> bool {
    let letters = !word.is_empty() && word.chars().all(|c| letter(c) || matches!(c, '\'' | '’'));
    letters && month(word).is_none()
}

/// How many words stay, and the hash of what stays with marks for what does not.
fn hash_of(text: &str, stays: impl Fn(&str) -> bool) -> (usize, u64) {
    let mut hash = 0;
    let mut kept = 0;
    let mut left_out = false;
    for word in text.split_ascii_whitespace() {
        let word = trim_punctuation(word);
        let stays = stays(word);
        if stays {
            hash = absorb(hash, word.as_bytes());
            kept += 1;
        } else if !left_out {
            hash = absorb(hash, b"_");
        }
        left_out = !stays;
    }
    (kept, spread_out(hash))
}

fn trim_punctuation(word: &str) -> &str {
    let bytes = word.as_bytes();
    let Some(start) = bytes.iter().position(|byte| !byte.is_ascii_punctuation()) else { return "" };
    let end = bytes.iter().rposition(|byte| !byte.is_ascii_punctuation()).map_or(start, |last| last + 1);
    &word[start..end]
}

/// A hash with more bytes in it: eight at a time, multiplied by the golden ratio's fraction of 2^64 (Knuth 1973, 6.4). It
/// is written into catalogues, and so has to stay what it is.
fn absorb(hash: u64, bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(hash ^ bytes.len() as u64, |hash, chunk| {
        let mut block = [0; 8];
        block[..chunk.len()].copy_from_slice(chunk);
        (hash.rotate_left(23) ^ u64::from_le_bytes(block)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// Every bit of a hash in every other (the last steps of `SplitMix64`; Steele, Lea and Flood 2014).
fn spread_out(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Wording {
    type Err = WordingError;

    fn from_str(text: &str) -> Result<Self, WordingError> {
        let hash = u64::from_str_radix(text, 16).ok().and_then(NonZero::new);
        hash.filter(|_| text.len() == 16).map(Self).ok_or(WordingError)
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wordings_of(sentence: &str) -> Option<Wording> {
        Wordings::of(sentence).sentences[0]
    }

    #[test]
    fn what_varies_is_left_out() {
        let wording = |text: &str| Wordings::of(text).whole;
        let one = wording("Hi Dana, we received your payment of $86.40 on April 14. Thank you!");
        let other =
            wording("Hi Jean-Luc, we received your payment of USD 1,086.40 on 04/14/2026. Thank you!");
        assert_eq!(one, other);
        assert_ne!(one, wording("Hi Dana, we returned your payment of $86.40 on April 14. Thank you!"));
        assert_eq!(wording("Payment of $5 Received"), wording("Payment of $7 Received"));
        assert_ne!(wording("Payment of $5 Received"), wording("Payment of $5 Returned"));
        assert_eq!(wording("$86.40!"), None);
        let sentences = Wordings::of("Dear Dana,\nWe have sent $5 back.").sentences;
        assert_eq!(sentences, [None, wordings_of("We have sent $7.10 back.")]);
        let kept: Wording = one.unwrap().to_string().parse().unwrap();
        assert_eq!(Some(kept), one);
    }
}
