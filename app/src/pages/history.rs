mod address;
mod books;
mod empty;
mod filters;
mod ghost;
mod lead;
mod months;
mod pair;
mod told;

use engine::Span;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{HistoryPage, HistoryQuery, HistorySummary};

use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::history as words;

use address::Address;
pub(super) use months::months;
pub(super) use pair::{is_joined, message_sheet_class};
pub(super) use told::beginning;

/// A page that is read in one sitting.
const ENTRIES: usize = 50;
/// What "lately" means in the sentence above a history.
const LATELY_DAYS: i64 = 90;

/// Everything that was sent to an account, next to what happened on it.
#[component]
pub(super) fn History() -> impl IntoView {
    let asked = Address::read(&use_query_map().get_untracked());
    respond(move |visit| async move { write(&visit, asked).await })
}

async fn write(visit: &Visit, asked: Result<Address, address::Unreadable>) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let store = &visit.context.store;
    let unreadable = asked.is_err();
    let address = asked.unwrap_or_default();
    let query = HistoryQuery { filter: address.filter.clone(), page: address.page.clone(), limit: ENTRIES };
    let lately = visit.now.minus(Span::days(LATELY_DAYS));
    let summary = store.read_summary(&customer.scope, lately).await?;
    let history = store.read_history(&customer.scope, &query).await?;
    let body = body(visit, &address, unreadable, &summary, &history);
    Ok(Page { title: words::TITLE, place: Place::History, body: body.into_any() })
}

fn body(
    visit: &Visit,
    address: &Address,
    unreadable: bool,
    summary: &HistorySummary,
    history: &HistoryPage,
) -> impl IntoView + use<> {
    let language = visit.language();
    let notice = unreadable.then(|| {
        view! {
            <div class="alert calm" role="status">
                {icon("informational")}
                <h2>{words::BAD_QUERY.in_language(language)}</h2>
                <p>{words::BAD_QUERY_THEN.in_language(language)}</p>
            </div>
        }
    });
    let heading = view! { <h1>{words::HEADING.in_language(language)}</h1> };
    if empty::is_new(summary, address, history) {
        return view! { {heading} {notice} {empty::nothing_yet(visit)} }.into_any();
    }
    let shown = if history.entries.is_empty() {
        empty::nothing_fits(visit, address).into_any()
    } else {
        months(visit, &history.entries).into_any()
    };
    view! {
        {heading}
        {lead::lead(visit, summary)}
        {notice}
        {filters::filters(visit, address, summary)}
        {shown}
        {turn(visit, address, history)}
    }
    .into_any()
}

/// The ways to the pages beside this one.
fn turn(visit: &Visit, address: &Address, history: &HistoryPage) -> impl IntoView + use<> {
    let language = visit.language();
    let links = [
        (address.is_paged().then(|| address.newest()), words::NEWEST),
        (history.newer.map(|cursor| address.after(cursor)), words::NEWER),
        (history.earlier.map(|cursor| address.before(cursor)), words::EARLIER),
    ];
    let links: Vec<_> = links
        .into_iter()
        .filter_map(|(address, text)| Some((address?, text)))
        .map(|(address, text)| {
            view! { <a class="button" href=address.to_string()>{text.in_language(language)}</a> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=words::PAGES.in_language(language)>{links}</nav> }
    })
}
