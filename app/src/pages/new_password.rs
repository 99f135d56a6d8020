use axum::http::StatusCode;
use axum::http::request::Parts;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::LiveLink;

use super::welcome::points;
use crate::clock::Clock;
use crate::frame::{Place, icon};
use crate::password_field::PasswordField;
use crate::respond::{NoPage, Page, RETRY_SECONDS, respond, set_status_until};
use crate::set_password::{SetPassword, shown_token};
use crate::visit::Visit;
use crate::words::{sign_in, ticket, welcome as words};

/// Where whoever came by a link chooses their password.
#[component]
pub(super) fn NewPassword() -> impl IntoView {
    let refusal = Refusal::of_address();
    respond(move |visit| async move { write(&visit, refusal).await })
}

/// Why the last one was not taken. An address may be anybody's work: only these fixed words are ever shown for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Short,
    Long,
    Common,
    Busy,
    Failed,
}

impl Refusal {
    fn of_address() -> Option<Self> {
        let query = use_query_map().get_untracked();
        Some(match query.get_str("__err")? {
            "long" => Self::Long,
            "common" => Self::Common,
            "busy" => Self::Busy,
            "failed" => Self::Failed,
            _ => Self::Short,
        })
    }

    /// What is wrong with the password itself.
    fn of_password(self, visit: &Visit) -> Option<String> {
        let language = visit.language();
        match self {
            Self::Short => Some(words::too_short(language)),
            Self::Long => Some(words::PASSWORD_LONG.in_language(language).to_owned()),
            Self::Common => Some(words::PASSWORD_COMMON.in_language(language).to_owned()),
            Self::Busy | Self::Failed => None,
        }
    }
}

async fn write(visit: &Visit, refusal: Option<Refusal>) -> Result<Page, NoPage> {
    let token = shown_token(&expect_context::<Parts>().headers);
    // A link ends by the machine's time, whatever day the pages show.
    let link = match token {
        Some(token) => visit.context.store.read_link(&token, Clock::System.now()).await?,
        None => None,
    };
    Ok(match link {
        Some(link) => page(visit, &link, refusal),
        None => gone(visit),
    })
}

fn page(visit: &Visit, link: &LiveLink, refusal: Option<Refusal>) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1>{words::CHOOSE.in_language(language)}</h1>
                <p>{words::for_whom(&link.sign_in, language)}</p>
                {refusal.and_then(|refusal| alert(visit, refusal))}
                {form(visit, link, refusal)}
            </section>
            {points(visit, words::GOOD, &["agrees", "matched", "lock"], words::GOOD_POINTS)}
        </div>
    };
    Page { title: words::CHOOSE, place: Place::Elsewhere, body: body.into_any() }
}

fn alert(visit: &Visit, refusal: Refusal) -> Option<AnyView> {
    let (title, why) = match refusal {
        Refusal::Busy => {
            set_status_until(StatusCode::SERVICE_UNAVAILABLE, RETRY_SECONDS);
            (words::BUSY, words::BUSY_WHAT)
        }
        Refusal::Failed => (ticket::FAILED, ticket::FAILED_THEN),
        Refusal::Short | Refusal::Long | Refusal::Common => return None,
    };
    let alert = view! {
        <div class="alert" role="alert" tabindex="-1" autofocus>
            {icon("unmatched")}
            <h2>{title.in_language(visit.language())}</h2>
            <p>{why.in_language(visit.language())}</p>
        </div>
    };
    Some(alert.into_any())
}

fn form(visit: &Visit, link: &LiveLink, refusal: Option<Refusal>) -> impl IntoView + use<> {
    let language = visit.language();
    let wrong = refusal.and_then(|refusal| refusal.of_password(visit));
    let error_id = wrong.is_some().then(|| "password-error".to_owned());
    let error = wrong.map(|wrong| {
        view! { <p class="field-error" id="password-error" role="alert">{icon("unmatched")}{wrong}</p> }
    });
    let whose = link.sign_in.clone();
    let action = ServerAction::<SetPassword>::new();
    view! {
        <ActionForm action attr:class="form">
            // For the browser's own keeping of passwords: it says whose this one is.
            <input type="hidden" autocomplete="username" value=whose/>
            <div class="field">
                <label for="password">{words::NEW_PASSWORD.in_language(language)}</label>
                <PasswordField
                    show=sign_in::SHOW.in_language(language).to_owned()
                    show_what=sign_in::SHOW_WHAT.in_language(language).to_owned()
                    error_id
                    hint_id=Some("password-hint".to_owned())
                    is_new=true
                />
                {error}
                <p class="hint" id="password-hint">{words::at_least(language)}</p>
            </div>
            <button class="button button-main">{words::SAVE.in_language(language)}</button>
        </ActionForm>
    }
}

/// What stands in where there is no link that may be used.
fn gone(visit: &Visit) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::LINK_GONE.in_language(language)}</h1>
                <p>{words::LINK_GONE_WHY.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href="/welcome">{words::ASK_AGAIN.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::NOT_USED.in_language(language)}</h2>
                <p>{words::NOT_USED_WHY.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::LINK_GONE, place: Place::Elsewhere, body: body.into_any() }
}
