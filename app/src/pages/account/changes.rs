use engine::{Date, Kind};
use leptos::prelude::*;
use store::{LineView, TransactionView};

use super::devices::came_or_went;
use super::open::linked;
use super::{LATELY_DAYS, Shown, card};
use crate::frame::icon;
use crate::words::{account as words, message};

/// More than these are not taken in at a glance.
const CHANGES_MAX: usize = 20;

/// What was changed lately of all that one could take an account over with, or that nothing was.
pub(super) fn lead(shown: Shown) -> impl IntoView + use<> {
    let language = shown.visit.language();
    let lately = shown.now.lately.iter().rev().map(|change| told(shown, change).into_any());
    let lines = shown.account.lines.iter().filter(|line| !is_told_of(shown, line));
    let held = came_or_went(shown, lines).into_iter().chain(came_or_went(shown, &shown.account.devices));
    let changes: Vec<AnyView> = lately.chain(held.map(IntoAny::into_any)).collect();
    let count = changes.len();
    let more = (count > CHANGES_MAX).then(|| view! { <p>{message::AND_MORE.in_language(language)}</p> });
    let changes: Vec<_> = changes
        .into_iter()
        .take(CHANGES_MAX)
        .map(|change| view! { <li class="found">{icon("informational")}<span>{change}</span></li> })
        .collect();
    let contact = shown.visit.context.contact.as_deref();
    let contact = contact.map(|contact| view! { <p class="tell-us">{words::tell_us(contact, language)}</p> });
    if changes.is_empty() {
        let nothing = words::nothing_changed_at_all(LATELY_DAYS, language);
        return view! {
            <p class="calm-line lead">{icon("looked")}<span>{nothing}</span></p>
            {contact}
        }
        .into_any();
    }
    view! {
        <p class="lead">{words::changed_lately(count, LATELY_DAYS, language)}</p>
        <ul class="looked lately">{changes}</ul>
        {more}
        {contact}
    }
    .into_any()
}

/// A change, and of which line it is.
fn told(shown: Shown, change: &TransactionView) -> impl IntoView + use<> {
    let line = change.line.as_ref().map(|line| format!(", {}", shown.visit.locale.phone(line)));
    view! { {linked(shown, change)} {line} }
}

/// Whether a transaction already tells how a line came or went lately.
fn is_told_of(shown: Shown, line: &LineView) -> bool {
    let is_of_line = |kind: &Kind| matches!(kind.noun(), "line" | "number");
    shown
        .now
        .lately
        .iter()
        .any(|change| is_of_line(&change.kind) && change.line.as_ref() == Some(&line.number))
}

/// The last change of each sort, however long ago.
pub(super) fn changes(shown: Shown) -> impl IntoView + use<> {
    let found = if shown.now.changes.is_empty() {
        view! { <p class="calm-line">{icon("agrees")}<span>{shown.say(words::NO_CHANGES)}</span></p> }
            .into_any()
    } else {
        let newest_first = shown.now.changes.iter().rev();
        let changes: Vec<_> = newest_first.map(|change| view! { <li>{told(shown, change)}</li> }).collect();
        view! {
            <p class="hint">{shown.say(words::CHANGES_LEAD)}</p>
            <ul class="items">{changes}</ul>
        }
        .into_any()
    };
    card("changes", shown.say(words::CHANGES), found)
}

/// Whether a day is one of the last days.
pub(super) fn is_late(shown: Shown, day: Option<Date>) -> bool {
    let today = today(shown);
    let first = today.days_before(LATELY_DAYS);
    day.is_some_and(|day| Some(day) >= first && day <= today)
}

/// The day that it is where the reader is.
pub(super) fn today(shown: Shown) -> Date {
    Date::of(shown.visit.now, &shown.visit.locale.time_zone)
}
