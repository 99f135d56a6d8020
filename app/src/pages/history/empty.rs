use leptos::prelude::*;
use store::{HistoryPage, HistorySummary};

use super::address::Address;
use crate::frame::picture;
use crate::reading::Reading;
use crate::words::{Text, history as words};

/// Whether the account has nothing to show at all.
pub(super) fn is_new(summary: &HistorySummary, address: &Address, history: &HistoryPage) -> bool {
    summary.messages_total == 0 && history.entries.is_empty() && !address.is_filtered() && !address.is_paged()
}

/// What a customer sees whom nothing was sent.
pub(super) fn nothing_yet(reading: &Reading) -> impl IntoView + use<> {
    let language = reading.language();
    let why = words::nothing_yet_why(&reading.visit.context.brand, language);
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{words::NOTHING_YET.in_language(language)}</h2>
            <p>{why}</p>
        </div>
    }
}

/// What stands where a filter leaves nothing.
pub(super) fn nothing_fits(reading: &Reading, address: &Address) -> impl IntoView + use<> {
    let language = reading.language();
    let (title, why): (Text, Text) = if address.filter.attention_only && !address.is_paged() {
        (words::NOTHING_NEEDS, words::NOTHING_NEEDS_WHY)
    } else {
        (words::NOTHING_FITS, words::NOTHING_FITS_WHY)
    };
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{title.in_language(language)}</h2>
            <p>{why.in_language(language)}</p>
            <p><a class="button" href=reading.history_address("")>{words::SHOW_ALL.in_language(language)}</a></p>
        </div>
    }
}
