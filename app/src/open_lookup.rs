use leptos::prelude::*;
use store::{Find, OpenLookupError, Opened, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_search::{KeptSearch, Refusal};
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::visit::DESK;

/// Opens an account for one of the staff, and sends them to it; or back to the desk, which says why not.
#[server(name = OpenLookup, prefix = "", endpoint = "/desk")]
pub(crate) async fn open_lookup(search: String, reason: String) -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    let Some(id) = session.id() else {
        see_other(DESK);
        return Err(AppError::Refused);
    };
    let refusal = match try_open(&SessionKey::of(id.0), &search, &reason).await {
        Ok(opened) => {
            see_other(&format!("{DESK}/accounts/{}", opened.id));
            return Ok(());
        }
        Err(refusal) => refusal,
    };
    if let Some(refusal) = refusal {
        KeptSearch::keep(&session, &search, &reason, refusal).await.map_err(|error| failed(&error))?;
    }
    // What the desk says of it depends on who asks: it may be a page that is not there.
    see_other(DESK);
    Err(AppError::Refused)
}

async fn try_open(key: &SessionKey, search: &str, reason: &str) -> Result<Opened, Option<Refusal>> {
    if search.trim().is_empty() {
        return Err(Some(Refusal::Empty));
    }
    // A sentence that was pasted over several lines is read as one.
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let context = expect_context::<RequestContext>();
    let opened =
        context.store.open_lookup(key, &Find::readings_of(search), &reason, Clock::System.now()).await;
    opened.map_err(|refused| {
        if let OpenLookupError::Store(error) = &refused {
            failed(error);
        }
        Refusal::of(&refused)
    })
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a lookup failed");
    AppError::Failed
}
