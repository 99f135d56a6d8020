use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{EntryKind, EntryView, ReportId, ReportState, ReportThread, ReportView, Reported, Role, Says};

use super::at_once::at_once;
use super::form::note_field;
use super::{Notice, kind_of, state};
use crate::frame::{Place, icon};
use crate::make_report::NoteReport;
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{REPORTS, Visit};
use crate::words::{lookups, report as words};

/// Which report the address of the page asks for.
pub(in crate::pages) fn asked_report() -> Option<ReportId> {
    use_params_map().get_untracked().get("report").and_then(|id| id.parse().ok())
}

/// A report of the customer's own, and all that was said in it.
#[component]
pub(in crate::pages) fn Report() -> impl IntoView {
    let (id, notice) = (asked_report(), Notice::of_address());
    respond(move |visit| async move { write(&visit, id, notice).await })
}

async fn write(visit: &Visit, id: Option<ReportId>, notice: Option<Notice>) -> Result<Page, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let id = id.ok_or(NoPage::NotFound)?;
    let thread = reading.report(&id).await?.ok_or(NoPage::NotFound)?;
    let report = &thread.report;
    let is_urgent = report.is_security && report.says == Says::NotMe && report.state != ReportState::Closed;
    let at_once = is_urgent.then(|| at_once(visit, report.kind.as_ref()));
    let language = visit.language();
    let body = view! {
        <a class="back" href=REPORTS>{icon("back")}{words::ALL.in_language(language)}</a>
        {at_once}
        {notice.map(|notice| notice.view(visit, Some(report.number)))}
        {head(&reading, report)}
        {entries(&reading, &thread)}
        {reply(visit, report)}
    };
    Ok(Page { title: words::HEADING, place: Place::Reports, body: body.into_any() })
}

/// What a report is: what was said of what, and how far it has come.
pub(in crate::pages) fn head(reading: &Reading, report: &ReportView) -> impl IntoView + use<> {
    let language = reading.language();
    let of = words::about(&report.about);
    let address = match &report.about {
        Reported::Message(id) => reading.message_address(id),
        Reported::Transaction(id) => reading.transaction_address(id),
    };
    let title = format!("{}: {}", words::says(report.says).in_language(language), kind_of(reading, report));
    let security = report.is_security.then(|| {
        view! { <span class="status status-untold">{icon("looked")}{words::SECURITY.in_language(language)}</span> }
    });
    let owner = reading.mark(&report.owner);
    view! {
        <div class="report-head" data-owner=owner>
            <p class="kicker">
                <span>
                    {words::number(report.number, language)}
                    " · "
                    <time datetime=report.opened_at.to_string()>{reading.locale.in_full(report.opened_at)}</time>
                </span>
            </p>
            <h1 class="subject">{title}</h1>
            <p class="report-state">
                {state(reading, report)}
                {security}
                <a href=address>{of.in_language(language)}</a>
            </p>
        </div>
    }
}

/// All that was said, the first first: on the left by the customer, on the right by the desk.
pub(in crate::pages) fn entries(reading: &Reading, thread: &ReportThread) -> impl IntoView + use<> {
    let items: Vec<_> = thread.entries.iter().map(|entry| item(reading, entry)).collect();
    view! {
        <section class="thread" aria-labelledby="thread">
            <h2 class="hidden" id="thread">{words::THREAD.in_language(reading.language())}</h2>
            <ol>{items}</ol>
        </section>
    }
}

fn item(reading: &Reading, entry: &EntryView) -> impl IntoView + use<> {
    let language = reading.language();
    let is_customers = entry.role == Role::Customer;
    let class = if is_customers { "slip turn" } else { "slip turn turn-desk" };
    let who = match entry.role {
        Role::Customer if reading.is_own() => words::YOU.in_language(language).to_owned(),
        Role::Customer => entry.user_name.clone(),
        role => format!("{}, {}", entry.user_name, lookups::role(role).in_language(language)),
    };
    let said = match entry.kind {
        EntryKind::Said(says) => Some(words::says(says)),
        EntryKind::Closed => Some(words::CLOSED_IT),
        EntryKind::Note | EntryKind::Answer => None,
    };
    let said = said.map(|said| view! { <p class="turn-said">{said.in_language(language)}</p> });
    let text = (!entry.text.is_empty()).then(|| view! { <p class="turn-text">{entry.text.clone()}</p> });
    view! {
        <li class=class data-owner=reading.mark(&entry.owner)>
            <p class="turn-who">
                <b>{who}</b>
                " "
                <time datetime=entry.at.to_string()>{reading.locale.day_and_time(entry.at, reading.visit.now)}</time>
            </p>
            {said}
            {text}
        </li>
    }
}

fn reply(visit: &Visit, report: &ReportView) -> impl IntoView + use<> {
    let language = visit.language();
    if report.is_full {
        return view! {
            <p class="hint">{words::FULL.in_language(language)}". "{words::FULL_WHAT.in_language(language)}</p>
        }
        .into_any();
    }
    let action = ServerAction::<NoteReport>::new();
    let id = report.id.to_string();
    let closed = (report.state == ReportState::Closed)
        .then(|| view! { <p>{words::GO_ON_CLOSED.in_language(language)}</p> });
    view! {
        <section class="block reply" aria-labelledby="reply">
            <h2 id="reply">{words::GO_ON.in_language(language)}</h2>
            {closed}
            <ActionForm action attr:class="form">
                <input type="hidden" name="report" value=id/>
                {note_field("note", words::YOUR_NOTE.in_language(language), words::NOTE_HINT.in_language(language), true)}
                <button class="button button-main">{words::SEND_NOTE.in_language(language)}</button>
            </ActionForm>
        </section>
    }
    .into_any()
}
