use engine::{ChangedFact, TextChange};
use leptos::prelude::*;
use store::{HeldCompared, IncidentNote, LikeMessage};

use crate::by_mistake::by_mistake;
use crate::frame::icon;
use crate::held::MailSignature;
use crate::visit::Visit;
use crate::words::{Text, channel, held as words, incident, sign_in, ticket, verdict};

/// What was found, and what the file says of where it came from; `None` for a text.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) found: &'a HeldCompared,
    pub(super) signature: Option<&'a MailSignature>,
}

/// What is known of a message that somebody holds, and what to do.
pub(super) fn compared(visit: &Visit, asked: Asked) -> AnyView {
    match (&asked.found.like, visit.scope()) {
        (Some(like), _) if like.likeness.changes.is_empty() => same(visit, asked, like).into_any(),
        (Some(like), _) => changed(visit, asked, like).into_any(),
        (None, Some(_)) => unknown(visit, asked).into_any(),
        (None, None) => without_account(visit, asked).into_any(),
    }
}

fn same(visit: &Visit, asked: Asked, like: &LikeMessage) -> impl IntoView + use<> {
    let say = |text: Text| text.in_language(visit.language()).to_owned();
    let mistake = like.message.mistake.as_ref();
    let (heading, what) = match mistake {
        Some(_) => (incident::BY_MISTAKE, words::MISTAKE_WHAT),
        None => (words::SAME, words::SAME_WHAT),
    };
    view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1 tabindex="-1" autofocus class="answer-same">{say(heading)}</h1>
                {mistake.map(|incident| titled(visit, incident))}
                <p>{say(what)}</p>
                {around(visit, &like.likeness.around)}
                {origin(visit, asked.signature)}
                {another(visit)}
            </section>
            {ours(visit, like)}
        </div>
    }
}

fn changed(visit: &Visit, asked: Asked, like: &LikeMessage) -> impl IntoView + use<> {
    let say = |text: Text| text.in_language(visit.language()).to_owned();
    let changes: Vec<_> = (like.likeness.changes.iter())
        .map(|change| shown_change(visit, change, words::NOTHING_THERE))
        .collect();
    let owner = visit.mark(&like.message.owner);
    view! {
        <div class="sheet ticket torn flagged">
            <section class="slip told" data-owner=owner>
                <h1 tabindex="-1" autofocus>{say(words::CHANGED)}</h1>
                <p>{say(words::CHANGED_WHAT)}</p>
                <ul class="changes">{changes}</ul>
                {around(visit, &like.likeness.around)}
                {origin(visit, asked.signature)}
                {another(visit)}
            </section>
            {ours(visit, like)}
        </div>
    }
}

/// `nothing` stands for what is not there.
fn shown_change(visit: &Visit, change: &TextChange, nothing: Text) -> impl IntoView + use<> {
    let say = |text: Text| text.in_language(visit.language()).to_owned();
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| say(nothing));
    view! {
        <li>
            <h2 class="change-fact">{icon("differs")}{say(words::fact(change.fact))}</h2>
            <dl class="change-values">
                <div><dt>{say(words::WE_SENT)}</dt><dd>{value(&change.sent)}</dd></div>
                <div class="held"><dt>{say(words::YOU_HOLD)}</dt><dd>{value(&change.held)}</dd></div>
            </dl>
        </li>
    }
}

/// The message of ours, beside what is held.
fn ours(visit: &Visit, like: &LikeMessage) -> impl IntoView + use<> {
    let (language, message) = (visit.language(), &like.message);
    let code = verdict::code(like.verdict);
    let name = channel::name(message.channel).in_language(language);
    let title = message.subject.clone().unwrap_or_else(|| name.to_owned());
    let mistake = message.mistake.as_ref().map(|incident| by_mistake(visit, incident));
    view! {
        <section class="slip books" aria-labelledby="ours" data-owner=visit.mark(&message.owner)>
            <h2 id="ours">{words::WE_SENT.in_language(language)}</h2>
            <p class="ours-title">{title}</p>
            <p class="meta">
                {icon(message.channel.as_str())}
                <span>{words::sent_on(&visit.locale.date(message.sent_at), language)}" · "{name}</span>
            </p>
            <p class="excerpt">{message.excerpt.clone()}</p>
            <p class=format!("status status-{code}")>
                {icon(code)}{verdict::status(like.verdict).in_language(language)}
            </p>
            {mistake}
            <p class="actions">
                <a class="button button-main" href=format!("/messages/{}", message.id)>
                    {words::OPEN.in_language(language)}
                </a>
            </p>
        </section>
    }
}

fn unknown(visit: &Visit, asked: Asked) -> impl IntoView + use<> {
    let language = visit.language();
    let say = |text: Text| text.in_language(language).to_owned();
    let since = asked.found.since.map(|since| {
        view! { <p>{words::records_since(&visit.locale.date(since), language)}</p> }
    });
    let advice = [("unmatched", words::UNKNOWN_DOUBT), ("looked", words::UNKNOWN_ACCOUNTS)];
    view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1 tabindex="-1" autofocus>{say(words::UNKNOWN)}</h1>
                {since}
                {origin(visit, asked.signature)}
                {another(visit)}
            </section>
            <section class="slip ghost" aria-labelledby="advice">
                <h2 id="advice">{say(incident::WHAT_TO_DO)}</h2>
                {points(visit, &advice)}
                {contact(visit)}
                {like_incidents(visit, &asked.found.incidents)}
                {strange_links(visit, asked.found)}
            </section>
        </div>
    }
}

