use engine::Verdict;
use leptos::prelude::*;
use store::{HistoryEntry, TransactionView};

use crate::frame::icon;
use crate::reading::Reading;
use crate::show_fact::{differing, shown};
use crate::words::{fact, history as words, kind, verdict};

/// The slip of a transaction.
pub(super) fn books(
    reading: &Reading,
    entry: &HistoryEntry,
    transaction: &TransactionView,
) -> impl IntoView + use<> {
    let language = reading.language();
    let sum = transaction
        .amount
        .map(|amount| view! { <p class="sum">{reading.marked(&reading.locale.money(amount))}</p> });
    let details = details(reading, transaction);
    let details =
        (!details.is_empty()).then(|| view! { <p class="slip-text">{reading.marked(&details)}</p> });
    let untold = entry.untold.then(|| {
        view! {
            <p class="status status-untold">{icon("untold")}{verdict::UNTOLD.in_language(language)}</p>
        }
    });
    let facts = differing(&entry.reasons)
        .filter(|_| entry.verdict == Some(Verdict::Differs))
        .filter_map(|fact| {
            let recorded = shown(fact.fact, fact.recorded.as_deref()?, &reading.locale);
            Some(view! { <div class="fact"><dt>{fact::on_account(fact.fact, language)}</dt><dd>{recorded}</dd></div> })
        })
        .collect::<Vec<_>>();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="facts">{facts}</dl> });
    let title = reading.marked(&kind::title(&transaction.kind, language));
    let when = reading.locale.day_and_time(transaction.occurred_at, entry.at);
    let owner = reading.mark(&transaction.owner);
    view! {
        <article class="slip books" data-owner=owner>
            <p class="side">{words::HAPPENED.in_language(language)}</p>
            <div class="slip-head">
                <h3 class="slip-title">
                    <a href=reading.transaction_address(&transaction.id)>{title}</a>
                </h3>
                {sum}
            </div>
            {details}
            {facts}
            <div class="slip-foot">
                {untold}
                <span class="meta"><time datetime=transaction.occurred_at.to_string()>{when}</time></span>
            </div>
        </article>
    }
}

/// What else is known of a transaction, in one line.
fn details(reading: &Reading, transaction: &TransactionView) -> String {
    let mut details: Vec<String> = transaction.summary.iter().cloned().collect();
    details.extend(transaction.device.iter().map(|device| match &device.model {
        Some(model) => model.clone(),
        None => format!("IMEI {}", reading.locale.imei(&device.imei)),
    }));
    details.extend(transaction.line.iter().map(|line| {
        format!("{} {}", words::LINE.in_language(reading.language()), reading.locale.phone(line))
    }));
    details.extend(transaction.references.iter().cloned());
    details.join(" · ")
}
