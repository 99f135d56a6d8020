use leptos::prelude::*;
use store::{Role, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_audit::KeptAudit;
use crate::request::RequestContext;
use crate::respond::see_other;
use crate::visit::AUDIT;

/// Keeps what an auditor asks of the audit log, and shows it. Empty: whatever it is.
#[server(name = SearchAudit, prefix = "", endpoint = "/desk/audit")]
pub(crate) async fn search_audit(
    act: String,
    actor: String,
    account: String,
    from: String,
    until: String,
) -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    // What the page says of it depends on who asks.
    see_other(AUDIT);
    let Some(id) = session.id() else { return Err(AppError::Refused) };
    let store = expect_context::<RequestContext>().store;
    let user = store.user_of_session(&SessionKey::of(id.0), Clock::System.now()).await;
    let user = user.map_err(|error| failed(&error))?;
    if user.is_none_or(|user| user.role != Role::Auditor) {
        return Err(AppError::Refused);
    }
    let kept = KeptAudit { act, actor, account, from, until };
    kept.keep(&session).await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "what was asked of the audit log could not be kept");
    AppError::Failed
}
