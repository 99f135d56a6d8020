mod entries;
mod form;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{AuditPage, AuditPlace};

use crate::clock::Clock;
use crate::frame::Place;
use crate::kept_audit::KeptAudit;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{AUDIT, Visit};
use crate::words::audit as words;

/// A page that a person reads in one sitting.
const ENTRIES_MAX: usize = 50;

/// Who did what, for auditors.
#[component]
pub(super) fn Audit() -> impl IntoView {
    // What can't be read asks for nothing: the latest are shown.
    let before = use_query_map().get_untracked().get_str("before").and_then(|before| before.parse().ok());
    respond(move |visit| async move { write(&visit, before).await })
}

async fn write(visit: &Visit, before: Option<AuditPlace>) -> Result<Page, NoPage> {
    let auditor = visit.auditor()?;
    let kept = KeptAudit::read(&auditor.session).await;
    let query = kept.query();
    let page = match &query {
        Ok(query) => {
            let store = &visit.context.store;
            let page =
                store.read_audit(&auditor.key, query, before, ENTRIES_MAX, Clock::System.now()).await?;
            page.ok_or(NoPage::NotYours)?
        }
        Err(_) => AuditPage::default(),
    };
    let language = visit.language();
    let found = match &query {
        Ok(_) => view! { {entries::entries(visit, &page)} {turn(visit, &page, before)} }.into_any(),
        Err(_) => ().into_any(),
    };
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)} " " {words::UTC.in_language(language)}</p>
        <div class="audit">
            <div class="audit-aside">
                {form::form(visit, &kept, query.err())}
                {form::export(visit)}
            </div>
            <section class="audit-found" aria-label=words::ENTRIES.in_language(language)>{found}</section>
        </div>
    };
    Ok(Page { title: words::HEADING, place: Place::Audit, body: body.into_any() })
}

fn turn(visit: &Visit, page: &AuditPage, before: Option<AuditPlace>) -> impl IntoView + use<> {
    let language = visit.language();
    let latest = before.map(|_| (AUDIT.to_owned(), words::LATEST));
    let earlier = page.earlier.map(|place| (format!("{AUDIT}?before={place}"), words::EARLIER));
    let links: Vec<_> = latest
        .into_iter()
        .chain(earlier)
        .map(|(address, text)| view! { <a class="button" href=address>{text.in_language(language)}</a> })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="older" aria-label=words::PAGES.in_language(language)>{links}</nav> }
    })
}
