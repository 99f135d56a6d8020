use leptos::prelude::*;
use store::{Admission, Password, Role};
use tower_sessions::Session;

use crate::begin_session::begin_session;
use crate::clock::Clock;
use crate::error::AppError;
use crate::request::{RequestContext, client_address};
use crate::respond::see_other;
use crate::visit::{AUDIT, DESK, HISTORY};

/// A sign-in name is at most an address (RFC 5321, 4.5.3.1).
pub(crate) const SIGN_IN_NAME_CHARS_MAX: usize = 254;

/// Signs somebody in, and sends them to where they begin; or back, without saying which of the two was wrong.
#[server(name = SignIn, prefix = "", endpoint = "/sign-in")]
pub(crate) async fn sign_in(sign_in_name: String, password: String) -> Result<(), AppError> {
    let tried = try_sign_in(&sign_in_name, &Password::new(password)).await;
    see_other(match tried {
        Ok(address) => address,
        Err(AppError::Suspended) => "/sign-in?__err=suspended",
        Err(AppError::Failed) => "/sign-in?__err=failed",
        Err(AppError::Refused | AppError::Unreadable) => "/sign-in?__err=refused",
    });
    tried.map(|_| ())
}

async fn try_sign_in(sign_in_name: &str, password: &Password) -> Result<&'static str, AppError> {
    let context = expect_context::<RequestContext>();
    let session: Session = leptos_axum::extract().await.map_err(|error| failed(&error))?;
    let (client, now) = (client_address(), Clock::System.now());
    let admission = context.store.sign_in(sign_in_name, password, client, now).await;
    let user = match admission.map_err(|error| failed(&error))? {
        Admission::Admitted(user) => user,
        Admission::Suspended => return Err(AppError::Suspended),
        Admission::Refused => return Err(AppError::Refused),
    };
    begin_session(&session, &user.user_id).await.map_err(|error| failed(&error))?;
    Ok(match user.role {
        Role::Customer => HISTORY,
        Role::Auditor => AUDIT,
        Role::Agent | Role::Supervisor => DESK,
    })
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a sign-in failed");
    AppError::Failed
}
