use axum::http::{HeaderMap, HeaderValue, header};
use leptos::prelude::*;

use crate::error::AppError;
use crate::request::cookie;
use crate::respond::{see_other, set_header};

/// The cookie that carries what was typed to the page that answers: an address would be kept by the browser, and shown.
const COOKIE: &str = "check";
/// As long as it takes to come from the form to the answer.
const COOKIE_SECONDS: u32 = 60;
/// A number has 12 characters and may be typed with a blank or dash between any two.
const TYPED_CHARS_MAX: usize = 40;

/// Takes a counterfoil number as it was typed to the page that answers.
#[server(name = CheckNumber, prefix = "", endpoint = "/check")]
pub(crate) async fn check_number(number: String) -> Result<(), AppError> {
    keep(&plain(&number), COOKIE_SECONDS);
    see_other("/check");
    Ok(())
}

/// What was typed on the form, as far as a number can be read from it. It is answered once.
pub(crate) fn typed(headers: &HeaderMap) -> Option<String> {
    let typed = cookie(headers, COOKIE)?;
    keep("", 0);
    Some(plain(typed))
}

fn keep(value: &str, seconds: u32) {
    let cookie = format!("{COOKIE}={value}; Path=/check; Max-Age={seconds}; SameSite=Lax; HttpOnly");
    let cookie = HeaderValue::from_str(&cookie).expect("letters, digits and dashes are plain");
    set_header(header::SET_COOKIE, cookie);
}

/// Letters, digits and dashes alone: all that a number is read from, and nothing that means something in a cookie.
fn plain(typed: &str) -> String {
    let chars = typed.trim().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    chars.take(TYPED_CHARS_MAX).collect()
}
