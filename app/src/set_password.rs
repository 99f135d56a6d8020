use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use leptos::prelude::*;
use store::{ActNotDone, LinkToken, Password, PasswordRefusal, PasswordSet, StoreError};
use tower_sessions::Session;

use crate::begin_session::begin_session;
use crate::clock::Clock;
use crate::error::AppError;
use crate::known_device::keep_device;
use crate::request::{RequestContext, cookie};
use crate::respond::{add_header, see_other};
use crate::visit::{HISTORY, language_of_request};

/// The cookie that carries a link's token from its address to the form: an address is kept by the browser, and shown.
const COOKIE: &str = "link";
/// Where it is sent, and nowhere else.
pub(crate) const NEW_PASSWORD: &str = "/new-password";

/// Sets the password of whoever came by a link, and signs them in.
#[server(name = SetPassword, prefix = "", endpoint = "/new-password")]
pub(crate) async fn set_password(password: String) -> Result<(), AppError> {
    let set = try_set(&Password::new(password)).await;
    see_other(match &set {
        Ok(()) => HISTORY,
        Err(NotSet::Password(PasswordRefusal::Short(_))) => "/new-password?__err=short",
        Err(NotSet::Password(PasswordRefusal::Long(_))) => "/new-password?__err=long",
        Err(NotSet::Password(PasswordRefusal::Common)) => "/new-password?__err=common",
        Err(NotSet::LinkGone) => "/new-password",
        Err(NotSet::Busy) => "/new-password?__err=busy",
        Err(NotSet::Failed) => "/new-password?__err=failed",
    });
    set.map_err(|not_set| match not_set {
        NotSet::Password(_) | NotSet::LinkGone => AppError::Refused,
        NotSet::Busy => AppError::Busy,
        NotSet::Failed => AppError::Failed,
    })
}

/// Why a password was not set.
enum NotSet {
    Password(PasswordRefusal),
    LinkGone,
    Busy,
    Failed,
}

async fn try_set(password: &Password) -> Result<(), NotSet> {
    let context = expect_context::<RequestContext>();
    let parts = expect_context::<Parts>();
    let token = shown_token(&parts.headers).ok_or(NotSet::LinkGone)?;
    let link = context.store.read_link(&token, Clock::System.now()).await.map_err(not_set)?;
    let link = link.ok_or(NotSet::LinkGone)?;
    password.check(&[&link.name, &link.sign_in, &context.brand]).map_err(NotSet::Password)?;
    let hashed = context.store.hash_password(password).await.map_err(not_set)?;
    let language = language_of_request(&parts.headers);
    let set = store::set_password(&context.acts, token, hashed, language).await;
    let user = match set {
        Ok(PasswordSet::For(user)) => user,
        Ok(PasswordSet::LinkGone) => return Err(NotSet::LinkGone),
        Err(ActNotDone::Busy) => return Err(NotSet::Busy),
        Err(ActNotDone::Failed) => return Err(NotSet::Failed),
    };
    let session: Session = leptos_axum::extract().await.map_err(|error| failed(&error))?;
    begin_session(&session, &user, None).await.map_err(|error| failed(&error))?;
    keep_device(&context, &parts.headers, &user).await.map_err(not_set)?;
    keep_token(None, context.is_https());
    Ok(())
}

/// Takes a link's token from its address to the form's cookie; of none, has the browser forget it.
pub(crate) fn keep_token(token: Option<&LinkToken>, is_https: bool) {
    let (value, seconds) = match token {
        Some(token) => (token.reveal(), store::LINK_TIME.micros() / MICROS_PER_SECOND),
        None => ("", 0),
    };
    let secure = if is_https { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={value}; Path={NEW_PASSWORD}; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    let cookie = HeaderValue::from_str(&cookie).expect("letters, digits and dashes are plain");
    add_header(header::SET_COOKIE, cookie);
}

const MICROS_PER_SECOND: i64 = 1_000_000;

/// The token that a request brings.
pub(crate) fn shown_token(headers: &HeaderMap) -> Option<LinkToken> {
    cookie(headers, COOKIE)?.parse().ok()
}

fn not_set(error: StoreError) -> NotSet {
    match error {
        StoreError::Busy => NotSet::Busy,
        error => failed(&error),
    }
}

fn failed(error: &dyn std::error::Error) -> NotSet {
    tracing::error!(%error, "a password could not be set");
    NotSet::Failed
}
