use leptos::prelude::*;
use store::LookupId;

use super::banner::{asked_lookup, banner, leave_when_closed, open_lookup};
use crate::frame::Place;
use crate::pages::history::{Asked, asked, history};
use crate::pages::reports::reports_of_account;
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::desk as words;

/// A customer's history as the customer sees it, with identifiers masked, while a lookup is open.
#[component]
pub(in crate::pages) fn Account() -> impl IntoView {
    let (lookup, asked) = (asked_lookup(), asked());
    respond(move |visit| async move { write(&visit, lookup, asked).await })
}

async fn write(visit: &Visit, lookup: Option<LookupId>, asked: Asked) -> Result<Page, NoPage> {
    let lookup = open_lookup(visit, lookup).await?;
    let reading = Reading::by_lookup(visit, &lookup).await?;
    let history = history(&reading, asked).await?;
    let reports = reports_of_account(&reading).await?;
    leave_when_closed(&lookup);
    let body = view! {
        {banner(&reading, &lookup)}
        {reports}
        <h1>{words::ACCOUNT_HEADING.in_language(visit.language())}</h1>
        {history}
    };
    Ok(Page { title: words::ACCOUNT_TITLE, place: Place::Desk, body: body.into_any() })
}
