use engine::Verdict;
use leptos::prelude::*;
use store::{HistorySummary, VerdictFilter};

use super::address::Address;
use crate::frame::icon;
use crate::reading::Reading;
use crate::words::{channel, history as words, verdict};

/// What of a history is shown, in a row that stays in view: each link keeps the other filters, takes its own off where it
/// is on, and has with it how much it leaves while it is on.
pub(super) fn filters(
    reading: &Reading,
    address: &Address,
    summary: &HistorySummary,
) -> impl IntoView + use<> {
    let language = reading.language();
    let filter = &address.filter;
    let link = |to: &Address, text: AnyView, is_on: bool| {
        let on = if is_on { filter } else { &to.filter };
        link(reading, to, text, summary.count(on), is_on)
    };
    let every_sort = !filter.attention_only && filter.channel.is_none() && filter.verdict.is_none();
    let waits = Some(VerdictFilter::Of(Verdict::Waiting));
    let is_waiting = filter.verdict == waits;
    let waiting = (is_waiting || summary.counts.iter().any(|count| count.verdict == Some(Verdict::Waiting)))
        .then(|| {
            let text = view! { {icon("waiting")}{words::WAITING.in_language(language)} };
            link(&address.toggle_verdict(Verdict::Waiting), text.into_any(), is_waiting)
        });
    let channels: Vec<_> = summary
        .by_channel
        .iter()
        .map(|(of, _)| {
            let text = view! { {icon(of.as_str())}{channel::name(*of).in_language(language)} };
            link(&address.toggle_channel(*of), text.into_any(), filter.channel == Some(*of))
        })
        .collect();
    let channels = (!channels.is_empty()).then(|| {
        view! { <nav aria-label=words::BY_CHANNEL.in_language(language)><ul>{channels}</ul></nav> }
    });
    let attention = view! { {icon("unmatched")}{words::NEEDS_ATTENTION.in_language(language)} };
    view! {
        <div id="entries"></div>
        <div class="filters">
            <nav aria-label=words::SHOW_ONLY.in_language(language)>
                <ul>
                    {link(&address.of_every_sort(), words::ALL.in_language(language).into_any(), every_sort)}
                    {link(&address.toggle_attention(), attention.into_any(), filter.attention_only)}
                    {waiting}
                </ul>
            </nav>
            {channels}
            {taken_off(reading, address)}
        </div>
    }
}

fn link(reading: &Reading, to: &Address, text: AnyView, count: u64, current: bool) -> impl IntoView + use<> {
    let to = reading.entries_address(to);
    view! {
        <li>
            <a class="filter" href=to aria-current=current.then_some("true")>
                {text}" "<span class="count">{reading.locale.count(count)}</span>
            </a>
        </li>
    }
}

/// A verdict that was chosen in the form and has no link of its own: this takes it off.
fn taken_off(reading: &Reading, address: &Address) -> Option<impl IntoView + use<>> {
    let language = reading.language();
    let chosen = address.filter.verdict.filter(|chosen| *chosen != VerdictFilter::Of(Verdict::Waiting))?;
    let mut without = address.newest();
    without.filter.verdict = None;
    let name = verdict::filter(chosen).in_language(language);
    Some(view! {
        <nav aria-label=words::VERDICT.in_language(language)>
            <ul>
                <li>
                    <a class="filter" href=reading.entries_address(without) aria-current="true">
                        {name}<span class="hidden">{words::TAKE_OFF.in_language(language)}</span><span aria-hidden="true">"×"</span>
                    </a>
                </li>
            </ul>
        </nav>
    })
}
