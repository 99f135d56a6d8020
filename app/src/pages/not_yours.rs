use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::visit::Visit;
use crate::words::{audit as words, ticket};

/// The page of somebody of the staff, in place of one that is for another role.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let begins_at = visit.begins_at().unwrap_or("/sign-in");
    let way_on = if visit.is_auditor() { words::TO_AUDIT } else { ticket::TO_DESK };
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::NOT_YOURS.in_language(language)}</h1>
                <p>{words::NOT_YOURS_WHAT.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href=begins_at>{way_on.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::WHY_NOT_YOURS.in_language(language)}</h2>
                <p>{words::WHY_NOT_YOURS_WHAT.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::NOT_YOURS_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
