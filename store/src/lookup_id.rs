use std::fmt;
use std::str::FromStr;

use crate::StoreError;
use crate::draw_id::{draw_id, is_drawn};

/// One lookup, as an address may carry it: 32 hexadecimal digits, drawn at random. It names nobody, and opens nothing
/// without the session of whoever opened it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LookupId(Box<str>);

/// Why a text is not a lookup's id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a lookup's id is 32 hexadecimal digits")]
pub struct LookupIdError;

impl LookupId {
    /// The id as the store keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn draw() -> Result<Self, StoreError> {
        draw_id().map(Self)
    }
}

impl FromStr for LookupId {
    type Err = LookupIdError;

    fn from_str(text: &str) -> Result<Self, LookupIdError> {
        if is_drawn(text) { Ok(Self(text.into())) } else { Err(LookupIdError) }
    }
}

impl fmt::Display for LookupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
