use leptos::prelude::*;
use store::SessionKey;
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_seen::{Days, KeptSeen};
use crate::request::{RequestContext, client_address};
use crate::respond::see_other;
use crate::visit::SEEN;

/// Asks whose data a credential has seen; that is written down before it is answered.
#[server(name = AskSeen, prefix = "", endpoint = "/desk/seen")]
pub(crate) async fn ask_seen(by: String, days: String) -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    // What the page says of it depends on who asks.
    see_other(SEEN);
    let Some(id) = session.id() else { return Err(AppError::Refused) };
    let store = expect_context::<RequestContext>().store;
    let noted =
        store.note_seen_report(&SessionKey::of(id.0), &by, client_address(), Clock::System.now()).await;
    if !noted.map_err(|error| failed(&error))? {
        return Err(AppError::Refused);
    }
    KeptSeen::keep(&by, Days::of(&days), &session).await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "whose data a credential has seen could not be asked");
    AppError::Failed
}
