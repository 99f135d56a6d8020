use engine::Kind;
use leptos::prelude::*;
use store::HistorySummary;

use super::address::Address;
use crate::frame::icon;
use crate::reading::Reading;
use crate::words::{channel, history as words, kind};

/// What of a history is shown: each link keeps the other filters, and takes its own off where it is on.
pub(super) fn filters(
    reading: &Reading,
    address: &Address,
    summary: &HistorySummary,
) -> impl IntoView + use<> {
    let language = reading.language();
    let filter = &address.filter;
    let every_sort = !filter.attention_only && filter.channel.is_none();
    let channels: Vec<_> = summary
        .by_channel
        .iter()
        .map(|(of, count)| {
            let text = view! { {icon(of.as_str())}{channel::name(*of).in_language(language)} };
            link(reading, &address.toggle_channel(*of), text, *count, filter.channel == Some(*of))
        })
        .collect();
    let channels = (!channels.is_empty()).then(|| {
        view! { <nav aria-label=words::BY_CHANNEL.in_language(language)><ul>{channels}</ul></nav> }
    });
    view! {
        <div class="filters">
            <nav aria-label=words::SHOW_ONLY.in_language(language)>
                <ul>
                    {link(reading, &address.of_every_sort(), words::ALL.in_language(language), summary.messages_total, every_sort)}
                    {link(
                        reading,
                        &address.toggle_attention(),
                        words::NEEDS_ATTENTION.in_language(language),
                        summary.attention_total,
                        filter.attention_only,
                    )}
                </ul>
            </nav>
            {channels}
            {kinds(reading, address, summary)}
        </div>
    }
}

fn link<Words: IntoView>(
    reading: &Reading,
    to: &Address,
    text: Words,
    count: u64,
    current: bool,
) -> impl IntoView + use<Words> {
    let to = reading.history_address(to);
    view! {
        <li>
            <a class="filter" href=to aria-current=current.then_some("true")>
                {text}" "<span class="count">{count}</span>
            </a>
        </li>
    }
}

fn kinds(reading: &Reading, address: &Address, summary: &HistorySummary) -> impl IntoView + use<> {
    let language = reading.language();
    let chosen = address.filter.kind.as_ref();
    let mut offered: Vec<&Kind> = summary.by_kind.iter().map(|(kind, _)| kind).collect();
    offered.extend(chosen.filter(|kind| !summary.by_kind.iter().any(|(known, _)| known == *kind)));
    let mut options: Vec<(String, &Kind)> =
        offered.into_iter().map(|offered| (kind::title(offered, language), offered)).collect();
    options.sort();
    let options: Vec<_> = options
        .into_iter()
        .map(|(title, offered)| {
            view! { <option value=offered.to_string() selected=chosen == Some(offered)>{title}</option> }
        })
        .collect();
    let others: Vec<_> = address
        .newest()
        .query()
        .into_iter()
        .filter(|(name, _)| *name != "kind")
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    view! {
        <form class="filter-kind" method="get" action=reading.history_address("")>
            <label class="hidden" for="kind">{words::KIND.in_language(language)}</label>
            <select class="field-select" id="kind" name="kind">
                <option value="">{words::ALL_KINDS.in_language(language)}</option>
                {options}
            </select>
            {others}
            <button class="button">{words::SHOW.in_language(language)}</button>
        </form>
    }
}
