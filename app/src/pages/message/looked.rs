use engine::{Cause, Date, Instant, Span};
use leptos::prelude::*;
use store::TransactionView;

use super::Shown;
use crate::frame::icon;
use crate::words::{kind, message as words};

/// How far to either side of a message the store looks.
const AROUND: Span = Span::hours(48);

/// What else happened on the account around a message's sending, and from when to when that was looked for.
pub(super) struct Around<'a> {
    shown: Shown<'a>,
    from: Instant,
    to: Instant,
    others: Vec<&'a TransactionView>,
    /// Lines and devices that came or went, which an account's own record tells.
    changes: Vec<String>,
    behind: bool,
}

impl<'a> Around<'a> {
    pub(super) fn of(shown: Shown<'a>) -> Self {
        let message = shown.message;
        let own = message.transaction.as_ref().map(|transaction| &transaction.id);
        let is_own = |id| own == Some(id) || message.fitting.iter().any(|fitting| fitting.id == *id);
        let others =
            message.around.transactions.iter().filter(|transaction| !is_own(&transaction.id)).collect();
        let behind = message.reasons.iter().any(|reason| matches!(reason.cause, Cause::BooksBehind { .. }));
        let from = message.sent_at.minus(AROUND);
        let to = message.sent_at.plus(AROUND).min(shown.reading.visit.now.max(message.sent_at));
        Self { shown, from, to, others, changes: changes(shown, from, to), behind }
    }

    /// Whether it is known that nothing else was changed.
    pub(super) fn nothing_changed(&self) -> bool {
        !self.is_part()
            && self.others.is_empty()
            && self.changes.is_empty()
            && !self.behind
            && !self.shown.message.around.more
    }

    /// A member is told nothing of the rest of the account, and so not that nothing happened there.
    fn is_part(&self) -> bool {
        self.shown.reading.account.is_part
    }

    /// Whether it is known that nothing of a kind happened.
    pub(super) fn has_none_of(&self, kind: &engine::Kind) -> bool {
        let around = &self.shown.message.around;
        !self.behind
            && !self.is_part()
            && !around.more
            && !around.transactions.iter().any(|transaction| transaction.kind == *kind)
    }

    pub(super) fn comfort(&self) -> String {
        words::looked_and_nothing(&self.days(), self.shown.reading.language())
    }

    pub(super) fn days(&self) -> String {
        self.shown.reading.locale.days_of(self.from, self.to, self.shown.message.sent_at)
    }
}

/// What else was looked at, and what was found there.
pub(super) fn looked(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let around = Around::of(shown);
    if around.is_part() && around.others.is_empty() && around.changes.is_empty() {
        return ().into_any();
    }
    let found = if around.behind {
        view! { <p>{words::BOOKS_BEHIND.in_language(language)}</p> }.into_any()
    } else if around.nothing_changed() {
        nothing_found(&around).into_any()
    } else {
        others_found(&around).into_any()
    };
    view! {
        <section class="block" aria-labelledby="looked-title">
            <h2 id="looked-title">{words::LOOKED.in_language(language)}</h2>
            {found}
        </section>
    }
    .into_any()
}

fn nothing_found(around: &Around) -> impl IntoView + use<> {
    let language = around.shown.reading.language();
    if around.shown.message.transaction.is_some() || !around.shown.message.fitting.is_empty() {
        return view! { <p>{words::looked_and_nothing_else(&around.days(), language)}</p> }.into_any();
    }
    let none = [words::NO_CHARGES, words::NO_DEVICES_CHANGED, words::NO_LINES_CHANGED, words::NO_SECURITY];
    let none = none.map(|none| view! { <li>{icon("agrees")}<span>{none.in_language(language)}</span></li> });
    view! {
        <p>{around.comfort()}</p>
        <ul class="looked">{Vec::from(none)}</ul>
    }
    .into_any()
}

fn others_found(around: &Around) -> impl IntoView + use<> {
    let reading = around.shown.reading;
    let near = around.shown.message.sent_at;
    let others = around.others.iter().map(|other| {
        let owner = reading.mark(&other.owner);
        let title = kind::title(&other.kind, reading.language());
        let amount =
            other.amount.map(|amount| format!(", {}", reading.locale.money(amount))).unwrap_or_default();
        (owner, format!("{title}{amount}, {}", reading.locale.day_and_time(other.occurred_at, near)))
    });
    let own = reading.mark(&reading.account.id);
    let found: Vec<_> = others
        .chain(around.changes.iter().map(|change| (own.clone(), change.clone())))
        .map(|(owner, found)| view! { <li class="found" data-owner=owner>{icon("informational")}<span>{found}</span></li> })
        .collect();
    let rest = match (around.shown.message.around.more, around.is_part()) {
        (true, _) => Some(words::AND_MORE),
        (false, false) => Some(words::APART_FROM_THAT),
        (false, true) => None,
    };
    let rest = rest.map(|rest| view! { <p>{rest.in_language(reading.language())}</p> });
    view! {
        <p>{words::looked_and_found(&around.days(), reading.language())}</p>
        <ul class="looked">{found}</ul>
        {rest}
    }
}

/// The lines and devices that came or went in those days, by the account's own record.
fn changes(shown: Shown, from: Instant, to: Instant) -> Vec<String> {
    let (locale, account) = (&shown.reading.locale, &shown.reading.account);
    let (first, last) = (Date::of(from, &locale.time_zone), Date::of(to, &locale.time_zone));
    let within = |day: Option<Date>| {
        day.filter(|day| (first..=last).contains(day)).map(|day| locale.written_day(&day.to_string()))
    };
    let language = locale.language;
    let mut changes = Vec::new();
    for device in &account.devices {
        let name = device.model.clone().unwrap_or_else(|| format!("IMEI {}", locale.imei(&device.imei)));
        changes.extend(within(device.from).map(|day| words::device_added(&name, &day, language)));
        changes.extend(within(device.to).map(|day| words::device_removed(&name, &day, language)));
    }
    for line in &account.lines {
        let number = locale.phone(&line.number);
        changes.extend(within(line.from).map(|day| words::line_added(&number, &day, language)));
        changes.extend(within(line.to).map(|day| words::line_removed(&number, &day, language)));
    }
    changes
}
