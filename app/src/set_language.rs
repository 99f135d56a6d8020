use axum::http::{HeaderValue, header};
use engine::Language;
use leptos::prelude::*;

use crate::error::AppError;
use crate::respond::set_header;
use crate::visit::LANGUAGE_COOKIE;

/// A year: a language is chosen once.
const COOKIE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Keeps the language that a visitor chose, and shows the page they came from in it.
#[server(name = SetLanguage, prefix = "", endpoint = "/language")]
pub(crate) async fn set_language(language: Language) -> Result<(), AppError> {
    let cookie = language_cookie(Some(language));
    set_header(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(|_| AppError::Failed)?);
    Ok(())
}

/// The cookie that keeps a language; of none, what makes a browser forget the one it has.
pub(crate) fn language_cookie(language: Option<Language>) -> String {
    let (tag, seconds) = language.map_or(("", 0), |language| (language.tag(), COOKIE_SECONDS));
    format!("{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly")
}
