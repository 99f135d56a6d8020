use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::{NoPage, Page, respond};
use crate::visit::{AUDIT, DESK, HISTORY, Visit, Visitor};
use crate::words::{audit, sign_in, ticket as words};

/// What stands at an address where nothing is.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    respond(|_| async { Err(NoPage::NotFound) })
}

/// The page that says so.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let (address, way_on) = match &visit.visitor {
        Visitor::Customer(_) => (HISTORY, words::TO_HISTORY),
        Visitor::Staff(_) => (DESK, words::TO_DESK),
        Visitor::Auditor(_) => (AUDIT, audit::TO_AUDIT),
        Visitor::WithoutAccount { .. } | Visitor::WhileClosed | Visitor::Lapsed | Visitor::Stranger => {
            ("/sign-in", sign_in::TITLE)
        }
    };
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::NOT_FOUND.in_language(language)}</h1>
                <p>{words::NOT_FOUND_WHAT.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href=address>{way_on.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::NO_COUNTERFOIL.in_language(language)}</h2>
                <p>{words::NO_COUNTERFOIL_WHAT.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::NOT_FOUND_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
