use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::frame::icon;
use crate::visit::Visit;
use crate::words::{report as words, report_desk, ticket};

/// What is said of a form that was sent. An address may be anybody's work: only these fixed words are shown for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Notice {
    Sent,
    Noted,
    Answered,
    Closed,
    Gone,
    Empty,
    Long,
    TooMany,
    Full,
    Unanswered,
    Failed,
}

impl Notice {
    /// By the name that an address has for it.
    pub(in crate::pages) fn of_address() -> Option<Self> {
        let query = use_query_map().get_untracked();
        let notices = [
            ("sent", Self::Sent),
            ("noted", Self::Noted),
            ("answered", Self::Answered),
            ("closed", Self::Closed),
            ("gone", Self::Gone),
            ("empty", Self::Empty),
            ("long", Self::Long),
            ("many", Self::TooMany),
            ("full", Self::Full),
            ("unanswered", Self::Unanswered),
        ];
        let named =
            |name: &str| notices.into_iter().find(|(known, _)| *known == name).map(|(_, notice)| notice);
        match (query.get_str("__err"), query.get_str("done")) {
            (None, None) => None,
            (Some(name), _) => Some(named(name).filter(|notice| !notice.is_calm()).unwrap_or(Self::Failed)),
            (None, Some(name)) => named(name).filter(|notice| notice.is_calm()),
        }
    }

    /// Whether something was done, and not refused.
    fn is_calm(self) -> bool {
        matches!(self, Self::Sent | Self::Noted | Self::Answered | Self::Closed)
    }

    /// What is said; of a report that was sent, with its number.
    fn words(self, visit: &Visit, number: Option<i64>) -> (&'static str, String) {
        let language = visit.language();
        let contact = visit.context.contact.as_deref();
        let say = |title: crate::words::Text, why: crate::words::Text| {
            (title.in_language(language), why.in_language(language).to_owned())
        };
        match self {
            Self::Sent => {
                let what = number.map(|number| words::sent_what(number, language)).unwrap_or_default();
                (words::SENT.in_language(language), what)
            }
            Self::Noted => say(words::NOTED, words::NOTED_WHAT),
            Self::Answered => say(report_desk::ANSWERED, words::NOTED_WHAT),
            Self::Closed => say(report_desk::CLOSED, report_desk::CLOSE_WHAT),
            Self::Gone => say(words::GONE, words::GONE_WHAT),
            Self::Empty => say(words::EMPTY, words::EMPTY_WHAT),
            Self::Long => (words::LONG.in_language(language), words::long_what(language)),
            Self::TooMany => (words::TOO_MANY.in_language(language), words::too_many_what(contact, language)),
            Self::Full => say(words::FULL, words::FULL_WHAT),
            Self::Unanswered => say(report_desk::UNANSWERED, report_desk::UNANSWERED_WHAT),
            Self::Failed => say(ticket::FAILED, ticket::FAILED_THEN),
        }
    }

    pub(in crate::pages) fn view(self, visit: &Visit, number: Option<i64>) -> impl IntoView + use<> {
        let (title, why) = self.words(visit, number);
        let said = view! {
            <h2>{title}</h2>
            <p>{why}</p>
        };
        if self.is_calm() {
            view! { <div class="alert calm" role="status">{icon("agrees")}{said}</div> }.into_any()
        } else {
            view! { <div class="alert" role="alert" tabindex="-1" autofocus>{icon("unmatched")}{said}</div> }
                .into_any()
        }
    }
}
