use engine::{Cause, Instant, Reason, Verdict};
use leptos::prelude::*;

use super::Shown;
use crate::explain::{Judged, differences, explain};
use crate::frame::icon;
use crate::words::{message as words, verdict as verdict_words};

/// A verdict in words, from when on it stood.
struct Stood {
    from: Instant,
    code: &'static str,
    says: String,
    /// Whose it is, as a page marks it.
    mark: String,
}

/// How the verdict came to be the one that stands: each before it and when it was reached. Of one that has always stood it
/// says that.
pub(super) fn verdict_history(shown: Shown) -> Option<AnyView> {
    let language = shown.reading.language();
    let judged_at = shown.message.judged_at?;
    let stood = all_that_stood(shown, judged_at);
    if stood.len() < 2 {
        let from = stood.first()?.from;
        let when = shown.reading.locale.day_and_time(from, shown.message.sent_at);
        let same = words::same_since(&when, language);
        return Some(
            view! { <p class="hint same-since">{icon("waiting")}<span>{same}</span></p> }.into_any(),
        );
    }
    let last = stood.len() - 1;
    let rows: Vec<_> =
        stood.into_iter().enumerate().map(|(at, stood)| row(shown, stood, at == last)).collect();
    Some(
        view! {
            <section class="block" id="results" aria-labelledby="results-title">
                <h2 id="results-title">{words::RESULTS.in_language(language)}</h2>
                <p>{words::RESULTS_LEAD.in_language(language)}</p>
                <ol class="trail">{rows}</ol>
            </section>
        }
        .into_any(),
    )
}

fn row(shown: Shown, stood: Stood, stands: bool) -> impl IntoView + use<> {
    let locale = &shown.reading.locale;
    let now = stands.then(|| {
        view! { <p class="trail-why">{words::AS_IT_STANDS.in_language(locale.language)}</p> }
    });
    view! {
        <li class=format!("trail-step status-of-{}", stood.code) data-owner=stood.mark>
            {icon(stood.code)}
            <p class="trail-state">
                <b>{stood.says}</b>
                " "
                <time datetime=stood.from.to_string()>
                    {locale.day_and_time(stood.from, shown.message.sent_at)}
                </time>
            </p>
            {now}
        </li>
    }
}

/// By time. What was judged again and came out in the same words is told once.
fn all_that_stood(shown: Shown, judged_at: Instant) -> Vec<Stood> {
    let message = shown.message;
    let past = message.past.iter().map(|past| {
        let judged = Judged { transaction: None, reasons: &past.reasons, ..shown.judged() };
        (past.judged_at, &past.owner, Some(past.verdict), judged)
    });
    let standing = (judged_at, &message.owner, message.verdict, shown.judged());
    let mut stood: Vec<Stood> = Vec::new();
    for (from, owner, verdict, judged) in past.chain([standing]) {
        let says = says(shown, verdict, &judged);
        if stood.last().is_none_or(|last| last.says != says) {
            let mark = shown.reading.mark(owner);
            stood.push(Stood { from, code: verdict_words::code(verdict), says, mark });
        }
    }
    stood
}

fn says(shown: Shown, verdict: Option<Verdict>, judged: &Judged) -> String {
    let locale = &shown.reading.locale;
    let status = verdict_words::status(verdict).in_language(locale.language);
    match (verdict, waits_until(judged.reasons)) {
        (Some(Verdict::Waiting), Some(until)) => {
            words::waited_until(status, &locale.day_and_time(until, judged.sent_at), locale.language)
        }
        _ if judged.reasons.is_empty() => status.to_owned(),
        (Some(Verdict::Differs), _) => differences(judged, locale),
        (Some(verdict), _) if verdict.is_flagged() => format!("{status}: {}", explain(judged, locale).title),
        _ => status.to_owned(),
    }
}

fn waits_until(reasons: &[Reason]) -> Option<Instant> {
    reasons.iter().find_map(|reason| match reason.cause {
        Cause::Grace { until } => Some(until),
        _ => None,
    })
}
