use std::sync::Arc;

use axum::http::request::Parts;
use engine::HeldText;
use leptos::prelude::*;

use super::compared::{Asked, compared};
use crate::frame::{Place, icon};
use crate::held::{CHECK_MESSAGE, Held, HeldRefusal};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{check as words, held as held_words};

/// The answer to a message that was pasted or uploaded. It is at this address for the form alone: nothing of the message is
/// in an address, and whoever comes back finds the form.
#[component]
pub(in crate::pages) fn CheckMessage() -> impl IntoView {
    let held = expect_context::<Parts>().extensions.get::<Arc<Held>>().cloned();
    respond(move |visit| async move {
        match held {
            Some(held) => write(&visit, &held).await,
            None => Err(NoPage::SeeOther("/check")),
        }
    })
}

async fn write(visit: &Visit, held: &Held) -> Result<Page, NoPage> {
    let (text, signature) = match held {
        Held::Text(paste) => (HeldText::of_text(&paste.0), None),
        Held::Mail(mail) => {
            let parts = (mail.subject.as_deref(), mail.text.as_deref(), mail.html.as_deref());
            (HeldText::of_mail(parts.0, parts.1, parts.2), Some(&mail.signature))
        }
        Held::Refused(refusal) => return Ok(refused(visit, Refused::Held(*refusal))),
    };
    if text.is_short() {
        return Ok(refused(visit, Refused::Short));
    }
    visit.admit(&visit.context.admit_check)?;
    let found = visit.context.store.compare_held(&text, visit.scope()).await?;
    let body = compared(visit, Asked { found: &found, signature });
    Ok(Page { title: words::TITLE, place: Place::Check, body: body.into_any() })
}

/// Why a message was not compared.
#[derive(Clone, Copy)]
pub(super) enum Refused {
    Held(HeldRefusal),
    Short,
}

fn refused(visit: &Visit, why: Refused) -> Page {
    let language = visit.language();
    let body = view! {
        <div class="sheet ticket joined">
            <section class="slip told">
                <h1>{words::TITLE.in_language(language)}</h1>
                {form(visit, Some(why))}
            </section>
            {super::answer::nothing_asked(visit)}
        </div>
    };
    Page { title: words::TITLE, place: Place::Check, body: body.into_any() }
}

/// The form for a message's text or file. What was pasted is never put back into it.
pub(super) fn form(visit: &Visit, refused: Option<Refused>) -> impl IntoView + use<> {
    let language = visit.language();
    let error = refused.map(|why| {
        let why = match why {
            Refused::Held(HeldRefusal::Nothing) => held_words::NOTHING,
            Refused::Held(HeldRefusal::Both) => held_words::BOTH,
            Refused::Held(HeldRefusal::Long) => held_words::LONG,
            Refused::Held(HeldRefusal::NoMail) => held_words::NO_MAIL,
            Refused::Short => held_words::SHORT,
        };
        view! { <p class="field-error" id="held-error">{icon("unmatched")}{why.in_language(language)}</p> }
    });
    let is_wrong = error.is_some();
    let shows = visit.context.knows_mail_keys.then(|| held_words::FILE_SHOWS.in_language(language));
    let described_by = if is_wrong { "held-error held-hint" } else { "held-hint" };
    view! {
        <section class="check-way" aria-labelledby="by-text">
            <h2 id="by-text">{held_words::BY_TEXT.in_language(language)}</h2>
            <form class="form" method="post" action=CHECK_MESSAGE enctype="multipart/form-data">
                <div class="field">
                    <label for="held">{held_words::TEXT.in_language(language)}</label>
                    {error}
                    <textarea
                        class="field-input field-text"
                        id="held"
                        name="text"
                        rows="5"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby=described_by
                        aria-invalid=is_wrong.then_some("true")
                        autofocus=is_wrong
                    ></textarea>
                    <p class="hint" id="held-hint">{held_words::TEXT_HINT.in_language(language)}</p>
                </div>
                <div class="field">
                    <label for="mail">{held_words::FILE.in_language(language)}</label>
                    <input
                        class="field-input field-file"
                        id="mail"
                        name="mail"
                        type="file"
                        accept=".eml,message/rfc822"
                        aria-describedby="mail-hint"
                    />
                    <p class="hint" id="mail-hint">{held_words::FILE_HINT.in_language(language)}" "{shows}</p>
                </div>
                <button class="button button-main">{held_words::SUBMIT.in_language(language)}</button>
            </form>
        </section>
    }
}
