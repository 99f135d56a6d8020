use leptos::prelude::*;
use store::{SessionHandle, StoreError};

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::step_up::{Then, session_of_request};

/// Ends one of a person's own sessions, by its handle.
#[server(name = EndSession, prefix = "", endpoint = "/settings/security/end")]
pub(crate) async fn end_session(session: String) -> Result<(), AppError> {
    let Some((_, key)) = session_of_request() else { return stranger() };
    let store = expect_context::<RequestContext>().store;
    let ended = match session.parse::<SessionHandle>() {
        Ok(handle) => {
            store.end_session_of(&key, &handle, Clock::System.now()).await.map_err(|e| failed(&e))?
        }
        Err(_) => false,
    };
    see_other(if ended { "/settings/security?done=ended" } else { "/settings/security?__err=gone" });
    if ended { Ok(()) } else { Err(AppError::Refused) }
}

/// Ends all of a person's sessions but the one that asks, once they have given their password again in it.
#[server(name = EndOtherSessions, prefix = "", endpoint = "/settings/security/end-others")]
pub(crate) async fn end_other_sessions() -> Result<(), AppError> {
    end_others().await
}

/// The same for the session as it is now: it may have another id than its request had.
pub(crate) async fn end_others() -> Result<(), AppError> {
    let Some((_, key)) = session_of_request() else { return stranger() };
    let store = expect_context::<RequestContext>().store;
    let ended = store.end_other_sessions(&key, Clock::System.now()).await.map_err(|error| failed(&error))?;
    if ended.is_none() {
        see_other(&Then::EndOthers.confirm_address());
        return Err(AppError::Refused);
    }
    see_other("/settings/security?done=others");
    Ok(())
}

fn stranger() -> Result<(), AppError> {
    see_other("/sign-in");
    Err(AppError::Refused)
}

fn failed(error: &StoreError) -> AppError {
    tracing::error!(%error, "a session could not be ended");
    see_other("/settings/security?__err=failed");
    AppError::Failed
}
