use engine::Verdict;
use leptos::prelude::*;
use store::{HistoryEntry, MessageSummary};

use super::copies::copies;
use crate::by_mistake::by_mistake;
use crate::frame::icon;
use crate::quoted_language::quoted_language;
use crate::reading::Reading;
use crate::show_fact::{differing, shown};
use crate::unseen_characters::without_unseen;
use crate::words::{channel, fact, history as words, kind, verdict};

/// More than three lines hold; the stylesheet cuts.
const EXCERPT_CHARS_MAX: usize = 300;
/// As long as a subject mostly is.
const TITLE_CHARS_MAX: usize = 60;

/// The slip of a message, and of its copies if `row` has any. All of it opens the message.
pub(super) fn told(
    reading: &Reading,
    row: &[HistoryEntry],
    entry: &HistoryEntry,
    message: &MessageSummary,
) -> impl IntoView + use<> {
    let language = reading.language();
    let title = without_unseen(&title(reading, entry, message));
    let excerpt: String = without_unseen(&message.excerpt).chars().take(EXCERPT_CHARS_MAX).collect();
    let quoted = quoted_language(&format!("{title} {excerpt}"), language);
    let (title, excerpt) = (reading.marked(&title), reading.marked(&excerpt));
    let code = verdict::code(entry.verdict);
    let facts = differing(&entry.reasons)
        .filter(|_| entry.verdict == Some(Verdict::Differs) && entry.transaction.is_some())
        .filter_map(|fact| {
            let stated = shown(fact.fact, fact.stated.as_deref()?, &reading.locale);
            Some(view! { <div class="fact"><dt>{fact::in_message(fact.fact, language)}</dt><dd>{stated}</dd></div> })
        })
        .collect::<Vec<_>>();
    let facts = (!facts.is_empty()).then(|| view! { <dl class="facts">{facts}</dl> });
    let mistake = message.mistake.as_ref().map(|incident| by_mistake(reading.visit, incident));
    let sent_at = message.sent_at;
    let owner = reading.mark(&message.owner);
    view! {
        <article class="slip told" data-owner=owner>
            <p class="side">{words::TOLD.in_language(language)}</p>
            <div class="slip-head">
                <h3 class="slip-title" lang=quoted><a href=reading.message_address(&message.id)>{title}</a></h3>
            </div>
            <p class="slip-text excerpt" lang=quoted>{excerpt}</p>
            {facts}
            {mistake}
            {copies(reading, row)}
            <div class="slip-foot">
                <p class=format!("status status-{code}")>
                    {icon(code)}
                    {verdict::status(entry.verdict).in_language(language)}
                </p>
                <span class="meta">
                    {icon(message.channel.as_str())}
                    <span>
                        {channel::name(message.channel).in_language(language)}
                        " · "
                        <time datetime=sent_at.to_string()>{reading.locale.time(sent_at)}</time>
                    </span>
                </span>
            </div>
        </article>
    }
}

/// A message's subject; without one, the title of what it claims; else how it begins.
fn title(reading: &Reading, entry: &HistoryEntry, message: &MessageSummary) -> String {
    let subject = message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
    if let Some(subject) = subject {
        return subject.to_owned();
    }
    match &entry.kind {
        Some(claimed) => kind::title(claimed, reading.language()),
        None => beginning(&message.excerpt, TITLE_CHARS_MAX)
            .unwrap_or_else(|| channel::name(message.channel).in_language(reading.language()).to_owned()),
    }
}

/// The first words of a text, whole ones.
pub(in crate::pages) fn beginning(text: &str, chars_max: usize) -> Option<String> {
    let text = text.trim();
    if text.chars().count() <= chars_max {
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let cut: String = text.chars().take(chars_max).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    Some(format!("{}…", whole.trim_end_matches([',', '.', ':', ';'])))
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_beginning_ends_with_a_word() {
        assert_eq!(beginning("  Hello there, friend ", 40).as_deref(), Some("Hello there, friend"));
        assert_eq!(beginning("Hello there, friend of mine", 14).as_deref(), Some("Hello there…"));
        assert_eq!(beginning("ÑandúÑandúÑandú", 5).as_deref(), Some("Ñandú…"));
        assert_eq!(beginning("   ", 5), None);
    }
}
