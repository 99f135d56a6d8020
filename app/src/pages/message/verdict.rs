use engine::{Cause, Verdict};
use leptos::prelude::*;

use super::Shown;
use super::looked::Around;
use crate::explain::{differences, explain};
use crate::frame::icon;
use crate::words::{kind, message, reason, verdict as words};

/// What became of the message, in a heading and a few sentences.
pub(super) fn verdict(shown: Shown) -> impl IntoView + use<> {
    let code = words::code(shown.message.verdict);
    let sentences = sentences(shown).join(" ");
    view! {
        <section class=format!("verdict verdict-{code}") aria-labelledby="verdict">
            {icon(code)}
            <h2 id="verdict">{heading(shown)}</h2>
            <p>{sentences}</p>
        </section>
    }
}

fn heading(shown: Shown) -> String {
    let (locale, judged) = (&shown.visit.locale, shown.judged());
    let told_at = judged.reasons.iter().find_map(|reason| match reason.cause {
        Cause::Duplicate { told_at, .. } => Some(told_at),
        _ => None,
    });
    match (shown.message.verdict, told_at) {
        (Some(Verdict::Differs), _) => differences(&judged, locale),
        (Some(Verdict::Duplicate), Some(told_at)) => {
            reason::sent_again(&locale.day_and_time(told_at, judged.sent_at), locale.language)
        }
        (verdict, _) => words::status(verdict).in_language(locale.language).to_owned(),
    }
}

fn sentences(shown: Shown) -> Vec<String> {
    let (locale, judged) = (&shown.visit.locale, shown.judged());
    let mut sentences = Vec::new();
    let cause = judged.reasons.first().map(|reason| &reason.cause);
    if matches!(cause, Some(Cause::NoTransaction { .. } | Cause::Stale { .. })) {
        sentences.push(reason::WE_SENT_IT.in_language(locale.language).to_owned());
    }
    if let (Some(Cause::Vouched), Some(transaction)) = (cause, judged.transaction) {
        let title = kind::title(&transaction.kind, locale.language);
        let when = locale.day_and_time(transaction.occurred_at, judged.sent_at);
        sentences.push(reason::VOUCHED.in_language(locale.language).to_owned());
        sentences.push(format!("{title}, {when}."));
    } else {
        sentences.push(explain(&judged, locale).text);
    }
    if shown.message.verdict.is_some_and(Verdict::is_flagged) && Around::of(shown).nothing_changed() {
        sentences.push(message::and_nothing_changed(locale.language).to_owned());
    }
    sentences
}
