use engine::{Cause, Verdict};
use leptos::prelude::*;

use super::Shown;
use super::looked::Around;
use crate::explain::{differences, sum_up};
use crate::frame::icon;
use crate::words::{reason, verdict as words};

/// What became of the message, in a heading and a few sentences.
pub(super) fn verdict(shown: Shown) -> impl IntoView + use<> {
    let code = words::code(shown.message.verdict);
    view! {
        <section class=format!("verdict verdict-{code}") aria-labelledby="verdict">
            {icon(code)}
            <h2 id="verdict">{heading(shown)}</h2>
            <p>{summary(shown)}</p>
        </section>
    }
}

fn heading(shown: Shown) -> String {
    let (locale, judged) = (&shown.reading.locale, shown.judged());
    let told_at = judged.reasons.iter().find_map(|reason| match reason.cause {
        Cause::Duplicate { told_at, .. } => Some(told_at),
        _ => None,
    });
    match (shown.message.verdict, told_at) {
        (Some(Verdict::Differs), _) if !judged.is_withheld => differences(&judged, locale),
        (Some(Verdict::Duplicate), Some(told_at)) => {
            reason::sent_again(&locale.day_and_time(told_at, judged.sent_at), locale.language)
        }
        (verdict, _) => words::status(verdict).in_language(locale.language).to_owned(),
    }
}

fn summary(shown: Shown) -> String {
    let locale = &shown.reading.locale;
    let summary = sum_up(&shown.judged(), locale);
    let is_whole = !shown.reading.is_members();
    if is_whole && shown.message.verdict == Some(Verdict::Unmatched) && Around::of(shown).nothing_changed() {
        reason::and_nothing_changed(&summary, locale.language)
    } else {
        summary
    }
}
