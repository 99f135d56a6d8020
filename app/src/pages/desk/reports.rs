use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{QueuePlace, QueuedReport, ReportQueue};

use crate::answer_report::OpenReport;
use crate::clock::Clock;
use crate::frame::{Place, icon, picture};
use crate::kept_search::KeptSearch;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{DESK_REPORTS, Visit};
use crate::words::{desk, history, kind, report, report_desk as words};

/// The reports that wait for an answer. Of whom they are is not seen until one is opened.
#[component]
pub(in crate::pages) fn Reports() -> impl IntoView {
    // What can't be read asks for nothing: the queue's beginning is shown.
    let after = use_query_map().get_untracked().get_str("after").and_then(|after| after.parse().ok());
    respond(move |visit| async move { write(&visit, after).await })
}

async fn write(visit: &Visit, after: Option<QueuePlace>) -> Result<Page, NoPage> {
    let staff = visit.staff()?;
    let refusal = KeptSearch::take(&staff.session).await.map(|kept| kept.refusal);
    let store = &visit.context.store;
    let queue =
        store.read_report_queue(&staff.key, after, Clock::System.now()).await?.ok_or(NoPage::NotYours)?;
    let language = visit.language();
    let refusal = refusal.map(|refusal| {
        view! {
            <div class="alert" role="alert" tabindex="-1" autofocus>
                {icon("unmatched")}
                <h2>{words::NOT_OPENED.in_language(language)}</h2>
                <p>{desk::refused(refusal).in_language(language)}</p>
            </div>
        }
    });
    let shown = if queue.reports.is_empty() && after.is_none() {
        view! {
            <div class="empty">
                {picture("picture", "torn")}
                <h2>{words::NOTHING.in_language(language)}</h2>
                <p>{words::NOTHING_WHY.in_language(language)}</p>
            </div>
        }
        .into_any()
    } else {
        let items: Vec<_> = queue.reports.iter().map(|queued| item(visit, queued)).collect();
        view! { <ol class="reports queue">{items}</ol> {turn(visit, &queue, after.is_some())} }.into_any()
    };
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)}</p>
        {refusal}
        {shown}
    };
    Ok(Page { title: words::HEADING, place: Place::Reports, body: body.into_any() })
}

fn turn(visit: &Visit, queue: &ReportQueue, is_paged: bool) -> impl IntoView + use<> {
    let language = visit.language();
    let first = is_paged.then(|| (DESK_REPORTS.to_owned(), words::FIRST));
    let next = queue.next.map(|place| (format!("{DESK_REPORTS}?after={place}"), words::NEXT));
    let links: Vec<_> = first
        .into_iter()
        .chain(next)
        .map(|(address, text)| view! { <a class="button" href=address>{text.in_language(language)}</a> })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=history::PAGES.in_language(language)>{links}</nav> }
    })
}

fn item(visit: &Visit, queued: &QueuedReport) -> impl IntoView + use<> {
    let language = visit.language();
    let of = if queued.of_message { words::OF_MESSAGE } else { words::OF_ACTIVITY };
    let known = queued.kind.as_ref().map(|known| format!(": {}", kind::title(known, language)));
    let what = of.in_language(language).to_owned() + &known.unwrap_or_default();
    let security = queued.is_security.then(|| {
        view! { <span class="status status-untold">{icon("looked")}{report::SECURITY.in_language(language)}</span> }
    });
    let goes_on = queued.goes_on.then(
        || view! { <span class="meta">{icon("duplicate")}{words::GOES_ON.in_language(language)}</span> },
    );
    let waits = words::waits(visit.now.since(queued.since), language);
    let number = report::number(queued.number, language);
    let action = ServerAction::<OpenReport>::new();
    let id = queued.id.to_string();
    view! {
        <li class="slip report">
            <div>
                <p class="look-when">{number.clone()}" · "{what}</p>
                <h2 class="slip-title">{words::says(queued.says).in_language(language)}</h2>
                <p class="slip-foot">
                    {security}
                    <span class="meta">
                        {icon("waiting")}
                        <time datetime=queued.since.to_string()>{waits}</time>
                    </span>
                    {goes_on}
                </p>
            </div>
            <ActionForm action>
                <button class="button" name="report" value=id>
                    {words::OPEN.in_language(language)}
                    <span class="hidden">" "{number}</span>
                </button>
            </ActionForm>
        </li>
    }
}
