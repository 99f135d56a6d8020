use engine::{Cause, Instant, Verdict};
use leptos::prelude::*;
use store::TransactionView;

use super::Shown;
use super::looked::{Around, LOOKED};
use crate::explain::{add, explain};
use crate::frame::icon;
use crate::pages::history::is_joined;
use crate::reading::Reading;
use crate::words::{history, kind, message as words, reason, transaction as transaction_words};

/// What stands beside the message: its transaction, or why there is none.
pub(super) fn account_side(shown: Shown) -> impl IntoView + use<> {
    let message = shown.message;
    match &message.transaction {
        Some(transaction) if is_joined(message.verdict) => books(shown, transaction).into_any(),
        _ if message.verdict == Some(Verdict::Informational) => nothing(shown).into_any(),
        _ => ghost(shown).into_any(),
    }
}

fn books(shown: Shown, transaction: &TransactionView) -> impl IntoView + use<> {
    view! {
        <section class="slip books" aria-labelledby="on-account">
            {side(shown)}
            {entry(shown, transaction)}
        </section>
    }
}

/// A transaction, with all that the account has of it.
fn entry(shown: Shown, transaction: &TransactionView) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let sum =
        transaction.amount.map(|amount| view! { <p class="sum">{shown.reading.locale.money(amount)}</p> });
    let rows: Vec<_> = rows(shown.reading, transaction, shown.message.sent_at)
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name.in_language(language)}</dt><dd>{value}</dd></div> })
        .collect();
    let owner = shown.reading.mark(&transaction.owner);
    view! {
        <div class="slip-head" data-owner=owner>
            <h3 class="slip-title">{kind::title(&transaction.kind, language)}</h3>
            {sum}
        </div>
        <dl class="rows">{rows}</dl>
        <p class="slip-links">
            <a href=shown.reading.transaction_address(&transaction.id)>{transaction_words::OPEN.in_language(language)}</a>
        </p>
    }
}

/// What an account has of a transaction, each value under its name.
pub(in crate::pages) fn rows(
    reading: &Reading,
    transaction: &TransactionView,
    near: Instant,
) -> Vec<(crate::words::Text, String)> {
    let locale = &reading.locale;
    let mut rows = vec![(words::WHEN, locale.day_and_time(transaction.occurred_at, near))];
    rows.extend(transaction.summary.iter().map(|summary| (words::DETAILS, summary.clone())));
    rows.extend(transaction.references.iter().map(|reference| (words::REFERENCE, reference.clone())));
    rows.extend(transaction.device.iter().map(|device| {
        let imei = format!("IMEI {}", locale.imei(&device.imei));
        (
            words::DEVICE,
            device.model.as_ref().map_or_else(|| imei.clone(), |model| format!("{model}, {imei}")),
        )
    }));
    rows.extend(transaction.line.iter().map(|line| (words::LINE, locale.phone(line))));
    rows.extend(transaction.status.iter().map(|status| (words::STATUS, status.clone())));
    rows
}

fn ghost(shown: Shown) -> impl IntoView + use<> {
    let (reading, message) = (shown.reading, shown.message);
    let language = reading.language();
    let title = explain(&shown.judged(), &reading.locale).title;
    let text = add(&shown.judged(), &reading.locale).map(|text| view! { <p class="slip-text">{text}</p> });
    let fits = (!message.fitting.is_empty()).then(|| {
        let fits: Vec<_> = message.fitting.iter().map(|fitting| fit(shown, fitting)).collect();
        view! { <ul class="fits">{fits}</ul> }
    });
    // What an old message is about, or a repeated one: it is the customer's, and so is shown beside it.
    let about = message.transaction.as_ref().map(|transaction| entry(shown, transaction));
    let around = Around::of(shown);
    let comfort = (message.verdict == Some(Verdict::Unmatched) && around.nothing_changed()).then(|| {
        view! { <p class="comfort">{icon("looked")}<span>{around.comfort()}</span></p> }
    });
    // What did happen then is not this, and is not to be found by chance at the foot of the page.
    let elsewhere = (message.verdict == Some(Verdict::Unmatched) && around.something_changed()).then(|| {
        let say = words::what_else(&around.days(), language);
        view! { <p class="slip-links"><a href=format!("#{LOOKED}")>{say}</a></p> }
    });
    view! {
        <section class="slip ghost" aria-labelledby="on-account">
            {side(shown)}
            <h3 class="slip-title">{title}</h3>
            {text}
            {fits}
            {about}
            {comfort}
            {elsewhere}
            {first_message(shown).map(|address| {
                view! {
                    <p class="slip-links"><a href=address>{history::FIRST_MESSAGE.in_language(language)}</a></p>
                }
            })}
        </section>
    }
}

fn fit(shown: Shown, fitting: &TransactionView) -> impl IntoView + use<> {
    let locale = &shown.reading.locale;
    let when = locale.day_and_time(fitting.occurred_at, shown.message.sent_at);
    let amount = fitting.amount.map(|amount| view! { <b>{locale.money(amount)}</b> });
    view! {
        <li data-owner=shown.reading.mark(&fitting.owner)>
            <span>
                {kind::title(&fitting.kind, locale.language)}", "
                <time datetime=fitting.occurred_at.to_string()>{when}</time>
            </span>
            " "
            {amount}
        </li>
    }
}

fn first_message(shown: Shown) -> Option<String> {
    // It may have gone to somebody else of the account, and then is not this reader's to open.
    shown.message.told_before.as_ref()?;
    shown.message.reasons.iter().find_map(|reason| match &reason.cause {
        Cause::Duplicate { first, .. } => Some(shown.reading.message_address(first)),
        _ => None,
    })
}

fn nothing(shown: Shown) -> impl IntoView + use<> {
    view! {
        <section class="slip nothing" aria-labelledby="on-account">
            {side(shown)}
            <p>{reason::NO_CLAIM.in_language(shown.reading.language())}</p>
        </section>
    }
}

fn side(shown: Shown) -> impl IntoView + use<> {
    view! { <h2 class="side" id="on-account">{words::HAPPENED.in_language(shown.reading.language())}</h2> }
}
