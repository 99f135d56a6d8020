use engine::CounterfoilNumber;
use leptos::prelude::*;

use super::Shown;
use crate::show_qr::qr;
use crate::unseen_characters::without_unseen;
use crate::words::{channel, check, message as words};

/// Where the message came from.
pub(super) fn origin(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let rows: Vec<_> = rows(shown)
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect();
    view! {
        <section class="block" aria-labelledby="origin-title">
            <h2 id="origin-title">{words::ORIGIN.in_language(language)}</h2>
            <dl class="rows">{rows}</dl>
            {shown.message.number.map(|number| counterfoil(shown, number))}
        </section>
    }
}

/// What the number is for, and how to take it along.
fn counterfoil(shown: Shown, number: CounterfoilNumber) -> impl IntoView + use<> {
    let (language, public_url) = (shown.reading.language(), &shown.reading.visit.context.public_url);
    let public_url = public_url.trim_end_matches('/');
    let host = public_url.split_once("://").map_or(public_url, |(_, host)| host);
    let qr = qr(&format!("{public_url}/check?n={number}"), check::qr_of(&number.to_string(), language));
    let qr = qr.map(|qr| {
        view! { <details class="qr-of"><summary>{check::QR.in_language(language)}</summary>{qr}</details> }
    });
    view! {
        <p class="hint number-for">{check::what_for(&format!("{host}/check"), language)}</p>
        {qr}
    }
}

fn rows(shown: Shown) -> Vec<(&'static str, AnyView)> {
    let (message, locale) = (shown.message, &shown.reading.locale);
    let say = |text: crate::words::Text| text.in_language(locale.language);
    let text = |text: &str| text.to_owned().into_any();
    let moment = |at: engine::Instant| {
        view! { <time datetime=at.to_string()>{locale.to_the_second(at)}</time> }.into_any()
    };
    let mut rows = vec![(say(words::CHANNEL), text(say(channel::name(message.channel))))];
    rows.extend(message.sender.iter().map(|sender| (say(words::SENDER), text(&without_unseen(sender)))));
    rows.push((say(words::RECIPIENT), text(&recipient(shown))));
    rows.push((say(words::SENT), moment(message.sent_at)));
    rows.extend(message.template.iter().map(|template| (say(words::TEMPLATE), text(template.as_str()))));
    rows.extend(message.batch.iter().map(|batch| (say(words::BATCH), text(batch.as_str()))));
    rows.push((say(words::NUMBER), text(message.id.as_str())));
    rows.extend(message.number.map(|number| {
        (say(check::NUMBER), view! { <span class="number">{number.to_string()}</span> }.into_any())
    }));
    rows
}

pub(super) fn recipient(shown: Shown) -> String {
    let recipient = &shown.message.recipient;
    if recipient.starts_with('+') { shown.reading.locale.phone(recipient) } else { recipient.clone() }
}
