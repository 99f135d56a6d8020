use leptos::prelude::*;
use store::SentMessage;

use super::Answer;
use crate::by_mistake::by_mistake;
use crate::frame::icon;
use crate::visit::{DESK, HISTORY, Visit, Visitor};
use crate::words::{Text, check as words, desk, sign_in, ticket};

/// What is known of the number; before one is asked for, what can be learnt.
pub(super) fn answer(visit: &Visit, answer: &Answer) -> impl IntoView + use<> {
    match answer {
        Answer::Nothing | Answer::Unreadable => nothing_asked(visit).into_any(),
        Answer::Sent(sent) => sent_by_us(visit, sent).into_any(),
        Answer::Unknown => unknown(visit).into_any(),
    }
}

pub(super) fn nothing_asked(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let points =
        [("matched", words::WHETHER), ("lock", words::NOTHING_PERSONAL), ("email", words::NO_NUMBER)];
    let points = points.map(|(name, point)| {
        view! { <li>{icon(name)}<span>{point.in_language(language)}</span></li> }
    });
    view! {
        <aside class="slip books" aria-labelledby="learn">
            <h2 id="learn">{words::WHAT_YOU_LEARN.in_language(language)}</h2>
            <ul class="points">{Vec::from(points)}</ul>
        </aside>
    }
}

fn sent_by_us(visit: &Visit, sent: &SentMessage) -> impl IntoView + use<> {
    let (language, locale) = (visit.language(), &visit.locale);
    let say = |text: Text| text.in_language(language).to_owned();
    let subject = sent.subject.clone().unwrap_or_else(|| say(words::NO_SUBJECT));
    let rows = [
        (words::SENT_ON, locale.written_day(&sent.sent_on.to_string())),
        (words::SENT_BY, say(words::channel(sent.channel))),
        (words::SUBJECT, subject),
    ];
    let rows =
        rows.map(|(name, value)| view! { <div><dt>{name.in_language(language)}</dt><dd>{value}</dd></div> });
    let own = sent.own.as_ref().map(|own| {
        view! {
            <p class="actions">
                <a class="button" href=format!("/messages/{own}")>{words::OPEN_YOURS.in_language(language)}</a>
            </p>
        }
    });
    let mistake = sent.mistake.as_ref().map(|incident| by_mistake(visit, incident));
    view! {
        <section class="slip books" aria-labelledby="answer" tabindex="-1" autofocus>
            <h2 class="answer-sent" id="answer">{icon("matched")}{say(words::SENT)}</h2>
            {mistake}
            <dl class="rows">{Vec::from(rows)}</dl>
            <p>{say(words::COMPARE)}</p>
            {own}
        </section>
    }
}

fn unknown(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let (address, way_on, history) = match &visit.visitor {
        Visitor::Customer(_) => (HISTORY, ticket::TO_HISTORY, words::LOOK_IN_HISTORY),
        Visitor::Staff(_) => (DESK, desk::HEADING, words::LOOK_AT_DESK),
        Visitor::WithoutAccount { .. }
        | Visitor::Auditor(_)
        | Visitor::WhileClosed
        | Visitor::Lapsed
        | Visitor::Stranger => ("/sign-in", sign_in::TITLE, words::UNKNOWN_HISTORY),
    };
    let advice = [("looked", words::UNKNOWN_AGAIN), ("unmatched", words::UNKNOWN_DOUBT), ("email", history)];
    let advice = advice.map(|(name, advice)| {
        view! { <li>{icon(name)}<span>{advice.in_language(language)}</span></li> }
    });
    let contact =
        visit.context.contact.as_deref().map(|contact| view! { <p>{ticket::contact(contact, language)}</p> });
    view! {
        <section class="slip ghost" aria-labelledby="answer" tabindex="-1" autofocus>
            <h2 id="answer">{words::UNKNOWN.in_language(language)}</h2>
            <ul class="points">{Vec::from(advice)}</ul>
            {contact}
            <p class="actions"><a class="button" href=address>{way_on.in_language(language)}</a></p>
        </section>
    }
}
