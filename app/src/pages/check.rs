mod answer;
mod compared;
mod held;

use axum::http::request::Parts;
use engine::CounterfoilNumber;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::SentMessage;

use crate::check_number::{CheckNumber, typed};
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{check as words, held as held_words};

pub(super) use held::CheckMessage;

/// Whether a message is ours, asked by its number: for everybody who holds one.
#[component]
pub(super) fn Check() -> impl IntoView {
    let asked = Asked::of_request();
    respond(move |visit| async move { write(&visit, asked).await })
}

/// What is asked.
enum Asked {
    Nothing,
    /// What was typed is no number.
    Unreadable(String),
    Number(CounterfoilNumber),
}

/// What is answered.
enum Answer {
    Nothing,
    Unreadable,
    Sent(Box<SentMessage>),
    /// No message, or one that is no more.
    Unknown,
}

/// As much of an address as is shown back in the field.
const SHOWN_CHARS_MAX: usize = 40;

impl Asked {
    /// From the form, or from the address that a QR code has.
    fn of_request() -> Self {
        let scanned = use_query_map().get_untracked().get("n");
        let asked = scanned.or_else(|| typed(&expect_context::<Parts>().headers));
        match asked {
            None => Self::Nothing,
            Some(asked) => match asked.parse() {
                Ok(number) => Self::Number(number),
                Err(_) => Self::Unreadable(asked.chars().take(SHOWN_CHARS_MAX).collect()),
            },
        }
    }

    /// What stands in the field.
    fn shown(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Unreadable(typed) => typed.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

async fn write(visit: &Visit, asked: Asked) -> Result<Page, NoPage> {
    let answer = match asked {
        Asked::Nothing => Answer::Nothing,
        Asked::Unreadable(_) => Answer::Unreadable,
        Asked::Number(number) => {
            visit.admit(&visit.context.admit_check)?;
            let found = visit.context.store.check_number(number, visit.scope()).await?;
            found.map_or(Answer::Unknown, |sent| Answer::Sent(Box::new(sent)))
        }
    };
    let sheet = match answer {
        Answer::Unknown => "torn",
        Answer::Nothing | Answer::Unreadable | Answer::Sent(_) => "joined",
    };
    let by_number = view! {
        <section class="check-way" aria-labelledby="by-number">
            <h2 id="by-number">{held_words::BY_NUMBER.in_language(visit.language())}</h2>
            {form(visit, &asked)}
        </section>
    };
    let (by_number, by_text) = (by_number.into_any(), held::form(visit, None).into_any());
    // Whoever comes with a message in hand mostly finds no number in it.
    let ways = match asked {
        Asked::Nothing => [by_text, by_number],
        Asked::Unreadable(_) | Asked::Number(_) => [by_number, by_text],
    };
    let body = view! {
        <div class=format!("sheet ticket {sheet}")>
            <section class="slip told">
                <h1>{words::TITLE.in_language(visit.language())}</h1>
                <p>{words::lead(&visit.context.brand, visit.language())}</p>
                {Vec::from(ways)}
            </section>
            {answer::answer(visit, &answer)}
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Check, body: body.into_any() })
}

fn form(visit: &Visit, asked: &Asked) -> impl IntoView + use<> {
    let language = visit.language();
    let wrong = matches!(asked, Asked::Unreadable(_));
    let error = wrong.then(|| {
        view! {
            <p class="field-error" id="number-error">
                {icon("unmatched")}
                {words::UNREADABLE.in_language(language)}
            </p>
        }
    });
    let described_by = if wrong { "number-error number-hint" } else { "number-hint" };
    let typed = asked.shown();
    let action = ServerAction::<CheckNumber>::new();
    view! {
        <ActionForm action attr:class="form">
            <div class="field">
                <label for="number">{words::NUMBER.in_language(language)}</label>
                <input
                    class="field-input number-input"
                    id="number"
                    name="number"
                    type="text"
                    value=typed
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    required
                    maxlength=SHOWN_CHARS_MAX.to_string()
                    aria-describedby=described_by
                    aria-invalid=wrong.then_some("true")
                    autofocus=wrong
                />
                {error}
                <p class="hint" id="number-hint">{words::NUMBER_HINT.in_language(language)}</p>
            </div>
            <button class="button button-main">{words::SUBMIT.in_language(language)}</button>
        </ActionForm>
    }
}
