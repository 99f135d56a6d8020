use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::clock::Clock;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::{Text, export as words, ticket};

/// What is said of a file that was not made. An address may be anybody's work: only these fixed words are shown for it.
#[derive(Clone, Copy)]
enum Notice {
    Busy,
    TooMany,
    Failed,
}

impl Notice {
    fn of_address() -> Option<Self> {
        match use_query_map().get_untracked().get_str("not")? {
            "busy" => Some(Self::Busy),
            "often" => Some(Self::TooMany),
            _ => Some(Self::Failed),
        }
    }

    fn words(self) -> (Text, Text) {
        match self {
            Self::Busy => (words::BUSY, words::BUSY_THEN),
            Self::TooMany => (words::TOO_MANY, words::TOO_MANY_THEN),
            Self::Failed => (ticket::FAILED, ticket::FAILED_THEN),
        }
    }
}

/// Where a customer takes everything along.
#[component]
pub(super) fn Export() -> impl IntoView {
    let notice = Notice::of_address();
    respond(move |visit| async move { write(&visit, notice).await })
}

async fn write(visit: &Visit, notice: Option<Notice>) -> Result<Page, NoPage> {
    let owner = visit.mark(&visit.customer()?.account.id);
    visit.confirmed(Then::Export).await?;
    let until = visit.context.store.confirmed_until(visit.signed_in()?, Clock::System.now()).await?;
    let language = visit.language();
    let contents: Vec<_> = (words::CONTENTS.iter())
        .map(|part| view! { <li>{icon("agrees")}<span>{part.in_language(language)}</span></li> })
        .collect();
    let until = until.map(|until| {
        view! { <p class="hint">{words::good_until(&visit.locale.time(until), language)}</p> }
    });
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::lead(&visit.context.brand, language)}</p>
        {notice.map(|notice| said(notice, visit))}
        <div class="columns looks-columns">
            <section class="slip take" aria-labelledby="what" data-owner=owner>
                <h2 id="what">{words::WHAT.in_language(language)}</h2>
                <ul class="take-list">{contents}</ul>
                <p class="hint">{words::FORMATS.in_language(language)}</p>
                <form class="actions" method="post" action="/export/file">
                    <button class="button button-main">{words::DOWNLOAD.in_language(language)}</button>
                </form>
                {until}
            </section>
            <div class="asides">{safe(visit)}{paper(visit)}</div>
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() })
}

fn said(notice: Notice, visit: &Visit) -> impl IntoView + use<> {
    let (title, then) = notice.words();
    view! {
        <div class="alert" role="alert">
            {icon("unmatched")}
            <h2>{title.in_language(visit.language())}</h2>
            <p>{then.in_language(visit.language())}</p>
        </div>
    }
}

fn safe(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <section class="slip" aria-labelledby="safe">
            <h2 id="safe">{words::KEEP_SAFE.in_language(language)}</h2>
            <p>{words::KEEP_SAFE_WHY.in_language(language)}</p>
            <p class="hint">{words::RECORDED.in_language(language)}</p>
        </section>
    }
}

fn paper(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <section class="slip" aria-labelledby="paper">
            <h2 id="paper">{words::STATEMENT.in_language(language)}</h2>
            <p>{words::STATEMENT_WHAT.in_language(language)}</p>
            <p class="actions">
                <a class="button" href="/statement">{words::TO_STATEMENT.in_language(language)}</a>
            </p>
        </section>
    }
}
