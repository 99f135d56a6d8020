use std::fmt;
use std::hash::Hasher;
use std::num::NonZero;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

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

impl Wording {
    /// The wording of a message; `None` where nothing is left.
    pub(crate) fn of(subject: Option<&str>, body: &str) -> Option<Self> {
        let words = || {
            let words = subject.unwrap_or_default().split_whitespace().chain(body.split_whitespace());
            words.map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        };
        // A month's name is a day's.
        let in_letters = |word: &str, letter: fn(char) -> bool| {
            let letters = !word.is_empty() && word.chars().all(|c| letter(c) || matches!(c, '\'' | '’'));
            letters && month(word).is_none()
        };
        let (kept, hash) = hash_of(words(), |word| in_letters(word, char::is_lowercase));
        if kept >= WORDS_MIN {
            return NonZero::new(hash).map(Self);
        }
        let (kept, hash) = hash_of(words(), |word| in_letters(word, char::is_alphabetic));
        if kept == 0 { None } else { NonZero::new(hash).map(Self) }
    }
}

/// How many words stay, and the hash of what stays with marks for what does not.
fn hash_of<'a>(words: impl Iterator<Item = &'a str>, stays: impl Fn(&str) -> bool) -> (usize, u64) {
    let mut hasher = siphasher::sip::SipHasher13::new();
    let mut kept = 0;
    let mut left_out = false;
    for word in words {
        let stays = stays(word);
        if stays {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
            kept += 1;
        } else if !left_out {
            hasher.write_u8(b'_');
        }
        left_out = !stays;
    }
    (kept, hasher.finish())
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

    #[test]
    fn what_varies_is_left_out() {
        let wording = |text: &str| Wording::of(None, text);
        let one = wording("Hi Dana, we received your payment of $86.40 on April 14. Thank you!");
        let other =
            wording("Hi Jean-Luc, we received your payment of USD 1,086.40 on 04/14/2026. Thank you!");
        assert_eq!(one, other);
        assert_ne!(one, wording("Hi Dana, we returned your payment of $86.40 on April 14. Thank you!"));
        assert_eq!(wording("Payment of $5 Received"), wording("Payment of $7 Received"));
        assert_ne!(wording("Payment of $5 Received"), wording("Payment of $5 Returned"));
        assert_eq!(wording("$86.40!"), None);
        let kept: Wording = one.unwrap().to_string().parse().unwrap();
        assert_eq!(Some(kept), one);
    }
}
