use engine::{Delivery, DeliveryState};
use leptos::prelude::*;

use super::Shown;
use crate::frame::icon;
use crate::words::{delivery, message as words};

/// Steps that are shown; a message has a handful.
const STEPS_MAX: usize = 30;

/// How far the message came, step by step; nothing where the sender does not say.
pub(super) fn trail(shown: Shown) -> Option<impl IntoView + use<>> {
    let mut steps = shown.message.delivery.clone();
    if steps.is_empty() {
        return None;
    }
    steps.sort_by_key(|step| step.at);
    let steps: Vec<_> = steps.into_iter().take(STEPS_MAX).map(|each| step(shown, each)).collect();
    Some(view! {
        <section class="block" aria-labelledby="trail-title">
            <h2 id="trail-title">{words::TRAIL.in_language(shown.reading.language())}</h2>
            <ol class="trail">{steps}</ol>
        </section>
    })
}

fn step(shown: Shown, step: Delivery) -> impl IntoView + use<> {
    let locale = &shown.reading.locale;
    let why = delivery::why(step.state)
        .map(|why| view! { <p class="trail-why">{why.in_language(locale.language)}</p> });
    view! {
        <li class=format!("trail-step trail-{}", code(step.state))>
            {icon(picture(step.state))}
            <p class="trail-state">
                <b>{delivery::state(step.state).in_language(locale.language)}</b>
                " "
                <time datetime=step.at.to_string()>{locale.day_and_time(step.at, shown.message.sent_at)}</time>
            </p>
            {why}
        </li>
    }
}

/// What a step is like, for the stylesheet.
fn code(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued | DeliveryState::Sent => "on-its-way",
        DeliveryState::Delivered | DeliveryState::Opened => "arrived",
        DeliveryState::Bounced | DeliveryState::Complained => "amiss",
    }
}

fn picture(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Queued => "waiting",
        DeliveryState::Sent => "email",
        DeliveryState::Delivered => "agrees",
        DeliveryState::Opened => "looked",
        DeliveryState::Bounced => "differs",
        DeliveryState::Complained => "unmatched",
    }
}
