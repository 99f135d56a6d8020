use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::ask_link::AskLink;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, RETRY_SECONDS, respond, set_status_until};
use crate::set_password::{NEW_PASSWORD, keep_token};
use crate::sign_in::SIGN_IN_NAME_CHARS_MAX;
use crate::visit::Visit;
use crate::words::{Text, welcome as words};

/// Where somebody has a link sent with which they set their password, for the first time or again.
#[component]
pub(super) fn Welcome() -> impl IntoView {
    let answer = Answer::of_address();
    respond(move |visit| async move {
        match visit.begins_at() {
            Some(address) => Err(NoPage::SeeOther(address)),
            None => Ok(page(&visit, answer)),
        }
    })
}

/// Where a link leads. Its token leaves the address at once, for a cookie of the form that it is for; and nothing is
/// used up by looking, for what checks mail follows its links.
#[component]
pub(super) fn WelcomeLink() -> impl IntoView {
    let token = use_params_map().get_untracked().get("token").and_then(|token| token.parse().ok());
    respond(move |visit| async move {
        if let Some(token) = &token {
            keep_token(Some(token), visit.context.is_https());
        }
        Err(NoPage::SeeOther(NEW_PASSWORD))
    })
}

/// What is answered. An address may be anybody's work: only these fixed words are ever shown for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Nothing,
    Sent,
    Unreadable,
    Busy,
}

impl Answer {
    fn of_address() -> Self {
        let query = use_query_map().get_untracked();
        match query.get_str("__err") {
            Some("busy") => Self::Busy,
            Some(_) => Self::Unreadable,
            None if query.get_str("sent").is_some() => Self::Sent,
            None => Self::Nothing,
        }
    }
}

fn page(visit: &Visit, answer: Answer) -> Page {
    let language = visit.language();
    let alert = (answer == Answer::Busy).then(|| {
        set_status_until(StatusCode::SERVICE_UNAVAILABLE, RETRY_SECONDS);
        view! {
            <div class="alert" role="alert" tabindex="-1" autofocus>
                {icon("waiting")}
                <h2>{words::BUSY.in_language(language)}</h2>
                <p>{words::BUSY_WHAT.in_language(language)}</p>
            </div>
        }
    });
    let told = if answer == Answer::Sent {
        view! {
            <h1>{words::SENT.in_language(language)}</h1>
            <p>{words::SENT_WHAT.in_language(language)}</p>
            <p class="actions"><a class="button" href="/sign-in">{words::TO_SIGN_IN.in_language(language)}</a></p>
        }
        .into_any()
    } else {
        view! {
            <h1>{words::TITLE.in_language(language)}</h1>
            <p>{words::lead(&visit.context.brand, language)}</p>
            {alert}
            {form(visit, answer)}
            <p class="beside-form"><a href="/sign-in">{words::TO_SIGN_IN.in_language(language)}</a></p>
        }
        .into_any()
    };
    let beside = match answer {
        Answer::Sent => {
            points(visit, words::NOTHING_CAME, &["waiting", "email", "lock"], words::NOTHING_CAME_POINTS)
        }
        _ => points(visit, words::HOW, &["email", "lock", "agrees"], words::HOW_POINTS),
    };
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">{told}</section>
            {beside}
        </div>
    };
    Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() }
}

fn form(visit: &Visit, answer: Answer) -> impl IntoView + use<> {
    let language = visit.language();
    let wrong = answer == Answer::Unreadable;
    let error = wrong.then(|| {
        view! {
            <p class="field-error" id="email-error">
                {icon("unmatched")}
                {words::UNREADABLE.in_language(language)}
            </p>
        }
    });
    let described_by = if wrong { "email-error email-hint" } else { "email-hint" };
    let action = ServerAction::<AskLink>::new();
    view! {
        <ActionForm action attr:class="form">
            <div class="field">
                <label for="email">{words::EMAIL.in_language(language)}</label>
                <input
                    class="field-input"
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    maxlength=SIGN_IN_NAME_CHARS_MAX.to_string()
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=described_by
                    autofocus=wrong
                />
                {error}
                <p class="hint" id="email-hint">{words::EMAIL_HINT.in_language(language)}</p>
            </div>
            <button class="button button-main">{words::SEND.in_language(language)}</button>
        </ActionForm>
    }
}

/// A few things to know, beside a form.
pub(super) fn points<const N: usize>(
    visit: &Visit,
    title: Text,
    icons: &[&'static str; N],
    points: [Text; N],
) -> impl IntoView + use<N> {
    let language = visit.language();
    let points: Vec<_> = (icons.iter().zip(points))
        .map(|(name, point)| view! { <li>{icon(name)}<span>{point.in_language(language)}</span></li> })
        .collect();
    view! {
        <aside class="slip books" aria-labelledby="to-know">
            <h2 id="to-know">{title.in_language(language)}</h2>
            <ul class="points">{points}</ul>
        </aside>
    }
}

/// The way here, on the page where people sign in.
pub(super) fn way_in(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let asked = [words::FIRST_TIME, words::FORGOTTEN].map(|text| text.in_language(language)).join(" ");
    view! {
        <p class="beside-form">
            {asked}" "
            <a href="/welcome">{words::GET_LINK.in_language(language)}</a>
        </p>
    }
}
