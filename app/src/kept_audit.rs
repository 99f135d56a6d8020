//! What an auditor asks of the audit log, kept in their session: a person or an account is in no address.

use engine::{Instant, Span};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::AuditQuery;
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::session_key::AUDIT;

/// The longest that a field may be: an address that mail can be sent to.
pub(crate) const FIELD_CHARS_MAX: usize = 254;

/// What was typed and chosen. Empty: whatever it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAudit {
    pub(crate) act: String,
    pub(crate) actor: String,
    pub(crate) account: String,
    pub(crate) from: String,
    pub(crate) until: String,
}

/// A field that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadField {
    /// No account is called so.
    Account,
    /// It is no day, or the last day is before the first.
    Days,
}

impl KeptAudit {
    /// What is kept; where nothing is, everything is asked for.
    pub async fn read(session: &Session) -> Self {
        match session.get(AUDIT).await {
            Ok(kept) => kept.unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, "what was asked of the audit log can't be read");
                Self::default()
            }
        }
    }

    /// Keeps it, no more of it than the form takes.
    pub(crate) async fn keep(self, session: &Session) -> Result<(), Error> {
        let short = |text: String| text.trim().chars().take(FIELD_CHARS_MAX).collect();
        let Self { act, actor, account, from, until } = self;
        let kept = Self {
            act: short(act),
            actor: short(actor),
            account: short(account),
            from: short(from),
            until: short(until),
        };
        session.insert(AUDIT, kept).await
    }

    /// Whether everything is asked for.
    pub(crate) fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The same for the store. Days are those of UTC, as everywhere in the log, and the last one counts.
    pub fn query(&self) -> Result<AuditQuery, BadField> {
        let typed = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let account = typed(&self.account).map(|account| account.parse()).transpose();
        let from = typed(&self.from).map(|day| start_of(&day)).transpose()?;
        let until = typed(&self.until).map(|day| start_of(&day)).transpose()?;
        let until = until.map(|day| day.plus(Span::days(1)));
        if from.zip(until).is_some_and(|(from, until)| from >= until) {
            return Err(BadField::Days);
        }
        Ok(AuditQuery {
            // An act of another version is none that can be chosen.
            act: self.act.parse().ok(),
            actor: typed(&self.actor),
            account: account.map_err(|_| BadField::Account)?,
            from,
            until,
        })
    }
}

fn start_of(day: &str) -> Result<Instant, BadField> {
    let date: Date = day.parse().map_err(|_| BadField::Days)?;
    let start = date.to_zoned(TimeZone::UTC).map_err(|_| BadField::Days)?;
    Ok(Instant::from_micros(start.timestamp().as_microsecond()))
}

impl std::fmt::Debug for KeptAudit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptAudit(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(account: &str, from: &str, until: &str) -> Result<AuditQuery, BadField> {
        let text = str::to_owned;
        KeptAudit { account: text(account), from: text(from), until: text(until), ..KeptAudit::default() }
            .query()
    }

    #[test]
    fn days_are_whole_and_in_order() {
        let query = asked("", "2026-04-10", "2026-04-10").unwrap();
        let (from, until) = (query.from.unwrap(), query.until.unwrap());
        assert_eq!(from.to_string(), "2026-04-10T00:00:00Z");
        assert_eq!(until.since(from), Span::days(1));
        for (from, until) in [("2026-04-10", "2026-04-09"), ("yesterday", ""), ("", "2026-02-30")] {
            assert_eq!(asked("", from, until).unwrap_err(), BadField::Days, "{from} {until}");
        }
        assert_eq!(asked("no account", "", "").unwrap_err(), BadField::Account);
        assert!(KeptAudit::default().is_everything() && asked("A-1", "", "").unwrap().account.is_some());
    }
}
