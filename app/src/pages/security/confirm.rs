use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::notice::Notice;
use crate::clock::Clock;
use crate::frame::Place;
use crate::respond::{NoPage, Page, respond};
use crate::step_up::{Confirm, Then};
use crate::visit::Visit;
use crate::words::{security as words, sign_in};

/// Asks for the password again.
#[component]
pub(in crate::pages) fn ConfirmPage() -> impl IntoView {
    let notice = Notice::of_address();
    let then = use_query_map().get_untracked().get_str("then").and_then(Then::read).unwrap_or(Then::Security);
    respond(move |visit| async move {
        let key = visit.signed_in()?;
        let confirmed = visit.context.store.confirmed_until(key, Clock::System.now()).await?;
        if confirmed.is_some() {
            Err(NoPage::Elsewhere(then.address()))
        } else {
            Ok(page(&visit, notice, &then))
        }
    })
}

fn page(visit: &Visit, notice: Option<Notice>, then: &Then) -> Page {
    let language = visit.language();
    let action = ServerAction::<Confirm>::new();
    let address = then.address();
    let is_wrong = notice == Some(Notice::Wrong);
    let what = if *then == Then::EndOthers { words::CONFIRM_OTHERS } else { words::CONFIRM_WHAT };
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1>{words::CONFIRM.in_language(language)}</h1>
                <p>{what.in_language(language)}</p>
                {notice.map(|notice| notice.view(visit))}
                <ActionForm action attr:class="form">
                    <input type="hidden" name="then" value=address/>
                    <div class="field">
                        <label for="password">{sign_in::PASSWORD.in_language(language)}</label>
                        <input
                            class="field-input"
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            maxlength="1024"
                            aria-invalid=is_wrong.then_some("true")
                        />
                    </div>
                    <button class="button button-main">{words::GO_ON.in_language(language)}</button>
                </ActionForm>
            </section>
            <aside class="slip books" aria-labelledby="why">
                <h2 id="why">{words::CONFIRM_WHY.in_language(language)}</h2>
                <p>{words::CONFIRM_WHY_WHAT.in_language(language)}</p>
            </aside>
        </div>
    };
    Page { title: words::CONFIRM, place: Place::Elsewhere, body: body.into_any() }
}
