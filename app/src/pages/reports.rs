mod at_once;
mod form;
mod list;
mod notice;
mod offer;
mod thread;

pub(super) use form::{MessageForm, TransactionForm};
pub(super) use list::{Reports, reports_of_account};
pub(super) use notice::Notice;
pub(super) use offer::{Offer, offer};
pub(super) use thread::{Report, asked_report, entries, head};

use engine::{Cause, Verdict};
use leptos::prelude::*;
use store::{MessageView, ReportState, ReportView, TransactionEntries};

use crate::frame::icon;
use crate::reading::Reading;
use crate::words::report::Standing;
use crate::words::{kind, report as words};

/// What is known of a message that somebody says something of.
pub(super) fn message_standing(message: &MessageView) -> Standing {
    // One of long ago is not nothing.
    let is_stale = message.reasons.iter().any(|reason| matches!(reason.cause, Cause::Stale { .. }));
    match message.verdict {
        Some(Verdict::Unmatched) if !is_stale => Standing::NothingFound,
        _ => Standing::Message,
    }
}

/// What is known of a transaction that somebody says something of.
pub(super) fn transaction_standing(found: &TransactionEntries) -> Standing {
    if found.entries.iter().any(|entry| entry.untold) { Standing::Untold } else { Standing::Transaction }
}

/// How far a report has come, in an icon and words.
fn state(reading: &Reading, report: &ReportView) -> impl IntoView + use<> {
    let (picture, class) = match report.state {
        ReportState::Open => ("waiting", "status status-waiting"),
        ReportState::Answered => ("matched", "status status-matched"),
        ReportState::Closed => ("lock", "status"),
    };
    view! {
        <span class=class>{icon(picture)}{words::state(report.state).in_language(reading.language())}</span>
    }
}

/// Of what kind the thing is that a report is about; `A message`, where it claims nothing.
fn kind_of(reading: &Reading, report: &ReportView) -> String {
    let language = reading.language();
    let named = report.kind.as_ref().map(|kind| kind::title(kind, language));
    named.unwrap_or_else(|| words::A_MESSAGE.in_language(language).to_owned())
}
