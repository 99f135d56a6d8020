mod address;
mod books;
mod collapse;
mod copies;
mod empty;
mod filters;
mod found;
mod ghost;
mod mistakes;
mod months;
mod narrow;
mod overview;
mod pair;
mod told;

use engine::Span;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{HistoryPage, HistoryQuery, Page as Part, StoreError};

use crate::frame::{Place, icon};
use crate::kept_history_search::KeptHistorySearch;
use crate::live::news;
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{Customer, Visit};
use crate::words::{Text, history as words};

use address::Address;
pub(super) use address::Asked;
pub(super) use months::months;
pub(super) use pair::{is_joined, message_sheet_class};
pub(super) use told::beginning;

/// A page that is read in one sitting.
const ENTRIES: usize = 50;
/// Where copies leave fewer rows than this on a page, more is read.
const ROWS_MIN: usize = 25;
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
    let customer = visit.customer()?;
    let news = news(visit).await?;
    let mut reading = Reading::own(visit, customer);
    let history = match &asked {
        Ok(address @ Address { search: Some(searched), .. }) => {
            let typed = typed(customer).await;
            found::found(&mut reading, &typed, address, *searched).await?
        }
        _ => history(&reading, asked).await?,
    };
    let heading = words::HEADING.in_language(visit.language());
    let body = view! { {news} <h1 class="history-heading">{heading}</h1> {history} };
    Ok(Page { title: words::TITLE, place: Place::History, body: body.into_any() })
}

async fn typed(customer: &Customer) -> String {
    KeptHistorySearch::read(&customer.session).await.map(|kept| kept.typed).unwrap_or_default()
}

/// The part of a history that an address asks for, under whatever heading.
pub(super) async fn history(reading: &Reading<'_>, asked: Asked) -> Result<AnyView, StoreError> {
    let unreadable = asked.is_err();
    let address = asked.unwrap_or_default();
    let now = reading.visit.now;
    let lately = now.minus(Span::days(LATELY_DAYS));
    let summary = reading.summary(lately).await?;
    let incidents = reading.incidents(lately).await?;
    let books_until = reading.visit.context.store.books_until(now).await?;
    let history = read_rows(reading, &address).await?;
    if empty::is_new(&summary, &address, &history) {
        return Ok(view! { {notice(reading, unreadable)} {empty::nothing_yet(reading)} }.into_any());
    }
    let search = reading.is_own().then(|| found::search_form(reading, ""));
    Ok(view! {
        {overview::overview(reading, &summary, books_until)}
        {mistakes::mistakes(reading, &incidents)}
        {notice(reading, unreadable)}
        {search}
        {narrow::narrow(reading, &address, &summary)}
        {filters::filters(reading, &address, &summary)}
        {listed(reading, &address, &history)}
        {turn(reading, &address, &history)}
    }
    .into_any())
}

/// A page of a history; where it is mostly copies, as much more as makes some rows.
async fn read_rows(reading: &Reading<'_>, address: &Address) -> Result<HistoryPage, StoreError> {
    let page = match address.on.and_then(|day| reading.locale.end_of(day)) {
        Some(end) => Part::Until(end),
        None => address.page.clone(),
    };
    let mut query = HistoryQuery { filter: address.filter.clone(), page, limit: ENTRIES };
    let mut history = reading.history(&query).await?;
    let is_way_back = matches!(query.page, Part::After(_));
    while let Some(cursor) = history.earlier.filter(|_| !is_way_back)
        && collapse::rows(&history.entries).count() < ROWS_MIN
        && history.entries.len() + ENTRIES <= HistoryQuery::ENTRIES_MAX
    {
        query.page = Part::Before(cursor);
        let more = reading.history(&query).await?;
        history.entries.extend(more.entries);
        history.earlier = more.earlier;
    }
    Ok(history)
}

fn notice(reading: &Reading, unreadable: bool) -> impl IntoView + use<> {
    let language = reading.language();
    unreadable.then(|| {
        view! {
            <div class="alert calm" role="status">
                {icon("informational")}
                <h2>{words::BAD_QUERY.in_language(language)}</h2>
                <p>{words::BAD_QUERY_THEN.in_language(language)}</p>
            </div>
        }
    })
}

fn listed(reading: &Reading, address: &Address, history: &HistoryPage) -> AnyView {
    let Some(first) = history.entries.first() else {
        return empty::nothing_fits(reading, address).into_any();
    };
    let is_other = |day: &Date| reading.locale.civil(first.at).date() != *day;
    let other_day = address.on.filter(is_other).map(|day| {
        let day = reading.locale.written_day(&day.to_string());
        view! { <p class="no-such-day" role="status">{words::nothing_on(&day, reading.language())}</p> }
    });
    view! { {other_day} {months(reading, &history.entries)} }.into_any()
}

/// The ways to the pages beside this one.
fn turn(reading: &Reading, address: &Address, history: &HistoryPage) -> impl IntoView + use<> {
    links(
        reading,
        [
            (address.is_paged().then(|| address.newest()), words::NEWEST),
            (history.newer.map(|cursor| address.after(cursor)), words::NEWER),
            (history.earlier.map(|cursor| address.before(cursor)), words::EARLIER),
        ],
    )
}

fn links<const N: usize>(reading: &Reading, links: [(Option<Address>, Text); N]) -> impl IntoView + use<N> {
    let language = reading.language();
    let links: Vec<_> = links
        .into_iter()
        .filter_map(|(address, text)| Some((address?, text)))
        .map(|(address, text)| {
            view! { <a class="button" href=reading.entries_address(address)>{text.in_language(language)}</a> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=words::PAGES.in_language(language)>{links}</nav> }
    })
}
