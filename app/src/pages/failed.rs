use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::visit::Visit;
use crate::words::ticket as words;

/// The page that says that something failed on our side, and nothing of what it was.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let if_again = match &visit.request_id {
        Some(number) => view! {
            <p>{words::IF_AGAIN_NUMBER.in_language(language)}</p>
            <p class="ticket-number">{number.clone()}</p>
        }
        .into_any(),
        None => view! { <p>{words::IF_AGAIN_TELL.in_language(language)}</p> }.into_any(),
    };
    let contact =
        visit.context.contact.as_deref().map(|contact| view! { <p>{words::contact(contact, language)}</p> });
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::FAILED.in_language(language)}</h1>
                <p>{words::FAILED_WHAT.in_language(language)}</p>
                <p>{words::FAILED_THEN.in_language(language)}</p>
                <p class="actions">
                    <a class="button button-main" href="">{words::TRY_AGAIN.in_language(language)}</a>
                </p>
            </section>
            <section class="slip ghost">
                <h2>{words::IF_AGAIN.in_language(language)}</h2>
                {if_again}
                {contact}
            </section>
        </div>
    };
    Page { title: words::FAILED_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
