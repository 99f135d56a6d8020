//! What a worried person wants to know first, in one sentence: does what we sent match the account?

use engine::{Instant, Verdict};
use leptos::prelude::*;
use store::{HistoryFilter, HistorySummary, VerdictFilter};

use super::LATELY_DAYS;
use super::address::Address;
use crate::frame::picture;
use crate::reading::Reading;
use crate::words::overview::{self as words, Lately};

impl Lately {
    fn of(summary: &HistorySummary) -> Self {
        let with = |is: fn(Verdict) -> bool| summary.count_in_span(|count| count.verdict.is_some_and(is));
        Self {
            days: LATELY_DAYS,
            messages: summary.in_span,
            flagged: with(Verdict::is_flagged),
            waiting: with(|verdict| verdict == Verdict::Waiting),
            unchecked: with(|verdict| verdict == Verdict::Unchecked),
            untold: summary
                .count_in_span(|count| count.attention && !count.verdict.is_some_and(Verdict::is_flagged)),
        }
    }

    fn icon(self) -> &'static str {
        if self.flagged + self.untold > 0 {
            "unmatched"
        } else if self.messages == 0 {
            "informational"
        } else if self.checked() == 0 {
            "waiting"
        } else {
            "matched"
        }
    }
}

/// The sentence, and what else there is to say. `books_until` is how far the books are complete, where they are behind.
pub(super) fn overview(
    reading: &Reading,
    summary: &HistorySummary,
    books_until: Option<Instant>,
) -> impl IntoView + use<> {
    let language = reading.language();
    let lately = Lately::of(summary);
    let left = |filter: HistoryFilter| {
        let address =
            Address { filter: HistoryFilter { attention_only: true, ..filter }, ..Address::default() };
        reading.entries_address(address)
    };
    let flagged = left(HistoryFilter::default());
    let untold = left(HistoryFilter { verdict: Some(VerdictFilter::NoMessage), ..HistoryFilter::default() });
    let said = words::sentence(lately, language);
    let link = said.link.map(|text| view! { <a href=flagged.clone()>{text}</a> });
    let behind = books_until.map(|until| reading.locale.day_and_time(until, reading.visit.now));
    let older = summary.attention_total - summary.attention_in_span;
    let more: Vec<_> = [
        (lately.untold > 0).then(|| (words::untold(lately.untold, language), Some(untold))),
        (lately.waiting > 0 && lately.checked() > 0)
            .then(|| (words::waiting(lately.waiting, language), None)),
        words::unchecked(lately.unchecked, behind.as_deref(), language).map(|text| (text, None)),
        (older > 0).then(|| (words::older(older, language), Some(flagged))),
    ]
    .into_iter()
    .flatten()
    .map(|(text, to)| match to {
        Some(to) => view! { <p><a href=to>{text}</a></p> }.into_any(),
        None => view! { <p>{text}</p> }.into_any(),
    })
    .collect();
    let icon = lately.icon();
    let owner = summary.owner.as_ref().map(|owner| reading.mark(owner));
    view! {
        <div class=format!("overview overview-{icon}") data-owner=owner>
            {picture("overview-icon", icon)}
            <div>
                <p class="overview-said">{said.before}{link}{said.after}</p>
                {more}
            </div>
        </div>
    }
}
