use leptos::prelude::*;

use super::notice::Notice;
use crate::change_password::ChangePassword;
use crate::frame::Place;
use crate::respond::{Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::{Text, security as words};

/// The form for another password, for whoever has given the one they have.
#[component]
pub(in crate::pages) fn PasswordPage() -> impl IntoView {
    let notice = Notice::of_address();
    respond(move |visit| async move {
        visit.confirmed(Then::Password).await?;
        Ok(page(&visit, notice))
    })
}

fn page(visit: &Visit, notice: Option<Notice>) -> Page {
    let language = visit.language();
    let action = ServerAction::<ChangePassword>::new();
    let fields = [("password", words::NEW_PASSWORD), ("again", words::NEW_PASSWORD_AGAIN)];
    let fields = Vec::from(fields.map(|(name, label)| field(visit, name, label)));
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1>{words::CHANGE.in_language(language)}</h1>
                <p id="new-password-hint">{words::NEW_PASSWORD_HINT.in_language(language)}</p>
                {notice.map(|notice| notice.view(visit))}
                <ActionForm action attr:class="form">
                    {fields}
                    <button class="button button-main">{words::CHANGE.in_language(language)}</button>
                </ActionForm>
            </section>
            <aside class="slip books" aria-labelledby="good">
                <h2 id="good">{words::GUESSED.in_language(language)}</h2>
                <p>{words::GUESSED_WHAT.in_language(language)}</p>
            </aside>
        </div>
    };
    Page { title: words::CHANGE, place: Place::Elsewhere, body: body.into_any() }
}

fn field(visit: &Visit, name: &'static str, label: Text) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=name>{label.in_language(visit.language())}</label>
            <input
                class="field-input"
                id=name
                name=name
                type="password"
                autocomplete="new-password"
                aria-describedby="new-password-hint"
                required
                minlength="15"
                maxlength="1024"
            />
        </div>
    }
}
