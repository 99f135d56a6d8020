use leptos::prelude::*;

use super::Shown;
use crate::words::{Text, message as words};

/// How a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// As its reader saw it.
    Html,
    /// Its text alone.
    Text,
    /// What was sent, letter by letter.
    Source,
}

/// The section that the address of each view leads to.
pub(super) const PLACE: &str = "as-sent";

impl View {
    const ALL: [(Self, &'static str, Text); 3] = [
        (Self::Html, "html", words::VIEW_HTML),
        (Self::Text, "text", words::VIEW_TEXT),
        (Self::Source, "source", words::VIEW_SOURCE),
    ];

    /// The view that an address asks for.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(view, ..)| *view)
    }

    /// The view that is shown of a message: the one that was asked for, where there is something to be shown in it; else
    /// what its reader saw.
    pub(super) fn of(asked: Option<Self>, has_html: bool) -> Self {
        match asked {
            Some(Self::Html) if !has_html => Self::Text,
            Some(asked) => asked,
            None if has_html => Self::Html,
            None => Self::Text,
        }
    }
}

/// The ways to the other views: links, each to a page of its own.
pub(super) fn views(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let address = shown.reading.message_address(&shown.message.id);
    let links: Vec<_> = View::ALL
        .into_iter()
        .filter(|(view, ..)| *view != View::Html || shown.has_html())
        .map(|(view, name, say)| {
            let current = (view == shown.view).then_some("true");
            let to = format!("{address}?view={name}#{PLACE}");
            view! { <li><a href=to aria-current=current>{say.in_language(language)}</a></li> }
        })
        .collect();
    view! { <nav class="views" aria-label=words::VIEWS.in_language(language)><ul>{links}</ul></nav> }
}

#[cfg(test)]
mod tests {
    use super::View;

    #[test]
    fn what_its_reader_saw_comes_first() {
        assert_eq!(View::of(None, true), View::Html);
        assert_eq!(View::of(None, false), View::Text);
        assert_eq!(View::of(Some(View::Html), false), View::Text);
        assert_eq!(View::of(View::named("source"), true), View::Source);
        assert_eq!(View::named("HTML "), None);
    }
}
