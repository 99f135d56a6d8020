use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::welcome::way_in;
use crate::frame::{Place, icon};
use crate::password_field::PasswordField;
use crate::respond::{NoPage, Page, RETRY_SECONDS, respond, set_status_until};
use crate::sign_in::{SIGN_IN_NAME_CHARS_MAX, SignIn};
use crate::visit::Visit;
use crate::words::{Text, members, sign_in as words, ticket, welcome};

/// The way in.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let notice = Notice::of_address();
    respond(move |visit| async move {
        match visit.begins_at() {
            Some(address) => Err(NoPage::SeeOther(address)),
            None => Ok(page(&visit, notice)),
        }
    })
}

/// Tries are counted by the day.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What is said above the form. An address may be anybody's work: only these fixed words are ever shown for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Nothing,
    Refused,
    Suspended,
    NotListed,
    Failed,
    TooSoon,
    Stopped,
    Busy,
    Ended,
}

impl Notice {
    fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        match query.get_str("__err") {
            Some("failed") => Self::Failed,
            Some("suspended") => Self::Suspended,
            Some("member") => Self::NotListed,
            Some("soon") => Self::TooSoon,
            Some("stopped") => Self::Stopped,
            Some("busy") => Self::Busy,
            Some(_) => Self::Refused,
            None if query.get_str("ended").is_some() => Self::Ended,
            None => Self::Nothing,
        }
    }

    fn words(self) -> Option<(Text, Text)> {
        match self {
            Self::Nothing => None,
            Self::Refused => Some((words::REFUSED, words::REFUSED_WHY)),
            Self::Suspended => Some((words::SUSPENDED, words::SUSPENDED_WHY)),
            Self::NotListed => Some((members::ENDED, members::ENDED_WHY)),
            Self::Failed => Some((ticket::FAILED, ticket::FAILED_THEN)),
            Self::TooSoon => Some((words::TOO_SOON, words::TOO_SOON_WHY)),
            Self::Stopped => Some((words::TOO_SOON, words::STOPPED_WHY)),
            Self::Busy => Some((welcome::BUSY, welcome::BUSY_WHAT)),
            Self::Ended => Some((words::ENDED, words::ENDED_WHY)),
        }
    }

    /// What machines are told: that it was not looked at, and when it will be.
    fn set_status(self) {
        match self {
            Self::TooSoon => set_status_until(StatusCode::TOO_MANY_REQUESTS, RETRY_SECONDS),
            Self::Stopped => set_status_until(StatusCode::TOO_MANY_REQUESTS, DAY_SECONDS),
            Self::Busy => set_status_until(StatusCode::SERVICE_UNAVAILABLE, RETRY_SECONDS),
            Self::Nothing
            | Self::Refused
            | Self::Suspended
            | Self::NotListed
            | Self::Failed
            | Self::Ended => {}
        }
    }
}

fn page(visit: &Visit, notice: Notice) -> Page {
    notice.set_status();
    let language = visit.language();
    let lead = words::lead(&visit.context.brand, language);
    let alert = notice.words().map(|(title, why)| {
        let words = view! {
            <h2>{title.in_language(language)}</h2>
            <p>{why.in_language(language)}</p>
        };
        if notice == Notice::Ended {
            view! { <div class="alert calm" role="status">{icon("informational")}{words}</div> }.into_any()
        } else {
            view! { <div class="alert" role="alert" tabindex="-1" autofocus>{icon("unmatched")}{words}</div> }
                .into_any()
        }
    });
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1>{words::TITLE.in_language(language)}</h1>
                <p>{lead}</p>
                {alert}
                {form(visit, notice)}
                {way_in(visit)}
            </section>
            {what_for(visit)}
        </div>
    };
    Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() }
}

fn form(visit: &Visit, notice: Notice) -> impl IntoView + use<> {
    let language = visit.language();
    let wrong = notice == Notice::Refused;
    let error = wrong.then(|| {
        view! {
            <p class="field-error" id="password-error">
                {icon("unmatched")}
                {words::PASSWORD_AGAIN.in_language(language)}
            </p>
        }
    });
    let action = ServerAction::<SignIn>::new();
    view! {
        <ActionForm action attr:class="form">
            <div class="field">
                <label for="sign-in-name">{words::NAME.in_language(language)}</label>
                <input
                    class="field-input"
                    id="sign-in-name"
                    name="sign_in_name"
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    maxlength=SIGN_IN_NAME_CHARS_MAX.to_string()
                />
            </div>
            <div class="field">
                <label for="password">{words::PASSWORD.in_language(language)}</label>
                <PasswordField
                    show=words::SHOW.in_language(language).to_owned()
                    show_what=words::SHOW_WHAT.in_language(language).to_owned()
                    error_id=wrong.then(|| "password-error".to_owned())
                    hint_id=None
                    is_new=false
                />
                {error}
            </div>
            <button class="button button-main">{words::SUBMIT.in_language(language)}</button>
        </ActionForm>
    }
}

fn what_for(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let points = [
        ("email", words::every_message(&visit.context.brand, language)),
        ("matched", words::BESIDE.in_language(language).to_owned()),
        ("unmatched", words::IF_NOTHING.in_language(language).to_owned()),
        ("lock", words::ONLY_YOU.in_language(language).to_owned()),
    ];
    let points = points.map(|(name, point)| view! { <li>{icon(name)}<span>{point}</span></li> });
    view! {
        <aside class="slip books" aria-labelledby="what-for">
            <h2 id="what-for">{words::WHAT_FOR.in_language(language)}</h2>
            <ul class="points">{Vec::from(points)}</ul>
        </aside>
    }
}
