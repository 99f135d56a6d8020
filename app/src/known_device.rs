//! The cookie by which a browser is known again that somebody has signed in with.

use axum::http::{HeaderMap, HeaderValue, header};
use store::{DEVICE_TIME, DeviceToken, StoreError, UserId};

use crate::clock::Clock;
use crate::request::{RequestContext, cookie};
use crate::respond::add_header;

/// With https no other host can set it.
const COOKIE: &str = "__Host-device";
/// A browser takes the other only by https.
const COOKIE_PLAIN: &str = "device";
const MICROS_PER_SECOND: i64 = 1_000_000;

/// What a browser shows.
pub(crate) fn shown_device(headers: &HeaderMap, is_https: bool) -> Option<DeviceToken> {
    cookie(headers, name(is_https))?.parse().ok()
}

/// Keeps that somebody has signed in with this browser.
pub(crate) async fn keep_device(
    context: &RequestContext,
    headers: &HeaderMap,
    user: &UserId,
) -> Result<(), StoreError> {
    let shown = shown_device(headers, context.is_https());
    let device = context.store.keep_device(shown.as_ref(), user, Clock::System.now()).await?;
    give_device(&device, context.is_https());
    Ok(())
}

/// Has the browser show this from now on, where a password is typed.
pub(crate) fn give_device(device: &DeviceToken, is_https: bool) {
    let secure = if is_https { "; Secure" } else { "" };
    let seconds = DEVICE_TIME.micros() / MICROS_PER_SECOND;
    let cookie = format!(
        "{}={}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}",
        name(is_https),
        device.reveal()
    );
    add_header(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("hexadecimal digits are plain"));
}

fn name(is_https: bool) -> &'static str {
    if is_https { COOKIE } else { COOKIE_PLAIN }
}
