use axum::http::{HeaderValue, header};
use engine::{Language, TimeZone};
use leptos::prelude::*;
use store::{Preferences, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::{see_other, set_header};
use crate::set_language::language_cookie;

/// Keeps how a customer wants to be spoken to. Empty: as their account has it.
#[server(name = SavePreferences, prefix = "", endpoint = "/account")]
pub(crate) async fn save_preferences(language: String, time_zone: String) -> Result<(), AppError> {
    let saved = try_save(language, time_zone).await;
    see_other(match saved {
        Ok(()) => "/account?saved",
        Err(AppError::Refused) => "/sign-in",
        Err(AppError::Unreadable) => "/account?__err=unreadable",
        Err(_) => "/account?__err=failed",
    });
    saved
}

async fn try_save(language: String, time_zone: String) -> Result<(), AppError> {
    let preferences = Preferences { language: read_language(&language)?, time_zone: read_zone(time_zone)? };
    let context = expect_context::<RequestContext>();
    let session: Session = leptos_axum::extract().await.map_err(|error| failed(&error))?;
    let key = SessionKey::of(session.id().ok_or(AppError::Refused)?.0);
    // A session ends by the machine's time, whatever day the pages show.
    let kept = context.store.keep_preferences(&key, &preferences, Clock::System.now()).await;
    if !kept.map_err(|error| failed(&error))? {
        return Err(AppError::Refused);
    }
    // What was chosen in this browser before must not speak louder.
    let cookie =
        HeaderValue::from_str(&language_cookie(preferences.language)).map_err(|_| AppError::Failed)?;
    set_header(header::SET_COOKIE, cookie);
    Ok(())
}

fn read_language(chosen: &str) -> Result<Option<Language>, AppError> {
    match chosen {
        "" => Ok(None),
        "en" => Ok(Some(Language::En)),
        "es" => Ok(Some(Language::Es)),
        _ => Err(AppError::Unreadable),
    }
}

fn read_zone(chosen: String) -> Result<Option<TimeZone>, AppError> {
    if chosen.is_empty() {
        return Ok(None);
    }
    TimeZone::try_from(chosen).map(Some).map_err(|_| AppError::Unreadable)
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "what a customer chose could not be kept");
    AppError::Failed
}
