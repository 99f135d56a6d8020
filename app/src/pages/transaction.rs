use engine::TransactionId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{Reported, TransactionEntries};

use super::history::months;
use super::message::transaction_rows;
use super::reports::{Offer, offer, transaction_standing};
use crate::frame::{Place, icon};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::report::Standing;
use crate::words::{Text, account, kind, message, transaction as words};

/// Which transaction the address of the page asks for.
pub(super) fn asked_id() -> Option<TransactionId> {
    use_params_map().get_untracked().get("id").and_then(|id| id.parse().ok())
}

/// One transaction: all that the account has of it, and every message about it.
#[component]
pub(super) fn Transaction() -> impl IntoView {
    let id = asked_id();
    let whole = use_query_map().get_untracked().get_str("device") == Some("whole");
    respond(move |visit| async move { write(&visit, id, whole).await })
}

async fn write(visit: &Visit, id: Option<TransactionId>, whole: bool) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let reading = match &id {
        Some(id) if whole => {
            visit.confirmed(Then::Device(id.clone())).await?;
            Reading::own_whole(visit, customer)
        }
        _ => Reading::own(visit, customer),
    };
    let body = transaction(&reading, id).await?;
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body })
}

/// A transaction of the account that is read.
pub(super) async fn transaction(reading: &Reading<'_>, id: Option<TransactionId>) -> Result<AnyView, NoPage> {
    let id = id.ok_or(NoPage::NotFound)?;
    let found = reading.transaction(&id).await?.ok_or(NoPage::NotFound)?;
    let is_untold = transaction_standing(&found) == Standing::Untold;
    let offer = offer(reading, &Reported::Transaction(id), is_untold).await?;
    Ok(body(reading, &found, offer).into_any())
}

fn body(reading: &Reading, found: &TransactionEntries, offer: Offer) -> impl IntoView + use<> {
    let language = reading.language();
    let occurred_at = found.transaction.occurred_at;
    view! {
        <a class="back" href=reading.history_address("")>{icon("back")}{message::BACK.in_language(language)}</a>
        <p class="kicker">
            <time datetime=occurred_at.to_string()>{reading.locale.in_full(occurred_at)}</time>
        </p>
        <h1 class="subject">{kind::title(&found.transaction.kind, language)}</h1>
        {offer.above}
        <section class="block facts-of" data-owner=reading.mark(&found.transaction.owner) aria-labelledby="facts-title">
            <h2 id="facts-title">{words::FACTS.in_language(language)}</h2>
            {facts(reading, found)}
        </section>
        <section class="block told-of" aria-labelledby="told-title">
            <h2 id="told-title">{words::TOLD.in_language(language)}</h2>
            {told(reading, found)}
        </section>
        {offer.below}
    }
}

/// All that the account has of it.
fn facts(reading: &Reading, found: &TransactionEntries) -> impl IntoView + use<> {
    let (transaction, locale) = (&found.transaction, &reading.locale);
    let mut rows: Vec<(Text, String)> = vec![
        (words::OCCURRED, locale.to_the_second(transaction.occurred_at)),
        (words::RECORDED, locale.to_the_second(transaction.recorded_at)),
    ];
    rows.extend(transaction.amount.map(|amount| (words::AMOUNT, locale.money(amount))));
    rows.extend(
        transaction_rows(reading, transaction, transaction.occurred_at)
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
    let whole = (reading.hides_devices() && transaction.device.is_some()).then(|| {
        let address = Then::Device(transaction.id.clone()).address();
        let say = account::WHOLE_NUMBER.in_language(locale.language);
        view! { <p class="actions"><a class="button" href=address>{say}</a></p> }
    });
    view! { <dl class="rows">{rows}</dl> {whole} }
}

/// Each message about it, beside it; or that there is none, and whether there should be one.
fn told(reading: &Reading, found: &TransactionEntries) -> impl IntoView + use<> {
    let language = reading.language();
    if found.entries.is_empty() {
        return view! { <p>{words::NOT_COMPARED.in_language(language)}</p> }.into_any();
    }
    let messages = found.entries.iter().filter(|entry| entry.message.is_some()).count();
    let times = (messages > 0).then(|| view! { <p>{words::told_times(messages, language)}</p> });
    let more = found.more.then(|| view! { <p>{words::MORE.in_language(language)}</p> });
    view! {
        {times}
        {months(reading, &found.entries)}
        {more}
    }
    .into_any()
}
