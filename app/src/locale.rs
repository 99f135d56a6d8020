//! In which language, and in whose calendar, a page speaks.

mod counts;
mod dates;
mod lists;
mod money;
mod numbers;
mod zone_name;

use engine::{Language, TimeZone};

/// The language of a page, with the conventions and the time zone of whoever reads it.
#[derive(Clone, Debug)]
pub(crate) struct Locale {
    pub(crate) language: Language,
    /// An account's; where there is none, no time is shown.
    pub(crate) time_zone: TimeZone,
    /// Whether the reader's region writes months first, hours to twelve, and a point before the decimals.
    american: bool,
}

impl Locale {
    /// What is said in `language` to a reader whose own locale is `reader_locale`.
    pub(crate) fn new(language: Language, reader_locale: &str, time_zone: TimeZone) -> Self {
        let region = reader_locale.split(['-', '_']).next_back().unwrap_or("");
        Self { language, time_zone, american: matches!(region, "US" | "PR" | "en") }
    }

    /// What is said to a reader of whom only the language is known.
    pub(crate) fn of_language(language: Language) -> Self {
        Self::new(language, "en-US", TimeZone::default())
    }
}

#[cfg(test)]
pub(crate) fn denver(language: Language) -> Locale {
    Locale::new(language, "en-US", "America/Denver".to_owned().try_into().expect("a zone"))
}
