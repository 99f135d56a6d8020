use engine::Kind;
use leptos::prelude::*;

use crate::end_sessions::EndOtherSessions;
use crate::frame::icon;
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::{report as words, security};

/// The nouns of what leaves somebody's own phone without a signal.
const SILENCES: [&str; 2] = ["sim", "number"];

/// What somebody does at once whose account may be in another's hands: end the other's sessions, take another password,
/// and call.
pub(super) fn at_once(visit: &Visit, kind: Option<&Kind>) -> impl IntoView + use<> {
    let language = visit.language();
    let action = ServerAction::<EndOtherSessions>::new();
    let contact = words::call_what(&visit.context.brand, visit.context.contact.as_deref(), language);
    let silent = kind.is_some_and(|kind| SILENCES.contains(&kind.noun())).then(|| {
        view! { <p class="hint">{words::NO_SIGNAL.in_language(language)}</p> }
    });
    view! {
        <section class="at-once" aria-labelledby="at-once">
            <h2 id="at-once">{icon("lock")}{words::AT_ONCE.in_language(language)}</h2>
            <ol>
                <li>
                    <ActionForm action>
                        <button class="button button-main">{security::END_OTHERS.in_language(language)}</button>
                    </ActionForm>
                    <p class="hint">{words::SIGN_OUT_WHAT.in_language(language)}</p>
                </li>
                <li>
                    <p><a class="button" href=Then::Password.address()>{security::CHANGE.in_language(language)}</a></p>
                    <p class="hint">{words::PASSWORD_WHAT.in_language(language)}</p>
                </li>
                <li>
                    <p class="at-once-call">
                        {icon("voice")}
                        <span><b>{words::CALL.in_language(language)}</b>" "{contact}</span>
                    </p>
                    {silent}
                </li>
            </ol>
        </section>
    }
}
