mod account;
mod banner;
mod form;
mod message;
mod report;
mod reports;
mod transaction;

use engine::Instant;
use leptos::prelude::*;
use store::{OpenLookup, StoreError};

use crate::clock::Clock;
use crate::frame::Place;
use crate::kept_search::KeptSearch;
use crate::reading::desk_address;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{AUDIT, Visit};
use crate::words::desk as words;

pub(super) use account::Account;
pub(super) use message::Message;
pub(super) use report::Report;
pub(super) use reports::Reports;
pub(super) use transaction::Transaction;

/// Where staff look a customer's account up.
#[component]
pub(super) fn Desk() -> impl IntoView {
    respond(|visit| async move { write(&visit).await })
}

async fn write(visit: &Visit) -> Result<Page, NoPage> {
    if visit.is_auditor() {
        return Err(NoPage::SeeOther(AUDIT));
    }
    let staff = visit.staff()?;
    let kept = KeptSearch::take(&staff.session).await;
    let now = Clock::System.now();
    let mut open = Vec::new();
    for lookup in visit.context.store.open_lookups(&staff.key, now).await? {
        open.push(Listed::read(visit, lookup).await?);
    }
    let body = view! {
        <div class="sheet ticket joined desk">
            <section class="slip told">
                <h1>{words::HEADING.in_language(visit.language())}</h1>
                <p>{words::LEAD.in_language(visit.language())}</p>
                {form::form(visit, kept.as_ref())}
            </section>
            {still_open(visit, &open, now)}
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Desk, body: body.into_any() })
}

/// A lookup that is open still, and whose account it is.
struct Listed {
    lookup: OpenLookup,
    name: Option<String>,
}

impl Listed {
    async fn read(visit: &Visit, lookup: OpenLookup) -> Result<Self, StoreError> {
        let name = visit.context.store.read_account(&lookup.scope).await?.name;
        Ok(Self { lookup, name })
    }
}

fn still_open(visit: &Visit, open: &[Listed], now: Instant) -> impl IntoView + use<> {
    let language = visit.language();
    let list = if open.is_empty() {
        view! { <p>{words::NONE_OPEN.in_language(language)}</p> }.into_any()
    } else {
        let items: Vec<_> = open.iter().map(|listed| item(visit, listed, now)).collect();
        view! { <ul class="open-lookups">{items}</ul> }.into_any()
    };
    view! {
        <section class="slip books" aria-labelledby="open-title">
            <h2 id="open-title">{words::OPEN.in_language(language)}</h2>
            {list}
        </section>
    }
}

fn item(visit: &Visit, listed: &Listed, now: Instant) -> impl IntoView + use<> {
    let language = visit.language();
    let left = words::minutes_left(listed.lookup.closes_at.since(now), language);
    let name = banner::name_of(listed.name.as_deref(), language);
    view! {
        <li data-owner=visit.mark(listed.lookup.scope.account())>
            <a href=desk_address(&listed.lookup)>{name}</a>
            <span class="left">{left}</span>
            <p>{words::quoted(&listed.lookup.reason, language)}</p>
        </li>
    }
}
