use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::ticket as words;

/// What follows a sign-out.
#[component]
pub(super) fn SignedOut() -> impl IntoView {
    respond(|visit| async move {
        match visit.begins_at() {
            Some(address) => Err(NoPage::SeeOther(address)),
            None => Ok(page(&visit)),
        }
    })
}

fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::SIGNED_OUT.in_language(language)}</h1>
                <p>{words::SIGNED_OUT_WHAT.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href="/sign-in">{words::SIGN_IN_AGAIN.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::SHARED.in_language(language)}</h2>
                <p>{words::SHARED_WHAT.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::SIGNED_OUT_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
