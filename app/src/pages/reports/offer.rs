use leptos::prelude::*;
use store::{ReportView, Reported, Says, StoreError};

use super::state;
use crate::frame::icon;
use crate::reading::Reading;
use crate::words::report as words;

/// What a reader may say of a message or transaction, or what was said of it: above the rest where it is doubted, else
/// below.
pub(in crate::pages) struct Offer {
    pub(in crate::pages) above: Option<AnyView>,
    pub(in crate::pages) below: Option<AnyView>,
}

/// Offers a customer to say whether it was them. Staff see what was said, and say nothing.
pub(in crate::pages) async fn offer(
    reading: &Reading<'_>,
    about: &Reported,
    is_doubted: bool,
) -> Result<Offer, StoreError> {
    let shown = match reading.report_about(about).await? {
        Some(report) => Some(said(reading, &report).into_any()),
        None if reading.is_own() => Some(ask(reading, about, is_doubted).into_any()),
        None => None,
    };
    Ok(if is_doubted { Offer { above: shown, below: None } } else { Offer { above: None, below: shown } })
}

fn ask(reading: &Reading, about: &Reported, is_doubted: bool) -> impl IntoView + use<> {
    let language = reading.language();
    let class = if is_doubted { "was-it-you was-it-you-doubted" } else { "was-it-you" };
    let of_message = matches!(about, Reported::Message(_));
    let choices = [Says::NotMe, Says::Did].map(|says| {
        let address = reading.report_form_address(about, says);
        let what = of_message
            .then(|| view! { <span class="hint">{words::says_what(says).in_language(language)}</span> });
        view! {
            <li>
                <a class="button" href=address>{words::says(says).in_language(language)}</a>
                {what}
            </li>
        }
    });
    view! {
        <section class=class aria-labelledby="was-it-you">
            <div>
                <h2 id="was-it-you">{words::OFFER.in_language(language)}</h2>
                <p>{words::tell_us(&reading.visit.context.brand, language)}</p>
            </div>
            <ul>{Vec::from(choices)}</ul>
        </section>
    }
}

fn said(reading: &Reading, report: &ReportView) -> impl IntoView + use<> {
    let language = reading.language();
    let title = if reading.is_own() { words::REPORTED } else { words::REPORTED_AT_DESK };
    let says = words::says(report.says).in_language(language);
    let at = reading.locale.day_and_time(report.opened_at, reading.visit.now);
    view! {
        <section class="was-it-you was-it-you-said" data-owner=reading.mark(&report.owner) aria-labelledby="was-it-you">
            <div>
                <h2 id="was-it-you">{title.in_language(language)}</h2>
                <p>{words::number(report.number, language)}" · "{says}" · "<time datetime=report.opened_at.to_string()>{at}</time></p>
            </div>
            {state(reading, report)}
            <a class="button" href=reading.report_address(&report.id)>
                {icon("search")}{words::SEE_REPORT.in_language(language)}
            </a>
        </section>
    }
}