/// Whoever is not signed in is told of published incidents, and of nothing else.
fn without_account(visit: &Visit, asked: Asked) -> impl IntoView + use<> {
    let say = |text: Text| text.in_language(visit.language()).to_owned();
    let found = asked.found;
    let (heading, what, sheet, side) = if found.incidents.is_empty() {
        (words::NO_INCIDENT, words::NO_INCIDENT_WHAT, "torn", "ghost")
    } else if found.strange_hosts.is_empty() {
        (words::INCIDENT, words::INCIDENT_WHAT, "joined", "books")
    } else {
        (words::INCIDENT_CHANGED, words::CHANGED_WHAT, "torn flagged", "ghost")
    };
    let titles: Vec<_> = asked.found.incidents.iter().map(|incident| titled(visit, incident)).collect();
    let sign_in = (!visit.is_staff()).then(|| {
        view! { <p class="actions"><a class="button button-main" href="/sign-in">{say(sign_in::TITLE)}</a></p> }
    });
    view! {
        <div class=format!("sheet ticket {sheet}")>
            <section class="slip told">
                <h1 tabindex="-1" autofocus>{say(heading)}</h1>
                {titles}
                <p>{say(what)}</p>
                {strange_links(visit, found)}
                {sign_in}
                {another(visit)}
            </section>
            <section class=format!("slip {side}") aria-labelledby="advice">
                <h2 id="advice">{say(incident::WHAT_TO_DO)}</h2>
                {points(visit, &[("unmatched", words::UNKNOWN_DOUBT)])}
                {contact(visit)}
                {origin(visit, asked.signature)}
            </section>
        </div>
    }
}

/// Links that none of the incidents' messages has, though the rest is like them.
fn strange_links(visit: &Visit, found: &HeldCompared) -> Option<impl IntoView + use<>> {
    let strange = found.strange_hosts.iter().map(|host| {
        let change = TextChange { fact: ChangedFact::Link, sent: None, held: Some(host.clone()) };
        shown_change(visit, &change, words::NO_SUCH_LINK)
    });
    let strange: Vec<_> = strange.collect();
    (!strange.is_empty()).then(|| view! { <ul class="changes">{strange}</ul> })
}

fn like_incidents(visit: &Visit, incidents: &[IncidentNote]) -> impl IntoView + use<> {
    let titles: Vec<_> = incidents.iter().map(|incident| titled(visit, incident)).collect();
    (!titles.is_empty()).then(|| {
        view! { <div><h3>{words::INCIDENT.in_language(visit.language())}</h3>{titles}</div> }
    })
}

/// An incident by its sentence, which leads to it.
fn titled(visit: &Visit, incident: &IncidentNote) -> impl IntoView + use<> {
    let title = incident.said.in_language(visit.language()).title.clone();
    view! { <p class="incident-title"><a href=format!("/incidents/{}", incident.slug)>{title}</a></p> }
}

fn points(visit: &Visit, advice: &[(&'static str, Text)]) -> impl IntoView + use<> {
    let language = visit.language();
    let points: Vec<_> = advice
        .iter()
        .map(|(name, advice)| view! { <li>{icon(name)}<span>{advice.in_language(language)}</span></li> })
        .collect();
    view! { <ul class="points">{points}</ul> }
}

fn contact(visit: &Visit) -> impl IntoView + use<> {
    let contact = visit.context.contact.as_deref();
    contact.map(|contact| view! { <p>{ticket::contact(contact, visit.language())}</p> })
}

fn around(visit: &Visit, around: &[String]) -> impl IntoView + use<> {
    let runs: Vec<_> = around.iter().map(|run| view! { <li>{run.clone()}</li> }).collect();
    (!runs.is_empty()).then(|| {
        view! {
            <div class="around">
                <p>{words::AROUND.in_language(visit.language())}</p>
                <ul>{runs}</ul>
            </div>
        }
    })
}

/// Where it came from, as far as that can be known: of a text, not at all.
fn origin(visit: &Visit, signature: Option<&MailSignature>) -> impl IntoView + use<> {
    let language = visit.language();
    let say = |text: Text| text.in_language(language).to_owned();
    let (name, said) = match signature {
        None if visit.context.knows_mail_keys => {
            ("informational", format!("{} {}", say(words::PASTED), say(words::FILE_SHOWS)))
        }
        None => ("informational", say(words::PASTED)),
        Some(MailSignature::NotChecked) => ("informational", say(words::NOT_CHECKED)),
        Some(MailSignature::Unsigned) => ("unmatched", say(words::UNSIGNED)),
        Some(MailSignature::Foreign) => ("unmatched", say(words::FOREIGN)),
        Some(MailSignature::Broken) => ("unmatched", say(words::BROKEN)),
        Some(MailSignature::Partial) => ("unmatched", say(words::PARTIAL)),
        Some(MailSignature::Ours(domain)) => ("matched", words::signed_by(domain, language)),
    };
    let heading = signature.map(|_| view! { <h2>{say(words::SIGNATURE)}</h2> });
    view! { <div class="origin-of">{heading}<p>{icon(name)}<span>{said}</span></p></div> }
}

fn another(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! { <p class="beside-form"><a href="/check">{words::ANOTHER.in_language(language)}</a></p> }
}
