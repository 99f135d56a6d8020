//! Whose credential somebody asks about, kept in their session: a person is in no address.

use engine::{Instant, Span};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::kept_audit::FIELD_CHARS_MAX;
use crate::session_key::SEEN;

/// What was typed and chosen.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptSeen {
    pub(crate) by: String,
    pub(crate) days: Days,
}

/// How far back is looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Days {
    One,
    Seven,
    Thirty,
    #[default]
    Ever,
}

impl Days {
    pub(crate) const ALL: [Self; 4] = [Self::Ever, Self::Thirty, Self::Seven, Self::One];

    /// What a form sends.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Seven => "7",
            Self::Thirty => "30",
            Self::Ever => "",
        }
    }

    pub(crate) fn of(chosen: &str) -> Self {
        Self::ALL.into_iter().find(|days| days.as_str() == chosen).unwrap_or_default()
    }

    /// From when on.
    pub(crate) fn since(self, now: Instant) -> Instant {
        match self {
            Self::One => now.minus(Span::days(1)),
            Self::Seven => now.minus(Span::days(7)),
            Self::Thirty => now.minus(Span::days(30)),
            Self::Ever => Instant::from_micros(i64::MIN),
        }
    }
}

impl KeptSeen {
    pub(crate) async fn keep(by: &str, days: Days, session: &Session) -> Result<(), Error> {
        let by = by.trim().chars().take(FIELD_CHARS_MAX).collect();
        session.insert(SEEN, Self { by, days }).await
    }

    /// What is kept, if it names anybody.
    pub(crate) async fn read(session: &Session) -> Option<Self> {
        match session.get(SEEN).await {
            Ok(kept) => kept.filter(|kept: &Self| !kept.by.is_empty()),
            Err(error) => {
                tracing::warn!(%error, "whose credential was asked about can't be read");
                None
            }
        }
    }
}

impl std::fmt::Debug for KeptSeen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptSeen(…)")
    }
}
