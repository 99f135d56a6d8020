use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::{Reference, StatedAmount};

/// What stands in messages whatever they are about: numbers to call, licences, the prices of an offer. It speaks
/// against no claim.
#[derive(Clone, Debug, Default)]
pub(crate) struct Boilerplate {
    lines: FxHashSet<Box<str>>,
    references: FxHashSet<Box<str>>,
    amounts: FxHashSet<i64>,
}

/// The same as a catalogue has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WrittenBoilerplate {
    /// Telephone numbers.
    pub lines: Vec<String>,
    /// What could be references.
    pub references: Vec<String>,
    /// Decimal numbers.
    pub amounts: Vec<String>,
}

/// None at all.
pub(crate) static NO_BOILERPLATE: Boilerplate = Boilerplate {
    lines: FxHashSet::with_hasher(FxBuildHasher),
    references: FxHashSet::with_hasher(FxBuildHasher),
    amounts: FxHashSet::with_hasher(FxBuildHasher),
};

impl Boilerplate {
    pub(crate) fn add(&mut self, written: &WrittenBoilerplate) {
        let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect();
        self.lines.extend(written.lines.iter().map(digits));
        let references = written.references.iter().filter_map(|given| Reference::parse(given).ok());
        self.references.extend(references.map(|reference| reference.normalised().into()));
        let amounts = written.amounts.iter().filter_map(|given| StatedAmount::from_decimal(given));
        self.amounts.extend(amounts.map(StatedAmount::magnitude));
    }

    /// Whether a number's digits are those of one to call.
    pub(crate) fn has_line(&self, digits: &str) -> bool {
        self.lines.contains(digits)
    }

    pub(crate) fn has_reference(&self, normalised: &str) -> bool {
        self.references.contains(normalised)
    }

    pub(crate) fn has_amount(&self, amount: StatedAmount) -> bool {
        !self.amounts.is_empty() && self.amounts.contains(&amount.magnitude())
    }
}

impl WrittenBoilerplate {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
