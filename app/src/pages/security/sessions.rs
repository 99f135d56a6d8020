use leptos::prelude::*;
use store::SessionView;

use super::notice::Notice;
use crate::clock::Clock;
use crate::end_sessions::{EndOtherSessions, EndSession};
use crate::frame::{Place, icon};
use crate::pages::members::members_aside;
use crate::respond::{NoPage, Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::security as words;

/// Where somebody is signed in, and what they can do about it.
#[component]
pub(in crate::pages) fn Security() -> impl IntoView {
    let notice = Notice::of_address();
    respond(move |visit| async move { write(&visit, notice).await })
}

async fn write(visit: &Visit, notice: Option<Notice>) -> Result<Page, NoPage> {
    let (key, now) = (visit.signed_in()?, Clock::System.now());
    let sessions = visit.context.store.sessions_of(key, now).await?;
    let is_confirmed = visit.context.store.confirmed_until(key, now).await?.is_some();
    let language = visit.language();
    let listed: Vec<_> = sessions.iter().map(|session| item(visit, session)).collect();
    // Customers read it at the foot of every page.
    let zone =
        visit.account().is_none().then(|| view! { <p class="hint">{visit.locale.zone_sentence()}</p> });
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)}</p>
        {zone}
        {notice.map(|notice| notice.view(visit))}
        <div class="columns looks-columns">
            <ol class="looks">{listed}</ol>
            <div class="asides">
                {others(visit, sessions.len() > 1, is_confirmed)}
                {password(visit)}
                {members_aside(visit)}
            </div>
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() })
}

fn item(visit: &Visit, session: &SessionView) -> impl IntoView + use<> {
    let language = visit.language();
    let browser = match session.browser.as_str() {
        "" => words::UNKNOWN.in_language(language).to_owned(),
        browser => browser.to_owned(),
    };
    let seen = visit.locale.in_full(session.seen_at);
    let [began, last_seen] = words::times(&visit.locale.in_full(session.began_at), &seen, language);
    let end = if session.is_this {
        view! {
            <p class="slip-foot">
                <span class="status status-matched">
                    {icon("matched")} {words::THIS.in_language(language)}
                </span>
            </p>
        }
        .into_any()
    } else {
        let action = ServerAction::<EndSession>::new();
        let which = words::end_which(&browser, &seen, language);
        let handle = session.handle.as_str().to_owned();
        view! {
            <ActionForm action attr:class="actions">
                <input type="hidden" name="session" value=handle/>
                <button class="button">
                    {words::END.in_language(language)}
                    <span class="hidden">{which}</span>
                </button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="slip look">
            <h2 class="slip-title">{browser}</h2>
            <p class="slip-foot">
                <span class="meta">{began}</span>
                <span class="meta">{last_seen}</span>
            </p>
            {end}
        </li>
    }
}

/// The button that ends all other sessions; where the password is to be given first, the way there.
fn others(visit: &Visit, has_others: bool, is_confirmed: bool) -> impl IntoView + use<> {
    let language = visit.language();
    let say = words::END_OTHERS.in_language(language);
    let body = match (has_others, is_confirmed) {
        (false, _) => view! { <p>{words::OTHERS_NONE.in_language(language)}</p> }.into_any(),
        (true, false) => view! {
            <p>{words::OTHERS_WHAT.in_language(language)}</p>
            <p class="actions"><a class="button" href=Then::EndOthers.confirm_address()>{say}</a></p>
        }
        .into_any(),
        (true, true) => {
            let action = ServerAction::<EndOtherSessions>::new();
            view! {
                <p>{words::OTHERS_WHAT.in_language(language)}</p>
                <ActionForm action attr:class="actions">
                    <button class="button button-main">{say}</button>
                </ActionForm>
            }
            .into_any()
        }
    };
    view! {
        <section class="slip" aria-labelledby="others">
            <h2 id="others">{words::OTHERS.in_language(language)}</h2>
            {body}
        </section>
    }
}

fn password(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <section class="slip" aria-labelledby="password">
            <h2 id="password">{words::PASSWORD.in_language(language)}</h2>
            <p>{words::PASSWORD_WHAT.in_language(language)}</p>
            <p class="actions">
                <a class="button" href=Then::Password.address()>{words::CHANGE.in_language(language)}</a>
            </p>
        </section>
    }
}
