use engine::TransactionId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::TransactionEntries;

use super::history::months;
use super::message::transaction_rows;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{Text, kind, message, transaction as words, verdict};

/// One transaction: all that the account has of it, and every message about it.
#[component]
pub(super) fn Transaction() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").and_then(|id| id.parse::<TransactionId>().ok());
    respond(move |visit| async move { write(&visit, id).await })
}

async fn write(visit: &Visit, id: Option<TransactionId>) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let id = id.ok_or(NoPage::NotFound)?;
    let found = visit.context.store.read_transaction(&customer.scope, &id).await?.ok_or(NoPage::NotFound)?;
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body(visit, &found).into_any() })
}

fn body(visit: &Visit, found: &TransactionEntries) -> impl IntoView + use<> {
    let language = visit.language();
    let occurred_at = found.transaction.occurred_at;
    view! {
        <a class="back" href="/history">{icon("back")}{message::BACK.in_language(language)}</a>
        <p class="kicker">
            <time datetime=occurred_at.to_string()>{visit.locale.in_full(occurred_at)}</time>
        </p>
        <h1 class="subject">{kind::title(&found.transaction.kind, language)}</h1>
        <section class="block facts-of" aria-labelledby="facts-title">
            <h2 id="facts-title">{words::FACTS.in_language(language)}</h2>
            {facts(visit, found)}
        </section>
        <section class="block told-of" aria-labelledby="told-title">
            <h2 id="told-title">{words::TOLD.in_language(language)}</h2>
            {told(visit, found)}
        </section>
    }
}

/// All that the account has of it.
fn facts(visit: &Visit, found: &TransactionEntries) -> impl IntoView + use<> {
    let (transaction, locale) = (&found.transaction, &visit.locale);
    let mut rows: Vec<(Text, String)> = vec![
        (words::OCCURRED, locale.to_the_second(transaction.occurred_at)),
        (words::RECORDED, locale.to_the_second(transaction.recorded_at)),
    ];
    rows.extend(transaction.amount.map(|amount| (words::AMOUNT, locale.money(amount))));
    rows.extend(
        transaction_rows(visit, transaction, transaction.occurred_at)
            .into_iter()
            .filter(|(name, _)| *name != message::WHEN),
    );
    rows.push((words::NUMBER, transaction.id.to_string()));
    let rows: Vec<_> = rows
        .into_iter()
        .map(
            |(name, value)| view! { <div><dt>{name.in_language(locale.language)}</dt><dd>{value}</dd></div> },
        )
        .collect();
    view! { <dl class="rows">{rows}</dl> }
}

/// Each message about it, beside it; or that there is none, and whether there should be one.
fn told(visit: &Visit, found: &TransactionEntries) -> impl IntoView + use<> {
    let language = visit.language();
    if found.entries.is_empty() {
        return view! { <p>{words::NOT_COMPARED.in_language(language)}</p> }.into_any();
    }
    let messages = found.entries.iter().filter(|entry| entry.message.is_some()).count();
    let times = (messages > 0).then(|| view! { <p>{words::told_times(messages, language)}</p> });
    let untold = found.entries.iter().any(|entry| entry.untold).then(|| {
        view! {
            <p class="status status-untold">{icon("untold")}{verdict::UNTOLD.in_language(language)}</p>
        }
    });
    let more = found.more.then(|| view! { <p>{words::MORE.in_language(language)}</p> });
    view! {
        {times}
        {untold}
        {months(visit, &found.entries)}
        {more}
    }
    .into_any()
}
