use engine::TransactionId;
use leptos::prelude::*;
use store::LookupId;

use super::banner::{asked_lookup, banner, leave_when_closed, open_lookup};
use crate::frame::Place;
use crate::pages::transaction::{asked_id, transaction};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::desk as words;

/// A customer's transaction as the customer sees it, with identifiers masked, while a lookup is open.
#[component]
pub(in crate::pages) fn Transaction() -> impl IntoView {
    let (lookup, id) = (asked_lookup(), asked_id());
    respond(move |visit| async move { write(&visit, lookup, id).await })
}

async fn write(visit: &Visit, lookup: Option<LookupId>, id: Option<TransactionId>) -> Result<Page, NoPage> {
    let lookup = open_lookup(visit, lookup).await?;
    let reading = Reading::by_lookup(visit, &lookup).await?;
    let transaction = transaction(&reading, id).await?;
    leave_when_closed(&lookup);
    let body = view! { {banner(&reading, &lookup)} {transaction} };
    Ok(Page { title: words::TRANSACTION_TITLE, place: Place::Desk, body: body.into_any() })
}
