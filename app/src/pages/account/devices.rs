use engine::{Date, Language};
use leptos::prelude::*;
use store::{HeldDeviceView, LineView};

use super::changes::{is_late, today};
use super::{LATELY_DAYS, Shown, card};
use crate::frame::icon;
use crate::locale::Locale;
use crate::step_up::Then;
use crate::words::{Text, account as words, message};

/// What was the account's from one day to another.
pub(super) trait Held {
    /// Its first and last day.
    fn days(&self) -> (Option<Date>, Option<Date>);

    /// What it is called, and what it is called besides.
    fn names(&self, locale: &Locale) -> (String, Option<String>);

    /// That it came, and that it went.
    const CHANGES: [fn(&str, &str, Language) -> String; 2];
}

impl Held for LineView {
    const CHANGES: [fn(&str, &str, Language) -> String; 2] = [message::line_added, message::line_removed];

    fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.to)
    }

    fn names(&self, locale: &Locale) -> (String, Option<String>) {
        (locale.phone(&self.number), None)
    }
}

impl Held for HeldDeviceView {
    const CHANGES: [fn(&str, &str, Language) -> String; 2] = [message::device_added, message::device_removed];

    fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.to)
    }

    fn names(&self, locale: &Locale) -> (String, Option<String>) {
        let imei = format!("IMEI {}", locale.imei(&self.imei));
        match &self.model {
            Some(model) => (model.clone(), Some(imei)),
            None => (imei, None),
        }
    }
}

/// The numbers that are the account's, and those that were.
pub(super) fn lines(shown: Shown) -> impl IntoView + use<> {
    let body = held(shown, &shown.account.lines, words::NO_LINES, words::EARLIER_LINES);
    card("lines", shown.say(words::LINES), body)
}

/// The devices that are the account's, and those that were.
pub(super) fn devices(shown: Shown) -> impl IntoView + use<> {
    let whole = (!shown.whole && !shown.account.devices.is_empty()).then(|| {
        let say = shown.say(words::WHOLE_NUMBERS);
        view! { <p class="actions"><a class="button" href=Then::Devices.address()>{say}</a></p> }
    });
    let body = held(shown, &shown.account.devices, words::NO_DEVICES, words::EARLIER_DEVICES);
    let body = view! { {body} {whole} };
    card("devices", shown.say(words::DEVICES), body)
}

/// What of these came or went lately, in words.
pub(super) fn came_or_went<'a, H: Held + 'a>(
    shown: Shown,
    all: impl IntoIterator<Item = &'a H>,
) -> Vec<String> {
    let (locale, language) = (&shown.visit.locale, shown.visit.language());
    let change = |one: &H| {
        let (from, to) = one.days();
        let changes = [from, to].into_iter().zip(H::CHANGES);
        let late =
            changes.filter_map(|(day, said)| Some((day.filter(|day| is_late(shown, Some(*day)))?, said)));
        let said = late
            .map(|(day, said)| said(&one.names(locale).0, &locale.written_day(&day.to_string()), language));
        said.collect::<Vec<_>>()
    };
    all.into_iter().flat_map(change).collect()
}

fn held<H: Held>(shown: Shown, all: &[H], none: Text, earlier: Text) -> impl IntoView + use<H> {
    let today = today(shown);
    let (former, current): (Vec<&H>, Vec<&H>) =
        all.iter().partition(|one| one.days().1.is_some_and(|to| to < today));
    let current = if current.is_empty() {
        view! { <p>{shown.say(none)}</p> }.into_any()
    } else {
        view! { <ul class="items">{items(shown, &current)}</ul> }.into_any()
    };
    let former = (!former.is_empty()).then(|| {
        let summary = format!("{} ({})", shown.say(earlier), former.len());
        view! { <details><summary>{summary}</summary><ul class="items">{items(shown, &former)}</ul></details> }
    });
    view! { {current} {lately(shown, all)} {former} }
}

/// The newest first.
fn items<H: Held>(shown: Shown, all: &[&H]) -> Vec<impl IntoView + use<H>> {
    let locale = &shown.visit.locale;
    let mut sorted = all.to_vec();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.days().0));
    let written = |day: Option<Date>| day.map(|day| locale.written_day(&day.to_string()));
    let item = |one: &&H| {
        let (name, besides) = one.names(locale);
        let (from, to) = one.days();
        let days = words::held(written(from).as_deref(), written(to).as_deref(), locale.language);
        let details: Vec<String> = besides.into_iter().chain(days).collect();
        let details =
            (!details.is_empty()).then(|| view! { <p class="item-details">{details.join(" · ")}</p> });
        view! { <li><h3>{name}</h3>{details}</li> }
    };
    sorted.iter().map(item).collect()
}

fn lately<H: Held>(shown: Shown, all: &[H]) -> impl IntoView + use<H> {
    came_or_went(shown, all).is_empty().then(|| {
        let nothing = words::nothing_changed(LATELY_DAYS, shown.visit.language());
        view! { <p class="calm-line">{icon("agrees")}<span>{nothing}</span></p> }
    })
}
