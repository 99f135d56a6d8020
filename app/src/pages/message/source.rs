use leptos::prelude::*;

use super::Shown;
use super::as_sent::{TEXT_CHARS_MAX, cut, first_chars};
use super::origin::recipient;
use crate::unseen_characters::{Piece, with_unseen_named};
use crate::words::{Text, message as words};

/// What was sent, letter by letter: what is known of its head, and its bodies, of which nothing is read as markup. What
/// nobody would see is named.
pub(super) fn source(shown: Shown) -> impl IntoView + use<> {
    let message = shown.message;
    let language = shown.reading.language();
    let head: Vec<_> = head(shown)
        .into_iter()
        .map(|(name, value)| {
            view! { <div><dt>{name.in_language(language)}</dt><dd dir="auto">{pieces(&value)}</dd></div> }
        })
        .collect();
    let bodies = [(words::SOURCE_TEXT, &message.text), (words::SOURCE_HTML, &message.html)];
    let bodies: Vec<_> =
        bodies.into_iter().filter_map(|(name, sent)| Some(body(shown, name, sent.as_deref()?))).collect();
    view! {
        <dl class="rows source-head">{head}</dl>
        {bodies}
        <p class="hint">{words::SOURCE_HINT.in_language(language)}</p>
    }
}

fn head(shown: Shown) -> Vec<(Text, String)> {
    let message = shown.message;
    let mut rows = Vec::new();
    rows.extend(message.sender.iter().map(|sender| (words::FROM, sender.clone())));
    rows.push((words::TO, recipient(shown)));
    rows.extend(message.subject.iter().map(|subject| (words::SUBJECT, subject.clone())));
    rows.push((words::DATE, shown.reading.locale.to_the_second(message.sent_at)));
    rows.extend(message.template.iter().map(|template| (words::TEMPLATE, template.as_str().to_owned())));
    rows.extend(message.batch.iter().map(|batch| (words::BATCH, batch.as_str().to_owned())));
    rows.push((words::NUMBER, message.id.as_str().to_owned()));
    rows
}

fn body(shown: Shown, name: Text, sent: &str) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let (beginning, is_cut) = first_chars(sent, TEXT_CHARS_MAX);
    let cut = is_cut.then(|| cut(words::text_cut(TEXT_CHARS_MAX, language)));
    let name = name.in_language(language);
    view! {
        <h3 class="source-title">{name}</h3>
        <div class="source" role="region" aria-label=name tabindex="0" dir="ltr">{pieces(&beginning)}</div>
        {cut}
    }
}

fn pieces(text: &str) -> Vec<AnyView> {
    let named = |piece| match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Unseen(name) => view! { <mark class="unseen">{name}</mark> }.into_any(),
    };
    with_unseen_named(text).into_iter().map(named).collect()
}
