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
use store::{HistoryPage, HistoryQuery, HistorySummary, StoreError};

use crate::frame::{Place, icon};
use crate::live::news;
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::history as words;

use address::Address;
pub(super) use address::Asked;
pub(super) use months::months;
pub(super) use pair::{is_joined, message_sheet_class};
pub(super) use told::beginning;

/// A page that is read in one sitting.
const ENTRIES: usize = 50;
/// What "lately" means in the sentence above a history.
const LATELY_DAYS: i64 = 90;

/// What the address of the page asks for.
pub(super) fn asked() -> Asked {
    Address::read(&use_query_map().get_untracked())
}

/// Everything that was sent to an account, next to what happened on it.
#[component]
pub(super) fn History() -> impl IntoView {
    let asked = asked();
    respond(move |visit| async move { write(&visit, asked).await })
}

async fn write(visit: &Visit, asked: Asked) -> Result<Page, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let (news, history) = (news(visit).await?, history(&reading, asked).await?);
    let body = view! { {news} <h1>{words::HEADING.in_language(visit.language())}</h1> {history} };
    Ok(Page { title: words::TITLE, place: Place::History, body: body.into_any() })
}

/// The part of a history that an address asks for, under whatever heading.
pub(super) async fn history(reading: &Reading<'_>, asked: Asked) -> Result<AnyView, StoreError> {
    let unreadable = asked.is_err();
    let address = asked.unwrap_or_default();
    let query = HistoryQuery { filter: address.filter.clone(), page: address.page.clone(), limit: ENTRIES };
    let summary = reading.summary(reading.visit.now.minus(Span::days(LATELY_DAYS))).await?;
    let history = reading.history(&query).await?;
    Ok(body(reading, &address, unreadable, &summary, &history).into_any())
}

fn body(
    reading: &Reading,
    address: &Address,
    unreadable: bool,
    summary: &HistorySummary,
    history: &HistoryPage,
) -> impl IntoView + use<> {
    let language = reading.language();
    let notice = unreadable.then(|| {
        view! {
            <div class="alert calm" role="status">
                {icon("informational")}
                <h2>{words::BAD_QUERY.in_language(language)}</h2>
                <p>{words::BAD_QUERY_THEN.in_language(language)}</p>
            </div>
        }
    });
    if empty::is_new(summary, address, history) {
        return view! { {notice} {empty::nothing_yet(reading)} }.into_any();
    }
    let shown = if history.entries.is_empty() {
        empty::nothing_fits(reading, address).into_any()
    } else {
        months(reading, &history.entries).into_any()
    };
    view! {
        {lead::lead(reading, summary)}
        {notice}
        {filters::filters(reading, address, summary)}
        {shown}
        {turn(reading, address, history)}
    }
    .into_any()
}

/// The ways to the pages beside this one.
fn turn(reading: &Reading, address: &Address, history: &HistoryPage) -> impl IntoView + use<> {
    let language = reading.language();
    let links = [
        (address.is_paged().then(|| address.newest()), words::NEWEST),
        (history.newer.map(|cursor| address.after(cursor)), words::NEWER),
        (history.earlier.map(|cursor| address.before(cursor)), words::EARLIER),
    ];
    let links: Vec<_> = links
        .into_iter()
        .filter_map(|(address, text)| Some((address?, text)))
        .map(|(address, text)| {
            view! { <a class="button" href=reading.history_address(address)>{text.in_language(language)}</a> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=words::PAGES.in_language(language)>{links}</nav> }
    })
}
