use leptos::prelude::*;
use store::{LookupId, NOTE_CHARS_MAX, OpenLookup, ReportId, ReportState, ReportView};

use super::banner::{asked_lookup, banner, leave_when_closed, open_lookup};
use crate::answer_report::{AnswerReport, CloseReport};
use crate::frame::{Place, icon};
use crate::pages::reports::{Notice, asked_report, entries, head};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{DESK_REPORTS, Visit};
use crate::words::{report, report_desk as words};

/// A customer's report, with what it is about a step away, while a lookup is open; and where it is answered.
#[component]
pub(in crate::pages) fn Report() -> impl IntoView {
    let (lookup, id, notice) = (asked_lookup(), asked_report(), Notice::of_address());
    respond(move |visit| async move { write(&visit, lookup, id, notice).await })
}

async fn write(
    visit: &Visit,
    lookup: Option<LookupId>,
    id: Option<ReportId>,
    notice: Option<Notice>,
) -> Result<Page, NoPage> {
    let lookup = open_lookup(visit, lookup).await?;
    let reading = Reading::by_lookup(visit, &lookup).await?;
    let thread = reading.report(&id.ok_or(NoPage::NotFound)?).await?.ok_or(NoPage::NotFound)?;
    leave_when_closed(&lookup);
    let language = visit.language();
    let number = thread.report.number;
    let body = view! {
        {banner(&reading, &lookup)}
        <a class="back" href=DESK_REPORTS>{icon("back")}{words::HEADING.in_language(language)}</a>
        {notice.map(|notice| notice.view(visit, Some(number)))}
        {head(&reading, &thread.report)}
        {entries(&reading, &thread)}
        {answer(visit, &lookup, &thread.report)}
        {close(visit, &lookup, &thread.report)}
    };
    Ok(Page { title: words::TITLE, place: Place::Reports, body: body.into_any() })
}

fn answer(visit: &Visit, lookup: &OpenLookup, report: &ReportView) -> impl IntoView + use<> {
    let language = visit.language();
    if report.is_full {
        return view! { <p class="hint">{report::FULL.in_language(language)}"."</p> }.into_any();
    }
    let action = ServerAction::<AnswerReport>::new();
    let (lookup, id) = (lookup.id.to_string(), report.id.to_string());
    view! {
        <section class="block reply" aria-labelledby="answer-title">
            <h2 id="answer-title">{words::ANSWER.in_language(language)}</h2>
            <ActionForm action attr:class="form">
                <input type="hidden" name="lookup" value=lookup/>
                <input type="hidden" name="report" value=id/>
                <div class="field">
                    <label class="hidden" for="answer">{words::ANSWER.in_language(language)}</label>
                    <p class="hint" id="answer-hint">{words::ANSWER_HINT.in_language(language)}</p>
                    <textarea
                        class="field-input note"
                        id="answer"
                        name="answer"
                        rows="6"
                        maxlength=NOTE_CHARS_MAX.to_string()
                        required
                        aria-describedby="answer-hint"
                    ></textarea>
                </div>
                <button class="button button-main">{words::SEND.in_language(language)}</button>
            </ActionForm>
        </section>
    }
    .into_any()
}

/// Offered once there is an answer: nobody's report is closed without one.
fn close(visit: &Visit, lookup: &OpenLookup, report: &ReportView) -> impl IntoView + use<> {
    (report.state == ReportState::Answered).then(|| {
        let language = visit.language();
        let action = ServerAction::<CloseReport>::new();
        let (lookup, id) = (lookup.id.to_string(), report.id.to_string());
        view! {
            <section class="block reply" aria-labelledby="close-title">
                <h2 id="close-title">{words::CLOSE.in_language(language)}</h2>
                <p>{words::CLOSE_WHAT.in_language(language)}</p>
                <ActionForm action attr:class="actions">
                    <input type="hidden" name="lookup" value=lookup/>
                    <input type="hidden" name="report" value=id/>
                    <button class="button">{words::CLOSE.in_language(language)}</button>
                </ActionForm>
            </section>
        }
    })
}
