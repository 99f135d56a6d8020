//! What a customer takes along of their account, as its files say it: for a program as JSON, for people as a table.

mod cells;
mod json;

use std::sync::Arc;

use axum::http::HeaderMap;
use engine::Instant;
use serde_json::Value;
use store::{AccountExport, ExportRow, ExportTable, SessionView};

use crate::locale::Locale;
use crate::visit::chosen_language;
use crate::words::export as words;

/// How the files of one export speak: in the language and the zone of whoever takes them along.
pub struct ExportText {
    locale: Locale,
    brand: Arc<str>,
    /// Where whoever holds a message asks whether it was sent.
    check: String,
    made_at: Instant,
}

/// What is told of an account and a sign-in besides their records.
pub struct ExportHead<'a> {
    /// The account, as it is.
    pub export: &'a AccountExport,
    /// Where its customer is signed in.
    pub sessions: &'a [SessionView],
}

impl ExportText {
    /// For an export that is made at a moment.
    pub fn new(
        export: &AccountExport,
        headers: &HeaderMap,
        (brand, public_url): (Arc<str>, &str),
        made_at: Instant,
    ) -> Self {
        let (account, sign_in) = (export.account(), export.sign_in());
        let kept = &sign_in.user.preferences;
        let language = chosen_language(headers).or(kept.language).unwrap_or(account.language);
        let time_zone = kept.time_zone.as_ref().unwrap_or(&account.time_zone).clone();
        let locale = Locale::new(language, &account.locale, time_zone);
        let check = format!("{}/check", public_url.trim_end_matches('/'));
        Self { locale, brand, check, made_at }
    }

    /// When it is made, as the clock of whoever takes it along shows it: year, month, day, hour, minute, second.
    pub fn made_at_civil(&self) -> (i16, [i8; 5]) {
        let at = self.locale.civil(self.made_at);
        (at.year(), [at.month(), at.day(), at.hour(), at.minute(), at.second()])
    }

    /// What is in the files, and how to read them.
    pub fn readme(&self, head: &ExportHead<'_>) -> String {
        let account = head.export.account();
        let made = format!("{} ({})", self.locale.in_full(self.made_at), self.zone());
        let holder = account.name.as_deref().unwrap_or_default();
        words::readme(
            &words::Readme {
                brand: &self.brand,
                holder,
                account: account.id.as_str(),
                made: &made,
                check: &self.check,
            },
            self.locale.language,
        )
    }

    /// The account and the sign-in.
    pub fn head(&self, head: &ExportHead<'_>) -> Value {
        json::head(self, head)
    }

    /// The heads of a table's columns.
    pub fn columns(&self, table: ExportTable) -> Vec<String> {
        cells::columns(self, table)
    }

    /// A row of a table, a cell for each column.
    pub fn cells(&self, row: &ExportRow) -> Vec<String> {
        cells::cells(self, row)
    }

    /// The same row whole, for a program.
    pub fn json(&self, row: &ExportRow) -> Value {
        json::row(self, row)
    }

    /// The zone's name, as calendars know it.
    fn zone(&self) -> &str {
        self.locale.time_zone.zone().iana_name().unwrap_or("UTC")
    }
}
