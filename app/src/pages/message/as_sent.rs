use leptos::prelude::*;

use super::Shown;
use super::source::source;
use super::view::View;
use crate::frame::icon;
use crate::quoted_language::quoted_language;
use crate::sanitise_mail::is_cut;
use crate::unseen_characters::without_unseen;
use crate::words::message as words;

/// As much of a text as a page shows; a message's is some hundred characters.
pub(super) const TEXT_CHARS_MAX: usize = 50_000;
/// The lines up to which a mail's frame is low, and up to which it is not yet high.
const LINES_OF_LOW: usize = 8;
const LINES_OF_MIDDLE: usize = 24;
/// About as many characters as a line of a mail has.
const LINE_CHARS: usize = 70;

/// The message in the view that was asked for.
pub(super) fn as_sent(shown: Shown) -> impl IntoView + use<> {
    match shown.view {
        View::Html => in_frame(shown).into_any(),
        View::Text => as_text(shown).into_any(),
        View::Source => source(shown).into_any(),
    }
}

/// An HTML mail in a frame that may do nothing: whatever it holds, it is a document apart, without scripts, without rights.
fn in_frame(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let html = shown.message.html.as_deref().unwrap_or_default();
    let cut = is_cut(html).then(|| cut(words::HTML_CUT.in_language(language).to_owned()));
    let class = format!("mail-frame mail-frame-{}", height(&engine::visible_text(html)));
    let address = format!("{}/frame", shown.reading.message_address(&shown.message.id));
    view! {
        <iframe class=class sandbox="" src=address title=words::FRAME_TITLE.in_language(language)></iframe>
        <p class="hint frame-hint">{icon("lock")}<span>{words::FRAME_HINT.in_language(language)}</span></p>
        {cut}
    }
}

/// How high a frame has to be for most of a mail to be seen; the rest is reached by scrolling within it.
fn height(text: &str) -> &'static str {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines.map(|line| 1 + line.chars().count() / LINE_CHARS).sum::<usize>() {
        0..=LINES_OF_LOW => "low",
        lines if lines <= LINES_OF_MIDDLE => "middle",
        _ => "high",
    }
}

/// The text as text: whatever it holds, the page shows it and does nothing with it.
fn as_text(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let Some(text) = shown.text() else {
        return view! { <p>{words::NO_TEXT.in_language(language)}</p> }.into_any();
    };
    let (text, is_cut) = first_chars(&without_unseen(&text), TEXT_CHARS_MAX);
    let cut = is_cut.then(|| cut(words::text_cut(TEXT_CHARS_MAX, language)));
    let quoted = quoted_language(&text, language);
    view! { <div class="sent-text" dir="auto" lang=quoted>{text}</div> {cut} }.into_any()
}

/// The beginning of a text, and whether there is more of it.
pub(super) fn first_chars(text: &str, chars_max: usize) -> (String, bool) {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => (text[..end].to_owned(), true),
        None => (text.to_owned(), false),
    }
}

pub(super) fn cut(say: String) -> impl IntoView + use<> {
    view! { <p class="hint cut">{icon("informational")}<span>{say}</span></p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_as_high_as_its_mail_is_long() {
        assert_eq!(height("Hello Dana,\n\nyour bill is ready."), "low");
        assert_eq!(height(&"A line of a mail.\n".repeat(12)), "middle");
        assert_eq!(height(&"word ".repeat(2_000)), "high");
    }

    #[test]
    fn a_beginning_is_of_whole_characters() {
        assert_eq!(first_chars("ñandú", 2), ("ña".to_owned(), true));
        assert_eq!(first_chars("ñandú", 5), ("ñandú".to_owned(), false));
    }
}
