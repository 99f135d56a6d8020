use engine::{Kind, Verdict};
use leptos::prelude::*;
use store::{HistoryFilter, HistorySummary, VerdictFilter};

use super::address::Address;
use crate::frame::icon;
use crate::reading::Reading;
use crate::words::{history as words, kind, verdict};

/// A choice of a form: what it says, and the value that it sends.
type Choice = (String, String);

/// The way to a kind, a verdict or a day: a form whose address names nobody.
pub(super) fn narrow(
    reading: &Reading,
    address: &Address,
    summary: &HistorySummary,
) -> impl IntoView + use<> {
    let language = reading.language();
    let is_used = address.filter.kind.is_some() || address.filter.verdict.is_some() || address.on.is_some();
    let day = |at| reading.locale.civil(at).date().to_string();
    let others: Vec<_> = Address { filter: without_choices(&address.filter), ..Address::default() }
        .query()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <details class="narrow" open=is_used>
            <summary>{icon("narrow")}{words::NARROW.in_language(language)}</summary>
            <form method="get" action=reading.entries_address("")>
                {select("kind", words::KIND.in_language(language), words::ALL_KINDS.in_language(language), kinds(reading, address, summary))}
                {select("verdict", words::VERDICT.in_language(language), words::ALL_VERDICTS.in_language(language), verdicts(reading, address, summary))}
                <div class="field">
                    <label for="on">{words::ON_DAY.in_language(language)}</label>
                    <input
                        class="field-input"
                        type="date"
                        id="on"
                        name="on"
                        min=summary.begins_at.map(day)
                        max=day(reading.visit.now)
                        value=address.on.map(|on| on.to_string())
                    />
                </div>
                {others}
                <button class="button">{words::SHOW.in_language(language)}</button>
            </form>
        </details>
    }
}

fn without_choices(filter: &HistoryFilter) -> HistoryFilter {
    HistoryFilter { kind: None, verdict: None, ..filter.clone() }
}

fn select(
    name: &'static str,
    label: &'static str,
    whatever: &'static str,
    (choices, chosen): (Vec<Choice>, Option<String>),
) -> impl IntoView + use<> {
    let options: Vec<_> = choices
        .into_iter()
        .map(|(title, value)| {
            let selected = chosen.as_ref() == Some(&value);
            view! { <option value=value selected=selected>{title}</option> }
        })
        .collect();
    // A message's page has its verdict under that name.
    let id = format!("choose-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="field-select" id=id name=name>
                <option value="">{whatever}</option>
                {options}
            </select>
        </div>
    }
}

/// The kinds that the history has, by name; and the one that was chosen.
fn kinds(reading: &Reading, address: &Address, summary: &HistorySummary) -> (Vec<Choice>, Option<String>) {
    let chosen = address.filter.kind.as_ref();
    let mut offered: Vec<&Kind> = summary.by_kind.iter().map(|(kind, _)| kind).collect();
    offered.extend(chosen.filter(|kind| !offered.contains(kind)));
    let title = |offered: &&Kind| kind::title(offered, reading.language());
    let mut choices: Vec<Choice> = offered
        .iter()
        .map(|offered| {
            let filter = HistoryFilter { kind: Some((*offered).clone()), ..without_choices(&address.filter) };
            (with_count(reading, &title(offered), summary.count(&filter)), offered.to_string())
        })
        .collect();
    choices.sort();
    (choices, chosen.map(ToString::to_string))
}

/// The verdicts that the history has, in their order, and that of transactions without a message; and the one that was
/// chosen.
fn verdicts(reading: &Reading, address: &Address, summary: &HistorySummary) -> (Vec<Choice>, Option<String>) {
    let chosen = address.filter.verdict;
    let all = Verdict::ALL.into_iter().map(VerdictFilter::Of).chain([VerdictFilter::NoMessage]);
    let choices = all.filter_map(|offered| {
        let of = |filter: HistoryFilter| summary.count(&HistoryFilter { verdict: Some(offered), ..filter });
        let is_offered = of(HistoryFilter::default()) > 0 || chosen == Some(offered);
        let title = verdict::filter(offered).in_language(reading.language());
        is_offered
            .then(|| (with_count(reading, title, of(without_choices(&address.filter))), offered.to_string()))
    });
    (choices.collect(), chosen.map(|chosen| chosen.to_string()))
}

fn with_count(reading: &Reading, title: &str, count: u64) -> String {
    format!("{title} ({})", reading.locale.count(count))
}
