use engine::Kind;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{NOTE_CHARS_MAX, Reported, Says, is_security_kind};

use super::at_once::at_once;
use super::{message_standing, transaction_standing};
use crate::frame::{Place, icon};
use crate::make_report::MakeReport;
use crate::pages::{message, transaction};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::report::Standing;
use crate::words::{kind, report as words};

/// The form in which a customer says of a message whether it was them.
#[component]
pub(in crate::pages) fn MessageForm() -> impl IntoView {
    let (id, says) = (message::asked_id(), asked_says());
    respond(move |visit| async move {
        let reading = Reading::own(&visit, visit.customer()?);
        let id = id.ok_or(NoPage::NotFound)?;
        let message = reading.message(&id).await?.ok_or(NoPage::NotFound)?;
        let subject = message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        let claimed = message.kind.as_ref().map(|claimed| kind::title(claimed, reading.language()));
        let title = subject.map(str::to_owned).or(claimed);
        let asked = Asked {
            title: title.unwrap_or_else(|| words::A_MESSAGE.in_language(reading.language()).to_owned()),
            when: reading.locale.in_full(message.sent_at),
            owner: reading.mark(&message.owner),
            standing: message_standing(&message),
            kind: message.kind.clone(),
            about: Reported::Message(id),
            says,
        };
        write(&visit, &reading, asked).await
    })
}

/// The same of a transaction.
#[component]
pub(in crate::pages) fn TransactionForm() -> impl IntoView {
    let (id, says) = (transaction::asked_id(), asked_says());
    respond(move |visit| async move {
        let reading = Reading::own(&visit, visit.customer()?);
        let id = id.ok_or(NoPage::NotFound)?;
        let found = reading.transaction(&id).await?.ok_or(NoPage::NotFound)?;
        let asked = Asked {
            title: kind::title(&found.transaction.kind, reading.language()),
            when: reading.locale.in_full(found.transaction.occurred_at),
            owner: reading.mark(&found.transaction.owner),
            standing: transaction_standing(&found),
            kind: Some(found.transaction.kind.clone()),
            about: Reported::Transaction(id),
            says,
        };
        write(&visit, &reading, asked).await
    })
}

/// What the address asks to say. Who is led here by anything else is asked for the one that must not wait.
fn asked_says() -> Says {
    match use_query_map().get_untracked().get_str("this") {
        Some("did") => Says::Did,
        _ => Says::NotMe,
    }
}

/// What is said of what.
struct Asked {
    title: String,
    when: String,
    owner: String,
    standing: Standing,
    kind: Option<Kind>,
    about: Reported,
    says: Says,
}

async fn write(visit: &Visit, reading: &Reading<'_>, asked: Asked) -> Result<Page, NoPage> {
    let language = visit.language();
    let is_security = asked.says == Says::NotMe && asked.kind.as_ref().is_some_and(is_security_kind);
    let at_once = is_security.then(|| at_once(visit, asked.kind.as_ref()));
    let before = reading.report_about(&asked.about).await?.map(|report| {
        let say = words::goes_on(report.number, language);
        view! {
            <p class="hint">{say}" "<a href=reading.report_address(&report.id)>{words::SEE_REPORT.in_language(language)}</a></p>
        }
    });
    let back = match &asked.about {
        Reported::Message(id) => reading.message_address(id),
        Reported::Transaction(id) => reading.transaction_address(id),
    };
    let title = words::says(asked.says);
    let does = words::does(asked.says, asked.standing, &visit.context.brand, language);
    let body = view! {
        <a class="back" href=back.clone()>{icon("back")}{words::about(&asked.about).in_language(language)}</a>
        {at_once}
        <div class="sheet ticket joined report-form">
            <section class="slip told">
                <h1>{title.in_language(language)}</h1>
                <p class="reported" data-owner=asked.owner.clone()><b>{asked.title.clone()}</b><br/>{asked.when.clone()}</p>
                {before}
                {form(visit, &asked)}
                <p class="beside-form"><a href=back>{words::NOT_NOW.in_language(language)}</a></p>
            </section>
            <aside class="slip books">
                <h2>{words::WHAT_IT_DOES.in_language(language)}</h2>
                <p>{does}</p>
                <h2>{words::WHO_READS.in_language(language)}</h2>
                <p>{words::who_reads(&visit.context.brand, language)}</p>
            </aside>
        </div>
    };
    Ok(Page { title, place: Place::Reports, body: body.into_any() })
}

fn form(visit: &Visit, asked: &Asked) -> impl IntoView + use<> {
    let language = visit.language();
    let action = ServerAction::<MakeReport>::new();
    let (about, id, says) = (asked.about.about(), asked.about.id().to_owned(), asked.says.as_str());
    view! {
        <ActionForm action attr:class="form">
            <input type="hidden" name="about" value=about/>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="says" value=says/>
            {note_field("note", words::NOTE.in_language(language), words::NOTE_HINT.in_language(language), false)}
            <button class="button button-main">{words::SEND.in_language(language)}</button>
        </ActionForm>
    }
}

/// Where a note is written: empty, for what is in such a field a browser reads as it stands.
pub(super) fn note_field(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    required: bool,
) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id="note-hint">{hint}</p>
            <textarea
                class="field-input note"
                id=name
                name=name
                rows="5"
                maxlength=NOTE_CHARS_MAX.to_string()
                required=required
                aria-describedby="note-hint"
            ></textarea>
        </div>
    }
}
