//! In which language, and in whose calendar, a page speaks.

mod dates;
mod lists;
mod money;
mod numbers;
mod region;
mod zone_name;

use engine::{Language, TimeZone};

use region::Region;

/// The language of a page, with the conventions and the time zone of whoever reads it.
#[derive(Clone, Debug)]
pub(crate) struct Locale {
    pub(crate) language: Language,
    /// An account's; where there is none, no time is shown.
    pub(crate) time_zone: TimeZone,
    region: Region,
}

impl Locale {
    /// What is said in `language` to a reader whose own locale is `reader_locale`.
    pub(crate) fn new(language: Language, reader_locale: &str, time_zone: TimeZone) -> Self {
        Self { language, time_zone, region: Region::of(language, reader_locale) }
    }
}

#[cfg(test)]
pub(crate) fn denver(language: Language) -> Locale {
    Locale::new(language, "en-US", "America/Denver".to_owned().try_into().expect("a zone"))
}
