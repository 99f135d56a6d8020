use leptos::prelude::*;
use store::{Find, OpenLookupError, Opened, Search, SessionKey};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::error::AppError;
use crate::kept_search::{KeptSearch, Refusal};
use crate::request::{RequestContext, client_address};
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
    let finds = Find::readings_of(search);
    let (client, budget) = (client_address(), context.lookup_budget);
    let search = Search { finds: &finds, reason: &reason, client, budget };
    let opened = context.store.open_lookup(key, &search, Clock::System.now()).await;
    opened.map_err(|refused| {
        raise(&refused);
        Refusal::of(&refused)
    })
}

/// Tells whoever watches the log of what must not wait. Who it was stands in the audit log's entry alone.
pub(crate) fn raise(refused: &OpenLookupError) {
    match refused {
        OpenLookupError::Store(error) => {
            failed(error);
        }
        OpenLookupError::BudgetSpent { entry, .. } => {
            tracing::error!(alarm = "budget_exceeded", audit_entry = entry, "somebody opens many accounts");
        }
        OpenLookupError::Suspended { because, entry } => {
            let alarm = because.as_str();
            tracing::error!(alarm, audit_entry = entry, "somebody was suspended who looked accounts up");
        }
        _ => {}
    }
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a lookup failed");
    AppError::Failed
}
