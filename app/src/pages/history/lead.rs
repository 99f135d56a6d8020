use leptos::prelude::*;
use store::{HistoryFilter, HistorySummary};

use super::LATELY_DAYS;
use super::address::Address;
use crate::reading::Reading;
use crate::words::history as words;

/// How much was sent lately, and whether any of it needs a look.
pub(super) fn lead(reading: &Reading, summary: &HistorySummary) -> impl IntoView + use<> {
    let language = reading.language();
    let sent = words::sent_in_days(LATELY_DAYS, summary.in_span, language);
    let attention = match (summary.attention_in_span, summary.attention_total) {
        (0, 0) => {
            return view! { <p class="lead">{sent}" "{words::NONE_NEEDS.in_language(language)}</p> }
                .into_any();
        }
        (0, older) => words::older_need_attention(older, language),
        (lately, _) => words::need_attention(lately, language),
    };
    let flagged = Address {
        filter: HistoryFilter { attention_only: true, ..HistoryFilter::default() },
        ..Address::default()
    };
    view! { <p class="lead">{sent}" "<a href=reading.history_address(flagged)>{attention}</a>"."</p> }
        .into_any()
}
