use leptos::prelude::*;
use store::{LookupId, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::request::{RequestContext, client_address};
use crate::respond::see_other;
use crate::visit::DESK;

/// Closes a lookup before its time, and goes back to the desk. One that is not open to whoever asks stays as it is.
#[server(name = CloseLookup, prefix = "", endpoint = "/desk/close")]
pub(crate) async fn close_lookup(lookup: String) -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    see_other(DESK);
    let (Some(id), Ok(lookup)) = (session.id(), lookup.parse::<LookupId>()) else {
        return Err(AppError::Refused);
    };
    let store = expect_context::<RequestContext>().store;
    let now = Clock::System.now();
    let closed = store.close_lookup(&SessionKey::of(id.0), &lookup, client_address(), now).await;
    closed.map(|_| ()).map_err(|error| {
        tracing::error!(%error, "a lookup could not be closed");
        AppError::Failed
    })
}
