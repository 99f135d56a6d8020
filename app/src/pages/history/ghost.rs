use engine::{Cause, Verdict};
use leptos::prelude::*;
use store::{HistoryEntry, MessageSummary};

use crate::explain::{Judged, explain};
use crate::reading::Reading;
use crate::words::{history as words, reason};

/// The place of a transaction that is not there, and why.
pub(super) fn missing(
    reading: &Reading,
    entry: &HistoryEntry,
    message: &MessageSummary,
) -> impl IntoView + use<> {
    let language = reading.language();
    let judged = Judged {
        sent_at: message.sent_at,
        kind: entry.kind.as_ref(),
        transaction: entry.transaction.as_ref(),
        reasons: &entry.reasons,
        is_withheld: entry.is_withheld,
    };
    let explanation = explain(&judged, &reading.locale);
    let first = entry.reasons.iter().find_map(|reason| match &reason.cause {
        Cause::Duplicate { first, .. } => Some(reading.message_address(first)),
        _ => None,
    });
    let first = first.map(|address| {
        view! { <a href=address>{words::FIRST_MESSAGE.in_language(language)}</a> }
    });
    let links = entry.verdict.is_some_and(Verdict::is_flagged).then(|| {
        let checked = format!("{}#checked", reading.message_address(&message.id));
        view! {
            <p class="slip-links">{first}<a href=checked>{words::HOW_CHECKED.in_language(language)}</a></p>
        }
    });
    view! {
        <div class="slip ghost">
            <p class="side">{words::HAPPENED.in_language(language)}</p>
            <h3 class="slip-title">{explanation.title}</h3>
            <p class="slip-text">{explanation.text}</p>
            {links}
        </div>
    }
}

/// The place of a message that should have been sent.
pub(super) fn untold(reading: &Reading) -> impl IntoView + use<> {
    let language = reading.language();
    let act_now =
        reason::act_now(&reading.visit.context.brand, reading.visit.context.contact.as_deref(), language);
    view! {
        <div class="slip ghost">
            <p class="side">{words::TOLD.in_language(language)}</p>
            <h3 class="slip-title">{reason::UNTOLD.in_language(language)}</h3>
            <p class="slip-text">{act_now}</p>
        </div>
    }
}

/// The place of a message that nobody expects, or that may yet come in time.
pub(super) fn no_message(reading: &Reading, entry: &HistoryEntry) -> impl IntoView + use<> {
    let language = reading.language();
    let why = match entry.waits_until {
        Some(until) => reason::told_by(&reading.locale.day_and_time(until, entry.at), language),
        None => reason::NO_MESSAGE.in_language(language).to_owned(),
    };
    nothing(words::TOLD.in_language(language), why)
}

/// The place of a transaction that nobody expects.
pub(super) fn nothing_expected(reading: &Reading) -> impl IntoView + use<> {
    let language = reading.language();
    nothing(words::HAPPENED.in_language(language), reason::NO_CLAIM.in_language(language).to_owned())
}

fn nothing(side: &'static str, why: String) -> impl IntoView {
    view! { <div class="slip nothing"><p class="side">{side}</p><p>{why}</p></div> }
}
