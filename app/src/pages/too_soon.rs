use engine::Span;
use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::visit::Visit;
use crate::words::check as words;

/// What somebody sees who asked too often.
pub(crate) fn page(visit: &Visit, wait: Span) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::TOO_SOON.in_language(language)}</h1>
                <p>{words::TOO_SOON_WHY.in_language(language)}</p>
                <p>{words::wait(seconds(wait), language)}</p>
                <p class="actions">
                    <a class="button button-main" href="/check">{words::AGAIN.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::TOO_SOON_SHARED.in_language(language)}</h2>
                <p>{words::TOO_SOON_SHARED_WHY.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::TITLE, place: Place::Check, body: body.into_any() }
}

/// Whole seconds, after which it is certain not to be too soon.
pub(crate) fn seconds(wait: Span) -> i64 {
    (wait.micros().max(1) + SECOND - 1) / SECOND
}

const SECOND: i64 = 1_000_000;
