use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::visit::Visit;
use crate::words::ticket as words;

/// What everybody sees in place of personal pages while those are closed.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let contact =
        visit.context.contact.as_deref().map(|contact| view! { <p>{words::contact(contact, language)}</p> });
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::CLOSED.in_language(language)}</h1>
                <p>{words::CLOSED_WHAT.in_language(language)}</p>
                <p>{words::CLOSED_THEN.in_language(language)}</p>
            </section>
            <section class="slip ghost">
                <h2>{words::CLOSED_MEANWHILE.in_language(language)}</h2>
                <p>{words::CLOSED_CHECK.in_language(language)}</p>
                <p class="actions"><a class="button" href="/check">{words::CHECK.in_language(language)}</a></p>
                {contact}
            </section>
        </div>
    };
    Page { title: words::CLOSED_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
