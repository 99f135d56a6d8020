use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::visit::{DESK, Visit};
use crate::words::desk as words;

/// The page where an account was shown, once its lookup has closed; and where none ever was.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::CLOSED.in_language(language)}</h1>
                <p>{words::CLOSED_WHAT.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href=DESK>{words::HEADING.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::STILL_CALLING.in_language(language)}</h2>
                <p>{words::STILL_CALLING_WHAT.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::CLOSED_TITLE, place: Place::Desk, body: body.into_any() }
}
