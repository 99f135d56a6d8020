use axum::http::request::Parts;
use leptos::prelude::*;
use store::{ChangePasswordError, Password, PasswordRefusal};

use crate::begin_session::renew_session;
use crate::clock::Clock;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::step_up::{Then, session_of_request};
use crate::visit::language_of_request;

/// Changes the password of whoever has given the one they have a short time ago, and ends their other sessions.
#[server(name = ChangePassword, prefix = "", endpoint = "/settings/security/password")]
pub(crate) async fn change_password(password: String, again: String) -> Result<(), AppError> {
    let changed = if password == again { try_change(password).await } else { Err(Refusal::Other) };
    see_other(&match &changed {
        Ok(true) => "/settings/security?done=changed".to_owned(),
        Ok(false) => "/sign-in?ended".to_owned(),
        Err(Refusal::NotConfirmed) => Then::Password.confirm_address(),
        Err(refusal) => format!("{}?__err={}", Then::Password.address(), refusal.code()),
    });
    match changed {
        Ok(_) => Ok(()),
        Err(Refusal::Failed) => Err(AppError::Failed),
        Err(_) => Err(AppError::Refused),
    }
}

/// Why a password stays as it is, as its page says it.
enum Refusal {
    Short,
    Long,
    Common,
    Other,
    NotConfirmed,
    Failed,
}

impl Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Common => "common",
            Self::Other => "other",
            Self::NotConfirmed | Self::Failed => "failed",
        }
    }
}

/// Whether the session goes on.
async fn try_change(password: String) -> Result<bool, Refusal> {
    let (session, key) = session_of_request().ok_or(Refusal::NotConfirmed)?;
    let RequestContext { store, brand, acts, .. } = expect_context();
    let password = Password::new(password);
    let hashed = store.hash_other_password(&key, &password, &[&brand], Clock::System.now()).await;
    let hashed = hashed.map_err(|refused| match refused {
        ChangePasswordError::Refused(PasswordRefusal::Short(_)) => Refusal::Short,
        ChangePasswordError::Refused(PasswordRefusal::Long(_)) => Refusal::Long,
        ChangePasswordError::Refused(PasswordRefusal::Common) => Refusal::Common,
        ChangePasswordError::NotConfirmed => Refusal::NotConfirmed,
        ChangePasswordError::Store(error) => failed(&error),
    })?;
    let language = language_of_request(&expect_context::<Parts>().headers);
    let changed = store::change_password(&acts, key, hashed, language).await;
    let renewal = changed.map_err(|error| failed(&error))?.ok_or(Refusal::NotConfirmed)?;
    renew_session(&session, &renewal).await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> Refusal {
    tracing::error!(%error, "a password could not be changed");
    Refusal::Failed
}
