use engine::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Shown, card};
use crate::frame::icon;
use crate::save_preferences::SavePreferences;
use crate::visit::Visit;
use crate::words::{Text, account as words, ticket};

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
            Self::Saved => (words::SAVED, words::SAVED_WHAT),
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

/// How the customer wants to be spoken to.
pub(super) fn form(shown: Shown) -> impl IntoView + use<> {
    let language = shown.visit.language();
    let action = ServerAction::<SavePreferences>::new();
    let say = move |text: Text| text.in_language(language);
    let (languages, time_zones) = (languages(shown), time_zones(shown));
    let body = view! {
        <p class="hint">{say(words::PREFERENCES_LEAD)}</p>
        <ActionForm action attr:class="form">
            <div class="field">
                <label for="language">{say(words::LANGUAGE)}</label>
                <select class="field-select" id="language" name="language">{languages}</select>
            </div>
            <div class="field">
                <label for="time-zone">{say(words::TIME_ZONE)}</label>
                <select class="field-select" id="time-zone" name="time_zone">{time_zones}</select>
            </div>
            <button class="button button-main">{say(words::SAVE)}</button>
        </ActionForm>
    };
    card("preferences", shown.say(words::PREFERENCES), body)
}

const LANGUAGES: [(Language, &str); 2] = [(Language::En, "English"), (Language::Es, "Español")];

fn languages(shown: Shown) -> impl IntoView + use<> {
    let chosen = shown.customer.preferences.language;
    let account = LANGUAGES.iter().find(|(language, _)| *language == shown.account.language);
    let account = account.map_or("", |(_, name)| name);
    let languages = LANGUAGES.map(|(language, name)| {
        view! {
            <option value=language.tag() lang=language.tag() selected=chosen == Some(language)>{name}</option>
        }
    });
    view! {
        <option value="">{words::as_account_has_it(account, shown.visit.language())}</option>
        {Vec::from(languages)}
    }
}

fn time_zones(shown: Shown) -> impl IntoView + use<> {
    let chosen = shown.customer.preferences.time_zone.clone().map(String::from);
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
            view! { <optgroup label=shown.say(*title)>{zones}</optgroup> }
        })
        .collect();
    let account = String::from(shown.account.time_zone.clone()).replace('_', " ");
    view! {
        <option value="">{words::as_account_has_it(&account, shown.visit.language())}</option>
        <option value="UTC" selected=chosen.as_deref() == Some("UTC")>"UTC"</option>
        {regions}
    }
}
