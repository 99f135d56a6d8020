use leptos::prelude::*;
use store::{Role, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_history_search::KeptHistorySearch;
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::visit::{HISTORY, HISTORY_SEARCH};

/// Keeps what a customer looks for in their history, and shows what is found. Empty: the whole history again.
#[server(name = SearchHistory, prefix = "", endpoint = "/history")]
pub(crate) async fn search_history(search: String) -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    // What the page says of it depends on who asks.
    see_other(if search.trim().is_empty() { HISTORY } else { HISTORY_SEARCH });
    let Some(id) = session.id() else { return Err(AppError::Refused) };
    let store = expect_context::<RequestContext>().store;
    let user = store.user_of_session(&SessionKey::of(id.0), Clock::System.now()).await;
    let user = user.map_err(|error| failed(&error))?;
    if user.is_none_or(|user| user.role != Role::Customer) {
        return Err(AppError::Refused);
    }
    KeptHistorySearch::keep(&session, &search).await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "what is looked for in a history could not be kept");
    AppError::Failed
}
