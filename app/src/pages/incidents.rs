mod one;

use leptos::prelude::*;
use store::IncidentView;

use crate::frame::{Place, icon, picture};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{Text, incident as words};

pub(super) use one::Incident;

/// What was published, the newest first: for everybody.
#[component]
pub(super) fn Incidents() -> impl IntoView {
    respond(|visit| async move { write(&visit).await })
}

async fn write(visit: &Visit) -> Result<Page, NoPage> {
    let incidents = visit.context.store.read_incidents().await?;
    let say = |text: Text| text.in_language(visit.language());
    let shown = if incidents.is_empty() {
        nothing(visit).into_any()
    } else {
        let entries: Vec<_> = incidents.iter().map(|incident| entry(visit, incident)).collect();
        view! { <ol class="incidents">{entries}</ol> }.into_any()
    };
    let feed = match visit.language() {
        engine::Language::En => "/incidents.atom",
        engine::Language::Es => "/incidents.atom?language=es",
    };
    let body = view! {
        <h1>{say(words::TITLE)}</h1>
        <p class="lead">{say(words::LEAD)}</p>
        {shown}
        <p class="incidents-feed"><a href=feed type="application/atom+xml">{say(words::FEED)}</a></p>
    };
    Ok(Page { title: words::TITLE, place: Place::Incidents, body: body.into_any() })
}

fn entry(visit: &Visit, incident: &IncidentView) -> impl IntoView + use<> {
    let language = visit.language();
    let said = incident.in_language(language);
    let first = |text: &str| engine::Statement::paragraphs(text).next().unwrap_or_default().to_owned();
    let day = visit.locale.date(incident.published_at);
    view! {
        <li class="incident-entry">
            <p class="kicker"><time datetime=incident.published_at.to_string()>{day}</time></p>
            <h2><a href=format!("/incidents/{}", incident.slug)>{said.title.clone()}</a></h2>
            <p>{first(&said.happened)}</p>
        </li>
    }
}

fn nothing(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{words::NONE.in_language(language)}</h2>
            <p>{words::NONE_WHAT.in_language(language)}</p>
        </div>
    }
}

/// The way back to all of them.
fn back(visit: &Visit) -> impl IntoView + use<> {
    view! { <a class="back" href="/incidents">{icon("back")}{words::ALL.in_language(visit.language())}</a> }
}
