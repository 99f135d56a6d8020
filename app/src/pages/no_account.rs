use leptos::prelude::*;

use crate::frame::Place;
use crate::respond::Page;
use crate::sign_out::SignOut;
use crate::visit::Visit;
use crate::words::{frame, ticket as words};

/// The page of somebody who is signed in, and to whom no account belongs.
pub(crate) fn page(visit: &Visit) -> Page {
    let language = visit.language();
    let action = ServerAction::<SignOut>::new();
    let body = view! {
        <div class="sheet ticket torn">
            <section class="slip told">
                <h1>{words::NO_ACCOUNT.in_language(language)}</h1>
                <p>{words::NO_ACCOUNT_WHAT.in_language(language)}</p>
                <ActionForm action attr:class="actions">
                    <button class="button button-main">{frame::SIGN_OUT.in_language(language)}</button>
                </ActionForm>
            </section>
            <section class="slip ghost">
                <h2>{words::OTHER_SIGN_IN.in_language(language)}</h2>
                <p>{words::OTHER_SIGN_IN_WHAT.in_language(language)}</p>
            </section>
        </div>
    };
    Page { title: words::NO_ACCOUNT_TITLE, place: Place::Elsewhere, body: body.into_any() }
}
