use engine::{Instant, Slug, Statement};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::IncidentView;

use super::back;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::{Visit, Visitor};
use crate::words::{Text, check, incident as words, sign_in};

/// Where what was sent by mistake stands in a history.
const FLAGGED: &str = "/history?show=flagged#entries";

/// One incident: what happened, whom it touched, what to do.
#[component]
pub(in crate::pages) fn Incident() -> impl IntoView {
    let slug = use_params_map().get_untracked().get("slug").and_then(|slug| slug.parse::<Slug>().ok());
    respond(move |visit| async move { write(&visit, slug).await })
}

async fn write(visit: &Visit, slug: Option<Slug>) -> Result<Page, NoPage> {
    let store = &visit.context.store;
    let incident = store.read_incident(&slug.ok_or(NoPage::NotFound)?).await?.ok_or(NoPage::NotFound)?;
    let body = if let Some(withdrawn_at) = incident.withdrawn_at {
        withdrawn(visit, withdrawn_at).into_any()
    } else {
        let yours = yours(visit, &incident).await?;
        stands(visit, &incident, yours).into_any()
    };
    Ok(Page { title: words::TITLE, place: Place::Incidents, body })
}

fn withdrawn(visit: &Visit, at: Instant) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        {back(visit)}
        <h1>{words::WITHDRAWN.in_language(language)}</h1>
        <p class="lead">{words::withdrawn_on(&visit.locale.date(at), language)}</p>
    }
}

fn stands(visit: &Visit, incident: &IncidentView, yours: AnyView) -> impl IntoView + use<> {
    let language = visit.language();
    let said = incident.in_language(language);
    let day = visit.locale.date(incident.published_at);
    let parts = [
        (words::HAPPENED, &said.happened),
        (words::TOUCHED, &said.touched),
        (words::WHAT_TO_DO, &said.what_to_do),
    ];
    let parts = parts.map(|(heading, text)| {
        let paragraphs: Vec<_> =
            Statement::paragraphs(text).map(|paragraph| view! { <p>{paragraph.to_owned()}</p> }).collect();
        view! { <section class="block"><h2>{heading.in_language(language)}</h2>{paragraphs}</section> }
    });
    view! {
        {back(visit)}
        <p class="kicker"><time datetime=incident.published_at.to_string()>{day}</time></p>
        <h1 class="subject">{said.title.clone()}</h1>
        <div class="columns incident">
            <div class="incident-said">{Vec::from(parts)}</div>
            <div>{yours} {at_a_glance(visit, incident)}</div>
        </div>
    }
}

/// Few are as good as named: fewer than ten are not counted out.
fn counted(visit: &Visit, count: u64) -> String {
    const FEW: u64 = 10;
    if count < FEW {
        words::FEWER_THAN_TEN.in_language(visit.language()).to_owned()
    } else {
        visit.locale.count(count)
    }
}

fn at_a_glance(visit: &Visit, incident: &IncidentView) -> impl IntoView + use<> {
    let (language, locale) = (visit.language(), &visit.locale);
    let mut rows = vec![
        (words::BEGAN, locale.date(incident.began_at)),
        (words::MADE_KNOWN, locale.date(incident.published_at)),
        (words::EXPLAINED_IN, words::length(incident.explained_in(), language)),
    ];
    if incident.revision > 1 {
        rows.push((words::CORRECTED, locale.date(incident.kept_at)));
    }
    if incident.messages_touched > 0 {
        rows.push((words::MESSAGES, counted(visit, incident.messages_touched)));
        rows.push((words::ACCOUNTS, counted(visit, incident.accounts_touched)));
    }
    if incident.accounts_disclosed > 0 {
        rows.push((words::DISCLOSED_ACCOUNTS, counted(visit, incident.accounts_disclosed)));
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name.in_language(language)}</dt><dd>{value}</dd></div> })
        .collect();
    view! {
        <section class="block" aria-labelledby="glance">
            <h2 id="glance">{words::AT_A_GLANCE.in_language(language)}</h2>
            <dl class="rows">{rows}</dl>
        </section>
    }
}

/// Whether it touched the reader: a customer is told, anybody else how to know.
async fn yours(visit: &Visit, incident: &IncidentView) -> Result<AnyView, NoPage> {
    let language = visit.language();
    let say = |text: Text| text.in_language(language).to_owned();
    let link = |address: &'static str, text: Text| view! { <a class="button" href=address>{say(text)}</a> };
    let Visitor::Customer(customer) = &visit.visitor else {
        let sign_in = (!visit.is_staff()).then(|| link("/sign-in", sign_in::TITLE));
        let body = view! {
            <p>{say(words::YOURS_SIGN_IN)}" "{say(words::YOURS_CHECK)}</p>
            <p class="actions">{sign_in} {link("/check", check::TITLE)}</p>
        };
        return Ok(framed(visit, None, body.into_any()));
    };
    let scope = &customer.scope;
    let found = visit.context.store.read_account_incidents(scope, Instant::from_micros(i64::MIN)).await?;
    let own = found.by_mistake.iter().find(|(note, _)| note.slug == incident.slug).map(|(_, count)| *count);
    let disclosed = found.disclosed.iter().any(|note| note.slug == incident.slug);
    let disclosed = disclosed.then(|| view! { <p>{say(words::DISCLOSED_HERE)}</p> });
    let body = match own {
        Some(count) => view! {
            <p>{words::yours(count, language)}</p>
            <p class="actions">{link(FLAGGED, words::TO_MESSAGE)}</p>
        }
        .into_any(),
        None if disclosed.is_some() => ().into_any(),
        None => view! { <p>{say(words::NOT_YOURS)}</p> }.into_any(),
    };
    Ok(framed(visit, Some(visit.mark(scope.account())), view! { {body}{disclosed} }.into_any()))
}

fn framed(visit: &Visit, owner: Option<String>, body: AnyView) -> AnyView {
    view! {
        <section class="incident-yours" aria-labelledby="yours" data-owner=owner>
            <h2 id="yours">{icon("looked")}{words::YOURS.in_language(visit.language())}</h2>
            {body}
        </section>
    }
    .into_any()
}
