use engine::Instant;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{Cursor, LookupPage, LookupView};

use crate::clock::Clock;
use crate::frame::{Place, icon, picture};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{history, lookups as words};

const ADDRESS: &str = "/settings/lookups";

/// Who of the operator's staff looked at the account, when, why and for how long.
#[component]
pub(super) fn Lookups() -> impl IntoView {
    // What can't be read asks for nothing: the latest are shown.
    let before = use_query_map().get_untracked().get_str("before").and_then(|before| before.parse().ok());
    respond(move |visit| async move { write(&visit, before).await })
}

async fn write(visit: &Visit, before: Option<Cursor>) -> Result<Page, NoPage> {
    // A reason may say what another of the account's people called about: to its members no lookup is shown.
    let customer = visit.holder()?;
    let page = visit.context.store.read_lookups(&customer.scope, before.as_ref()).await?;
    let language = visit.language();
    let body = if page.lookups.is_empty() && before.is_none() {
        nobody_looked(visit).into_any()
    } else {
        list(visit, &page, before.is_some()).into_any()
    };
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::lead(&visit.context.brand, language)}</p>
        {body}
    };
    Ok(Page { title: words::HEADING, place: Place::Lookups, body: body.into_any() })
}

fn nobody_looked(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{words::NOBODY.in_language(language)}</h2>
            <p>{words::nobody_why(&visit.context.brand, language)}</p>
        </div>
    }
}

fn list(visit: &Visit, page: &LookupPage, is_paged: bool) -> impl IntoView + use<> {
    let language = visit.language();
    let now = Clock::System.now();
    let looks: Vec<_> = page.lookups.iter().map(|lookup| look(visit, lookup, now)).collect();
    let newest = is_paged.then(|| (ADDRESS.to_owned(), history::NEWEST));
    let earlier = page.earlier.map(|cursor| (format!("{ADDRESS}?before={cursor}"), history::EARLIER));
    let links: Vec<_> = newest
        .into_iter()
        .chain(earlier)
        .map(|(address, text)| view! { <a class="button" href=address>{text.in_language(language)}</a> })
        .collect();
    let turn = (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=history::PAGES.in_language(language)>{links}</nav> }
    });
    view! {
        <div class="columns looks-columns">
            <ol class="looks">{looks}</ol>
            <aside class="slip ghost" aria-labelledby="they-see">
                <h2 id="they-see">{words::THEY_SEE.in_language(language)}</h2>
                <p>{words::THEY_SEE_WHAT.in_language(language)}</p>
                <p>{words::CLOSES.in_language(language)}</p>
            </aside>
        </div>
        {turn}
    }
}

fn look(visit: &Visit, lookup: &LookupView, now: Instant) -> impl IntoView + use<> {
    let language = visit.language();
    let duration = if lookup.is_open(now) {
        words::open_until(&visit.locale.time(lookup.closes_at), language)
    } else {
        words::lasted(lookup.lasted(now), language)
    };
    view! {
        <li class="slip look" data-owner=visit.mark(&lookup.owner)>
            <p class="look-when">
                <time datetime=lookup.opened_at.to_string()>{visit.locale.in_full(lookup.opened_at)}</time>
            </p>
            <h2 class="slip-title">
                {lookup.user_name.clone()}
                <span class="look-role">", "{words::role(lookup.role).in_language(language)}</span>
            </h2>
            <p class="slip-text">{words::quoted(&lookup.reason, language)}</p>
            <p class="slip-foot">
                <span class="meta">{icon("waiting")}{duration}</span>
                <span class="meta">{icon("search")}{words::found_by(lookup.found_by).in_language(language)}</span>
            </p>
        </li>
    }
}
