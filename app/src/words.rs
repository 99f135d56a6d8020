//! Everything that the pages say, English and Spanish side by side: what is missing in one does not compile.

pub(crate) mod account;
pub(crate) mod alert_mail;
pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod calendar;
pub(crate) mod channel;
pub(crate) mod check;
pub(crate) mod delivery;
pub(crate) mod desk;
pub(crate) mod export;
pub(crate) mod fact;
pub(crate) mod frame;
pub(crate) mod held;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod incident;
pub(crate) mod kind;
pub(crate) mod live;
pub(crate) mod lookups;
pub(crate) mod mail;
pub(crate) mod members;
pub(crate) mod message;
pub(crate) mod offline;
pub(crate) mod overview;
pub(crate) mod reason;
pub(crate) mod report;
pub(crate) mod report_desk;
pub(crate) mod search;
pub(crate) mod security;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod statement;
pub(crate) mod ticket;
pub(crate) mod transaction;
pub(crate) mod verdict;
pub(crate) mod welcome;
pub(crate) mod zone;

use engine::Language;

/// The same words in each language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    english: &'static str,
    spanish: &'static str,
}

/// The same words, in English and in Spanish.
pub(crate) const fn text(english: &'static str, spanish: &'static str) -> Text {
    Text { english, spanish }
}

impl Text {
    /// The words in a language.
    pub(crate) const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.english,
            Language::Es => self.spanish,
        }
    }
}
