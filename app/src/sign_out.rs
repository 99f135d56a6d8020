use axum::http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use store::SessionKey;
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::{RequestContext, client_address};
use crate::respond::{see_other, set_header};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// What a browser forgets of us: also pages that it kept against our word, for the button that goes back.
const EVERYTHING: HeaderValue = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");

/// Ends the visitor's session.
#[server(name = SignOut, prefix = "", endpoint = "/sign-out")]
pub(crate) async fn sign_out() -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    if let Some(id) = session.id() {
        let store = expect_context::<RequestContext>().store;
        let signed_out = store.sign_out(&SessionKey::of(id.0), client_address(), Clock::System.now()).await;
        signed_out.map_err(|error| {
            tracing::error!(%error, "a sign-out failed");
            AppError::Failed
        })?;
    }
    session.flush().await.map_err(|error| {
        tracing::error!(%error, "a sign-out failed");
        AppError::Failed
    })?;
    set_header(CLEAR_SITE_DATA, EVERYTHING);
    see_other("/signed-out");
    Ok(())
}
