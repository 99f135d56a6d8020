use leptos::prelude::*;
use store::HistoryEntry;

use crate::frame::icon;
use crate::reading::Reading;
use crate::words::history as words;

/// How often a message was sent, and behind it each copy. `all` are the copies, the one that is shown first.
pub(super) fn copies(reading: &Reading, all: &[HistoryEntry]) -> Option<impl IntoView + use<>> {
    let language = reading.language();
    let shown = all.first()?.at;
    let links: Vec<_> =
        all.iter().filter_map(|entry| Some(link(reading, entry.message.as_ref()?, shown))).collect();
    (links.len() > 1).then(|| {
        view! {
            <details class="copies">
                <summary>
                    {icon("duplicate")}
                    <span>{words::copies(links.len(), language)}</span>
                    <span class="copies-show">{words::SHOW_COPIES.in_language(language)}</span>
                </summary>
                <ol>{links}</ol>
            </details>
        }
    })
}

fn link(reading: &Reading, message: &store::MessageSummary, near: engine::Instant) -> impl IntoView + use<> {
    let when = reading.locale.day_and_time(message.sent_at, near);
    let owner = reading.mark(&message.owner);
    view! {
        <li data-owner=owner>
            <span class="copy">
                <a href=reading.message_address(&message.id)>
                    <time datetime=message.sent_at.to_string()>{when}</time>
                </a>
            </span>
        </li>
    }
}
