use engine::{Cause, Date, Instant, Span};
use leptos::prelude::*;
use store::TransactionView;

use super::Shown;
use super::may_change::Part;
use crate::frame::icon;
use crate::words::{kind, message as words};

/// How far to either side of a message the store looks.
const AROUND: Span = Span::hours(48);

/// The section's own place on the page.
pub(super) const LOOKED: &str = "looked";

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
        let is_behind =
            message.reasons.iter().any(|reason| matches!(reason.cause, Cause::BooksBehind { .. }));
        // Nobody can say what happened after the books end.
        let known_until = shown.books_until.unwrap_or(shown.reading.visit.now);
        let behind = is_behind || shown.books_until.is_some_and(|until| until < message.sent_at);
        let from = message.sent_at.minus(AROUND);
        let to = message.sent_at.plus(AROUND).min(known_until.max(message.sent_at));
        Self { shown, from, to, others, changes: changes(shown, from, to), behind }
    }

    /// Whether it is known that nothing else was changed.
    pub(super) fn nothing_changed(&self) -> bool {
        self.others.is_empty() && self.changes.is_empty() && !self.behind && !self.shown.message.around.more
    }

    /// Whether something else is known to have happened.
    pub(super) fn something_changed(&self) -> bool {
        !self.behind && self.others.len() + self.changes.len() > 0
    }

    /// Whether it is known that nothing happened that may have changed a part of the account.
    fn is_unchanged(&self, part: Part) -> bool {
        let changed_by_record = matches!(part, Part::Devices | Part::Lines) && !self.changes.is_empty();
        !self.behind
            && !self.shown.message.around.more
            && !changed_by_record
            && !self.others.iter().any(|other| part.may_be_changed_by(other))
    }

    /// Whether it is known that nothing of a kind happened.
    pub(super) fn has_none_of(&self, kind: &engine::Kind) -> bool {
        let around = &self.shown.message.around;
        !self.behind
            && !self.shown.reading.is_members()
            && !around.more
            && !around.transactions.iter().any(|transaction| transaction.kind == *kind)
    }

    /// Said of what was looked at: to a member that is what happened on their own lines.
    pub(super) fn comfort(&self) -> String {
        let language = self.shown.reading.language();
        if self.shown.reading.is_members() {
            return words::looked_at_own_lines(&self.days(), language);
        }
        words::looked_and_nothing(&self.days(), language)
    }

    pub(super) fn days(&self) -> String {
        self.shown.reading.locale.days_of(self.from, self.to, self.shown.message.sent_at)
    }
}

/// What else was looked at, and what was found there.
pub(super) fn looked(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let around = Around::of(shown);
    let found = if around.behind {
        view! { <p>{words::BOOKS_BEHIND.in_language(language)}</p> }.into_any()
    } else if around.nothing_changed() {
        nothing_found(&around).into_any()
    } else {
        others_found(&around).into_any()
    };
    view! {
        <section class="block" id=LOOKED aria-labelledby="looked-title">
            <h2 id="looked-title">{words::LOOKED.in_language(language)}</h2>
            {found}
        </section>
    }
    .into_any()
}

fn nothing_found(around: &Around) -> impl IntoView + use<> {
    let language = around.shown.reading.language();
    if around.shown.reading.is_members() {
        return view! { <p>{around.comfort()}</p> }.into_any();
    }
    if around.shown.message.transaction.is_some() || !around.shown.message.fitting.is_empty() {
        return view! { <p>{words::looked_and_nothing_else(&around.days(), language)}</p> }.into_any();
    }
    view! {
        <p>{around.comfort()}</p>
        <ul class="looked">{unchanged(around)}</ul>
    }
    .into_any()
}

/// The parts of the account of which it is known that nothing in them changed: of a whole account alone.
fn unchanged(around: &Around) -> Vec<AnyView> {
    if around.shown.reading.is_members() {
        return Vec::new();
    }
    let language = around.shown.reading.language();
    let unchanged = Part::ALL.into_iter().filter(|part| around.is_unchanged(*part));
    let say = |part: Part| part.nothing().in_language(language);
    unchanged.map(|part| view! { <li>{icon("agrees")}<span>{say(part)}</span></li> }.into_any()).collect()
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
    let rest = if around.shown.message.around.more { words::AND_MORE } else { words::APART_FROM_THAT };
    let found_there = if reading.is_members() {
        words::found_on_own_lines(&around.days(), reading.language())
    } else {
        words::looked_and_found(&around.days(), reading.language())
    };
    view! {
        <p>{found_there}</p>
        <ul class="looked">{found} {unchanged(around)}</ul>
        <p>{rest.in_language(reading.language())}</p>
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
