use std::borrow::Cow;

use axum::http::request::Parts;
use engine::Span;
use leptos::prelude::*;
use store::{Password, Role, SignInTry, StoreError, TriedSignIn};
use tower_sessions::Session;

use crate::begin_session::begin_session;
use crate::clock::Clock;
use crate::error::AppError;
use crate::known_device::{give_device, shown_device};
use crate::request::{ClientAddress, RequestContext};
use crate::respond::see_other;
use crate::visit::{AUDIT, DESK, HISTORY};
use crate::way_on::take_way_on;

/// A sign-in name is at most an address (RFC 5321, 4.5.3.1).
pub(crate) const SIGN_IN_NAME_CHARS_MAX: usize = 254;

/// Signs somebody in, and sends them to where they begin; or back, without saying which of the two was wrong.
#[server(name = SignIn, prefix = "", endpoint = "/sign-in")]
pub(crate) async fn sign_in(sign_in_name: String, password: String) -> Result<(), AppError> {
    let tried = try_sign_in(&sign_in_name, &Password::new(password)).await;
    see_other(match &tried {
        Ok(address) => address,
        Err(NotIn::Suspended) => "/sign-in?__err=suspended",
        Err(NotIn::NotListed) => "/sign-in?__err=member",
        Err(NotIn::Failed) => "/sign-in?__err=failed",
        Err(NotIn::Busy) => "/sign-in?__err=busy",
        Err(NotIn::TooSoon(wait)) if *wait > SOON_MAX => "/sign-in?__err=stopped",
        Err(NotIn::TooSoon(_)) => "/sign-in?__err=soon",
        Err(NotIn::Refused) => "/sign-in?__err=refused",
    });
    tried.map(|_| ()).map_err(|not_in| match not_in {
        NotIn::Refused | NotIn::NotListed => AppError::Refused,
        NotIn::Suspended => AppError::Suspended,
        NotIn::TooSoon(_) => AppError::TooSoon,
        NotIn::Busy => AppError::Busy,
        NotIn::Failed => AppError::Failed,
    })
}

/// A longer pause is one until the next day.
const SOON_MAX: Span = Span::minutes(10);

/// Why somebody is not signed in.
enum NotIn {
    Refused,
    Suspended,
    NotListed,
    TooSoon(Span),
    Busy,
    Failed,
}

async fn try_sign_in(sign_in_name: &str, password: &Password) -> Result<Cow<'static, str>, NotIn> {
    let context = expect_context::<RequestContext>();
    let session: Session = leptos_axum::extract().await.map_err(|error| failed(&error))?;
    let headers = expect_context::<Parts>().headers;
    let device = shown_device(&headers, context.is_https());
    let client = ClientAddress::of_request();
    let tried = SignInTry { sign_in: sign_in_name, password, client, device: device.as_ref() };
    let answer =
        context.store.try_sign_in(&tried, Clock::System.now()).await.map_err(|error| match error {
            StoreError::Busy => NotIn::Busy,
            error => failed(&error),
        })?;
    let (user, proof, device) = match answer {
        TriedSignIn::Proved(user, proof, device) => (user, proof, device),
        TriedSignIn::NotListed => return Err(NotIn::NotListed),
        TriedSignIn::Refused => return Err(NotIn::Refused),
        TriedSignIn::Suspended => return Err(NotIn::Suspended),
        TriedSignIn::TooSoon(wait) => return Err(NotIn::TooSoon(wait)),
    };
    begin_session(&session, &user.user_id, Some(&proof)).await.map_err(|error| failed(&error))?;
    give_device(&device, context.is_https());
    Ok(match user.role {
        Role::Customer => take_way_on(&headers).map_or(Cow::Borrowed(HISTORY), Cow::Owned),
        Role::Auditor => Cow::Borrowed(AUDIT),
        Role::Agent | Role::Supervisor => Cow::Borrowed(DESK),
    })
}

fn failed(error: &dyn std::error::Error) -> NotIn {
    tracing::error!(%error, "a sign-in failed");
    NotIn::Failed
}
