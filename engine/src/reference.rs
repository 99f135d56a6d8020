use std::borrow::Cow;
use std::hash::Hasher;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number that names an order, a payment, a bill …: kept as given, compared normalised.
#[derive(Clone)]
pub struct Reference {
    /// As it compares, and behind that as given, where that is something else: a feed in memory has millions of these.
    text: Box<str>,
    normalised_bytes: u32,
    hash: u64,
}

crate::redact::redact!(Reference);

const REFERENCE_CHARS_MAX: usize = 128;

/// Why a text can't be a reference.
#[derive(Debug, thiserror::Error)]
#[error("a reference is 1 to 128 characters with a letter or digit in it")]
pub struct ReferenceError;

impl Reference {
    /// A reference from what the operator wrote.
    pub fn parse(given: &str) -> Result<Self, ReferenceError> {
        let mut text = normalise(given);
        if !text.contains(char::is_alphanumeric) || given.chars().count() > REFERENCE_CHARS_MAX {
            return Err(ReferenceError);
        }
        let hash = hash_of(&text);
        let normalised_bytes = u32::try_from(text.len()).map_err(|_| ReferenceError)?;
        if *text != *given {
            text.push_str(given);
        }
        Ok(Self { text: text.into_boxed_str(), normalised_bytes, hash })
    }

    /// As the operator wrote it.
    pub fn given(&self) -> &str {
        let given = &self.text[self.normalised_bytes as usize..];
        if given.is_empty() { &self.text } else { given }
    }

    /// As it compares: upper case, without spaces, dashes, or a leading `#` or `No.`.
    pub fn normalised(&self) -> &str {
        &self.text[..self.normalised_bytes as usize]
    }

    /// A hash of what compares, the same in every process.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }
}

/// The hash of a reference, normalised.
pub(crate) fn hash_of(normalised: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(normalised.as_bytes());
    hasher.finish()
}

/// The comparable form of a reference. Case, spaces, dashes and a leading `#` or `No.` don't count.
pub(crate) fn normalise(text: &str) -> String {
    let trimmed = text.trim().trim_start_matches('#').trim_start();
    let numbered = trimmed.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("no."));
    let bare = if numbered { &trimmed[3..] } else { trimmed };
    let mut normalised = String::with_capacity(bare.len());
    for c in bare.chars() {
        if c.is_ascii() {
            if !c.is_ascii_whitespace() && c != '\u{b}' && !matches!(c, '-' | '#') {
                normalised.push(c.to_ascii_uppercase());
            }
        } else if !c.is_whitespace() && !matches!(c, '\u{2010}'..='\u{2015}') {
            normalised.extend(c.to_uppercase());
        }
    }
    normalised
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.normalised() == other.normalised()
    }
}

impl Eq for Reference {}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.given())
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&Cow::<str>::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_compare_normalised() {
        for text in ["TI-4482917", "ti 4482917", "#TI-4482917", "No. TI4482917", " ti–4482917 "] {
            assert_eq!(normalise(text), "TI4482917", "{text}");
            assert_eq!(Reference::parse(text).unwrap().given(), text);
        }
        for text in [" - ", "...", "!", "\0"] {
            assert!(Reference::parse(text).is_err(), "{text:?}");
        }
    }
}
