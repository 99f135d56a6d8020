use engine::Span;
use leptos::prelude::*;
use store::{IncidentView, PublicRecord};

use crate::visit::Visit;
use crate::words::{Text, home as words, incident};

/// Fewer messages than this say little, and might tell of somebody.
const MESSAGES_MIN: u64 = 100;

/// How well messages were vouched for so far, for everybody to see.
pub(super) fn record(
    visit: &Visit,
    counted: Option<&PublicRecord>,
    incidents: &[IncidentView],
) -> impl IntoView + use<> {
    let (language, locale) = (visit.language(), &visit.locale);
    let say = |text: Text| text.in_language(language).to_owned();
    let enough = counted.filter(|counted| counted.messages >= MESSAGES_MIN);
    let messages = match (counted, enough) {
        (None, _) => say(words::NOT_COUNTED),
        (Some(_), None) => say(words::FEWER_THAN_A_HUNDRED),
        (_, Some(counted)) => locale.count(rounded_down(counted.messages)),
    };
    let vouched =
        enough.filter(|counted| counted.telling >= MESSAGES_MIN).and_then(PublicRecord::vouched_permille);
    let vouched = vouched.map_or_else(|| say(words::NOT_COUNTED), |permille| locale.percent(permille));
    let explained = middle(incidents.iter().map(IncidentView::explained_in).collect());
    let explained =
        explained.map_or_else(|| say(words::NO_INCIDENT_YET), |span| incident::length(span, language));
    let figures = [
        (words::MESSAGES_SENT, messages.into_any(), words::MESSAGES_SENT_WHAT),
        (words::VOUCHED, vouched.into_any(), words::VOUCHED_WHAT),
        (
            words::INCIDENTS,
            view! { <a href="/incidents">{locale.count(incidents.len() as u64)}</a> }.into_any(),
            words::INCIDENTS_WHAT,
        ),
        (words::TO_EXPLAIN, explained.into_any(), words::TO_EXPLAIN_WHAT),
    ];
    let figures = figures.map(|(name, value, what)| {
        view! {
            <div class="figure">
                <dt>{say(name)}</dt>
                <dd class="figure-value">{value}</dd>
                <dd class="figure-what">{say(what)}</dd>
            </div>
        }
    });
    let counted_at = counted.map(|counted| {
        view! { <p class="hint">{words::counted_at(&locale.date(counted.counted_at()), language)}</p> }
    });
    view! {
        <section class="record" aria-labelledby="record">
            <h2 id="record">{say(words::RECORD)}</h2>
            <dl class="figures">{Vec::from(figures)}</dl>
            {counted_at}
        </section>
    }
}

/// To its first three digits: it is told how many they are, and not when one more is sent.
fn rounded_down(count: u64) -> u64 {
    let step = 10_u64.pow(count.checked_ilog10().unwrap_or(0).saturating_sub(2));
    count / step * step
}

fn middle(mut spans: Vec<Span>) -> Option<Span> {
    spans.sort_unstable();
    spans.get(spans.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_down_and_the_middle_one_counts() {
        for (count, rounded) in [(0, 0), (99, 99), (123, 123), (6_789, 6_780), (1_234_567, 1_230_000)] {
            assert_eq!(rounded_down(count), rounded);
        }
        assert_eq!(middle(vec![]), None);
        let spans = [Span::hours(9), Span::hours(1), Span::hours(2)];
        assert_eq!(middle(spans.to_vec()), Some(Span::hours(2)));
    }
}
