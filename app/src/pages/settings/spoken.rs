use engine::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::frame::icon;
use crate::visit::{Customer, Visit};
use crate::words::{account as words, settings, ticket};

/// What is said of a form that was sent. An address may be anybody's work: only these fixed words are shown for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    Nothing,
    Saved,
    Refused,
    Failed,
}

impl Notice {
    pub(super) fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        match query.get_str("__err") {
            Some("failed") => Self::Failed,
            Some(_) => Self::Refused,
            None if query.get_str("saved").is_some() => Self::Saved,
            None => Self::Nothing,
        }
    }

    pub(super) fn view(self, visit: &Visit) -> impl IntoView + use<> {
        let (title, why) = match self {
            Self::Nothing => return ().into_any(),
            Self::Saved => (words::SAVED, settings::SAVED_WHAT),
            Self::Refused => (words::REFUSED, words::REFUSED_WHY),
            Self::Failed => (ticket::FAILED, ticket::FAILED_THEN),
        };
        let said = view! {
            <h2>{title.in_language(visit.language())}</h2>
            <p>{why.in_language(visit.language())}</p>
        };
        if self == Self::Saved {
            view! { <div class="alert calm" role="status">{icon("agrees")}{said}</div> }.into_any()
        } else {
            view! { <div class="alert" role="alert">{icon("unmatched")}{said}</div> }.into_any()
        }
    }
}

const LANGUAGES: [(Language, &str); 2] = [(Language::En, "English"), (Language::Es, "Español")];

/// The languages that may be chosen.
pub(super) fn languages(visit: &Visit, customer: &Customer) -> impl IntoView + use<> {
    let chosen = customer.preferences.language;
    let account = LANGUAGES.iter().find(|(language, _)| *language == customer.account.language);
    let account = account.map_or("", |(_, name)| name);
    let languages = LANGUAGES.map(|(language, name)| {
        view! {
            <option value=language.tag() lang=language.tag() selected=chosen == Some(language)>{name}</option>
        }
    });
    view! {
        <option value="">{words::as_account_has_it(account, visit.language())}</option>
        {Vec::from(languages)}
    }
}

/// The zones that may be chosen.
pub(super) fn time_zones(visit: &Visit, customer: &Customer) -> impl IntoView + use<> {
    let chosen = customer.preferences.time_zone.clone().map(String::from);
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let regions: Vec<_> = (words::REGIONS.iter())
        .map(|(region, title)| {
            let zones: Vec<_> = (names.iter())
                .filter_map(|name| Some((name, name.strip_prefix(region)?.strip_prefix('/')?)))
                .map(|(name, place)| {
                    let selected = chosen.as_ref() == Some(name);
                    view! { <option value=name.clone() selected=selected>{place.replace('_', " ")}</option> }
                })
                .collect();
            view! { <optgroup label=title.in_language(visit.language())>{zones}</optgroup> }
        })
        .collect();
    let account = String::from(customer.account.time_zone.clone()).replace('_', " ");
    view! {
        <option value="">{words::as_account_has_it(&account, visit.language())}</option>
        <option value="UTC" selected=chosen.as_deref() == Some("UTC")>"UTC"</option>
        {regions}
    }
}
