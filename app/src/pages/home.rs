mod example;
mod record;

use engine::{Span, Statement};
use leptos::prelude::*;
use store::IncidentView;

use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{Text, home as words, incident};

/// The front door: what is going on, what can be done here, and how well it is done. Whoever is signed in goes on to where
/// they begin.
#[component]
pub(super) fn Home() -> impl IntoView {
    respond(|visit| async move {
        match visit.begins_at() {
            Some(address) => Err(NoPage::SeeOther(address)),
            None => write(&visit).await,
        }
    })
}

/// Whoever comes because of an incident comes within this.
const GOING_ON_FOR: Span = Span::days(60);

async fn write(visit: &Visit) -> Result<Page, NoPage> {
    let incidents = visit.context.store.read_incidents().await?;
    let counted = visit.context.store.read_public_record().await?;
    let language = visit.language();
    let newest = incidents.first().filter(|it| it.published_at.plus(GOING_ON_FOR) > visit.now);
    let body = view! {
        {newest.map(|incident| going_on(visit, incident))}
        <div class="front">
            <section class="front-lead" aria-labelledby="front-title">
                <h1 id="front-title">{words::HEADING.in_language(language)}</h1>
                <p class="lead">{words::lead(&visit.context.brand, language)}</p>
                <p class="actions">
                    <a class="button button-main" href="/check">{icon("looked")}{words::CHECK.in_language(language)}</a>
                    <a class="button" href="/sign-in">{words::SIGN_IN.in_language(language)}</a>
                </p>
                {first_time(visit)}
            </section>
            {example::example(visit)}
        </div>
        {record::record(visit, counted.as_ref(), &incidents)}
    };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() })
}

/// The newest incident in its one sentence, with what to do.
fn going_on(visit: &Visit, incident: &IncidentView) -> impl IntoView + use<> {
    let language = visit.language();
    let said = incident.in_language(language);
    let what_to_do = Statement::paragraphs(&said.what_to_do).next().unwrap_or_default().to_owned();
    let say = |text: Text| text.in_language(language);
    view! {
        <section class="going-on" aria-labelledby="going-on">
            <p class="going-on-kicker">
                {icon("informational")}
                <span>{say(words::GOING_ON)}" · "{visit.locale.date(incident.published_at)}</span>
            </p>
            <h2 id="going-on">
                <a href=format!("/incidents/{}", incident.slug)>{said.title.clone()}</a>
            </h2>
            <p>{what_to_do}</p>
            <p class="going-on-more">
                <a href=format!("/incidents/{}", incident.slug)>{say(incident::READ_ON)}</a>
            </p>
        </section>
    }
}

fn first_time(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <div class="first-time">
            <h2>{words::FIRST_TIME.in_language(language)}</h2>
            <p>{words::FIRST_TIME_WHAT.in_language(language)}</p>
            <p><a href="/welcome">{words::FIRST_TIME_GO.in_language(language)}</a></p>
        </div>
    }
}
