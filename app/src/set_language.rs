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
    let tag = language.tag();
    let cookie = format!("{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age={COOKIE_SECONDS}; SameSite=Lax; HttpOnly");
    set_header(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(|_| AppError::Failed)?);
    Ok(())
}
