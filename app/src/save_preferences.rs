use std::collections::BTreeSet;

use axum::http::{HeaderValue, header};
use engine::{Channel, Language, TimeZone};
use leptos::prelude::*;
use store::{Category, ChosenAt, Digest, Notices, Preferences};

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::{see_other, set_header};
use crate::set_language::language_cookie;
use crate::step_up::session_of_request;

/// Keeps how a customer wants to be spoken to and told things. An empty language or zone: as their account has it. A box
/// that is not ticked is not sent.
#[server(name = SavePreferences, prefix = "", endpoint = "/settings")]
pub(crate) async fn save_preferences(
    language: String,
    time_zone: String,
    digest: String,
    #[server(default)] alert_flagged: String,
    #[server(default)] alert_lookup: String,
    #[server(default)] ways: Vec<String>,
) -> Result<(), AppError> {
    let chosen = Chosen { language, time_zone, digest, alert_flagged, alert_lookup, ways };
    let saved = try_save(chosen).await;
    see_other(match saved {
        Ok(()) => "/settings?saved",
        Err(NotSaved::SignedOut) => "/sign-in",
        Err(NotSaved::NoWayForBills) => "/settings?__err=bills",
        Err(NotSaved::Unreadable) => "/settings?__err=unreadable",
        Err(NotSaved::Failed) => "/settings?__err=failed",
    });
    saved.map_err(|not_saved| match not_saved {
        NotSaved::SignedOut => AppError::Refused,
        NotSaved::NoWayForBills | NotSaved::Unreadable => AppError::Unreadable,
        NotSaved::Failed => AppError::Failed,
    })
}

/// What a form brings.
struct Chosen {
    language: String,
    time_zone: String,
    digest: String,
    alert_flagged: String,
    alert_lookup: String,
    ways: Vec<String>,
}

enum NotSaved {
    SignedOut,
    /// All else is saved.
    NoWayForBills,
    Unreadable,
    Failed,
}

async fn try_save(chosen: Chosen) -> Result<(), NotSaved> {
    let (preferences, notices) = chosen.read().ok_or(NotSaved::Unreadable)?;
    let context = expect_context::<RequestContext>();
    let (_, key) = session_of_request().ok_or(NotSaved::SignedOut)?;
    // A session ends by the machine's time, whatever day the pages show.
    let at = ChosenAt { now: Clock::System.now(), at: context.clock.now() };
    let (notices, bills) = if let Ok(notices) = notices.clone().checked() {
        (notices, Ok(()))
    } else {
        let kept = context.store.read_notices(&key, at.now).await.map_err(|error| failed(&error))?;
        (notices.with_bills_of(&kept), Err(NotSaved::NoWayForBills))
    };
    let kept = context.store.keep_preferences(&key, &preferences, &notices, at).await;
    if !kept.map_err(|error| failed(&error))? {
        return Err(NotSaved::SignedOut);
    }
    // What was chosen in this browser before must not speak louder.
    let cookie =
        HeaderValue::from_str(&language_cookie(preferences.language)).map_err(|_| NotSaved::Failed)?;
    set_header(header::SET_COOKIE, cookie);
    bills
}

impl Chosen {
    /// What it asks for; `None` where a part of it is nothing that can be chosen.
    fn read(self) -> Option<(Preferences, Notices)> {
        let time_zone = match self.time_zone.as_str() {
            "" => None,
            _ => Some(TimeZone::try_from(self.time_zone).ok()?),
        };
        let language = match self.language.as_str() {
            "" => None,
            "en" => Some(Language::En),
            "es" => Some(Language::Es),
            _ => return None,
        };
        let preferences = Preferences { language, time_zone };
        let notices = Notices {
            off: read_off(&self.ways)?,
            alert_flagged: !self.alert_flagged.is_empty(),
            alert_lookup: !self.alert_lookup.is_empty(),
            digest: Digest::of(&self.digest)?,
        };
        Some((preferences, notices))
    }
}

/// Everything that is not among the ways that stay on.
fn read_off(ways: &[String]) -> Option<BTreeSet<(Category, Channel)>> {
    let mut off: BTreeSet<_> = Category::ALL
        .into_iter()
        .filter(|category| !category.is_fixed())
        .flat_map(|category| Channel::ALL.map(|channel| (category, channel)))
        .collect();
    for way in ways {
        let (category, channel) = way.split_once('.')?;
        off.remove(&(Category::of(category)?, channel.parse().ok()?));
    }
    Some(off)
}

fn failed(error: &dyn std::error::Error) -> NotSaved {
    tracing::error!(%error, "what a customer chose could not be kept");
    NotSaved::Failed
}
