use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number that names an order, a payment, a bill …: kept as given, compared normalised.
#[derive(Clone, Debug)]
pub struct Reference {
    given: Box<str>,
    normalised: Box<str>,
}

const REFERENCE_CHARS_MAX: usize = 128;

/// Why a text can't be a reference.
#[derive(Debug, thiserror::Error)]
#[error("a reference is 1 to 128 characters with a letter or digit in it")]
pub struct ReferenceError;

impl Reference {
    /// A reference from what the operator wrote.
    pub fn parse(given: &str) -> Result<Self, ReferenceError> {
        let normalised = normalise(given);
        if normalised.is_empty() || given.chars().count() > REFERENCE_CHARS_MAX {
            return Err(ReferenceError);
        }
        Ok(Self { given: given.into(), normalised: normalised.into() })
    }

    /// As the operator wrote it.
    pub fn given(&self) -> &str {
        &self.given
    }

    /// As it compares: upper case, without spaces, dashes, or a leading `#` or `No.`.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }
}

/// The comparable form of a reference. Case, spaces, dashes and a leading `#` or `No.` don't count.
pub(crate) fn normalise(text: &str) -> String {
    let trimmed = text.trim().trim_start_matches('#').trim_start();
    let numbered = trimmed.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("no."));
    let bare = if numbered { &trimmed[3..] } else { trimmed };
    bare.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '#'))
        .flat_map(char::to_uppercase)
        .collect()
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.normalised == other.normalised
    }
}

impl Eq for Reference {}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.given)
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
        }
        assert!(Reference::parse(" - ").is_err());
    }
}
