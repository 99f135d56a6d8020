use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::frame::icon;
use crate::visit::Visit;
use crate::words::{Text, security as words, ticket, welcome};

/// What is said of a form that was sent. An address may be anybody's work: only these fixed words are shown for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    Ended,
    OthersEnded,
    Changed,
    Gone,
    Wrong,
    Short,
    Long,
    Common,
    Other,
    Failed,
}

impl Notice {
    /// By the name that an address has for it.
    pub(super) fn of_address() -> Option<Self> {
        let query = use_query_map().get_untracked();
        let names = [
            ("ended", Self::Ended),
            ("others", Self::OthersEnded),
            ("changed", Self::Changed),
            ("gone", Self::Gone),
            ("refused", Self::Wrong),
            ("short", Self::Short),
            ("long", Self::Long),
            ("common", Self::Common),
            ("other", Self::Other),
        ];
        match (query.get_str("__err"), query.get_str("done")) {
            (None, None) => None,
            (Some(name), _) | (None, Some(name)) => {
                let known = names.into_iter().find(|(known, _)| *known == name);
                Some(known.map_or(Self::Failed, |(_, notice)| notice))
            }
        }
    }

    /// Whether something was done, and not refused.
    pub(super) fn is_calm(self) -> bool {
        matches!(self, Self::Ended | Self::OthersEnded | Self::Changed)
    }

    fn words(self) -> (Text, Text) {
        match self {
            Self::Ended => (words::ENDED, words::ENDED_WHAT),
            Self::OthersEnded => (words::OTHERS_ENDED, words::OTHERS_ENDED_WHAT),
            Self::Changed => (words::CHANGED, words::CHANGED_WHAT),
            Self::Gone => (words::GONE, words::GONE_WHAT),
            Self::Wrong => (words::CONFIRM_WRONG, words::CONFIRM_WRONG_WHAT),
            Self::Short => (words::REFUSED_SHORT, words::NEW_PASSWORD_HINT),
            Self::Long => (words::REFUSED_LONG, words::REFUSED_LONG_WHAT),
            Self::Common => (welcome::PASSWORD_COMMON, words::GUESSED_WHAT),
            Self::Other => (words::REFUSED_OTHER, words::REFUSED_OTHER_WHAT),
            Self::Failed => (ticket::FAILED, ticket::FAILED_THEN),
        }
    }

    pub(super) fn view(self, visit: &Visit) -> impl IntoView + use<> {
        let (title, why) = self.words();
        let said = view! {
            <h2>{title.in_language(visit.language())}</h2>
            <p>{why.in_language(visit.language())}</p>
        };
        if self.is_calm() {
            view! { <div class="alert calm" role="status">{icon("agrees")}{said}</div> }.into_any()
        } else {
            view! { <div class="alert" role="alert" tabindex="-1" autofocus>{icon("unmatched")}{said}</div> }
                .into_any()
        }
    }
}
