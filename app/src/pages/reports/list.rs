use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{ReportId, ReportPage, ReportView};

use super::{Notice, kind_of, state};
use crate::frame::{Place, picture};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{REPORTS, Visit};
use crate::words::{history, report as words};

/// What a customer reported, the latest first.
#[component]
pub(in crate::pages) fn Reports() -> impl IntoView {
    // What can't be read asks for nothing: the latest are shown.
    let before = use_query_map().get_untracked().get_str("before").and_then(|before| before.parse().ok());
    let notice = Notice::of_address();
    respond(move |visit| async move { write(&visit, before, notice).await })
}

async fn write(visit: &Visit, before: Option<ReportId>, notice: Option<Notice>) -> Result<Page, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let page = reading.reports(before.as_ref()).await?;
    let language = visit.language();
    let shown = if page.reports.is_empty() {
        view! {
            <div class="empty">
                {picture("picture", "torn")}
                <h2>{words::NONE.in_language(language)}</h2>
                <p>{words::NONE_WHY.in_language(language)}</p>
            </div>
        }
        .into_any()
    } else {
        view! { {list(&reading, &page.reports)} {turn(visit, &page, before.is_some())} }.into_any()
    };
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::lead(&visit.context.brand, language)}</p>
        {notice.map(|notice| notice.view(visit, None))}
        {shown}
    };
    Ok(Page { title: words::HEADING, place: Place::Reports, body: body.into_any() })
}

fn turn(visit: &Visit, page: &ReportPage, is_paged: bool) -> impl IntoView + use<> {
    let language = visit.language();
    let newest = is_paged.then(|| (REPORTS.to_owned(), history::NEWEST));
    let earlier = page.earlier.as_ref().map(|id| (format!("{REPORTS}?before={id}"), history::EARLIER));
    let links: Vec<_> = newest
        .into_iter()
        .chain(earlier)
        .map(|(address, text)| view! { <a class="button" href=address>{text.in_language(language)}</a> })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=history::PAGES.in_language(language)>{links}</nav> }
    })
}

/// Reports, each as a slip that opens it.
fn list(reading: &Reading, reports: &[ReportView]) -> impl IntoView + use<> {
    let items: Vec<_> = reports.iter().map(|report| item(reading, report)).collect();
    view! { <ol class="reports">{items}</ol> }
}

fn item(reading: &Reading, report: &ReportView) -> impl IntoView + use<> {
    let language = reading.language();
    let at = reading.locale.day_and_time(report.opened_at, reading.visit.now);
    let since = reading.locale.day_and_time(report.state_at, reading.visit.now);
    let title = format!("{}: {}", words::says(report.says).in_language(language), kind_of(reading, report));
    view! {
        <li class="slip report" data-owner=reading.mark(&report.owner)>
            <p class="look-when">
                {words::number(report.number, language)}
                " · "
                <time datetime=report.opened_at.to_string()>{at}</time>
            </p>
            <h2 class="slip-title"><a href=reading.report_address(&report.id)>{title}</a></h2>
            <p class="meta">{about(reading, report)}</p>
            <p class="slip-foot">
                {state(reading, report)}
                <time class="meta" datetime=report.state_at.to_string()>{since}</time>
            </p>
        </li>
    }
}

/// Which message or activity it is about: several may be of one kind.
fn about(reading: &Reading, report: &ReportView) -> String {
    format!("{} {}", words::about(&report.about).in_language(reading.language()), report.about.id())
}

/// What an account's customer reported, above its history at the desk; nothing where there is nothing.
pub(in crate::pages) async fn reports_of_account(reading: &Reading<'_>) -> Result<Option<AnyView>, NoPage> {
    let page = reading.reports(None).await?;
    let language = reading.language();
    Ok((!page.reports.is_empty()).then(|| {
        view! {
            <section class="block reports-of" aria-labelledby="reports-of">
                <h2 id="reports-of">{words::ALL_OF_ACCOUNT.in_language(language)}</h2>
                {list(reading, &page.reports)}
            </section>
        }
        .into_any()
    }))
}
