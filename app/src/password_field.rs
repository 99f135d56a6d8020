use leptos::prelude::*;

use crate::show_password::ShowPassword;

/// A password's input, with a button that shows what is typed. Without scripts there is no button, and nothing is lost.
#[component]
pub(crate) fn PasswordField(
    /// What the button says.
    show: String,
    /// What it adds for readers of the screen.
    show_what: String,
    /// The id of what is wrong with the password that was typed before, if anything is.
    error_id: Option<String>,
    /// The id of what is asked of it, if anything is.
    hint_id: Option<String>,
    /// Whether it is chosen here, and not known already.
    is_new: bool,
) -> impl IntoView {
    let invalid = error_id.as_ref().map(|_| "true");
    let described_by: Vec<String> = error_id.into_iter().chain(hint_id).collect();
    let described_by = (!described_by.is_empty()).then(|| described_by.join(" "));
    view! {
        <div class="with-reveal">
            <input
                class="field-input"
                id="password"
                name="password"
                type="password"
                autocomplete=if is_new { "new-password" } else { "current-password" }
                required
                maxlength="256"
                aria-invalid=invalid
                aria-describedby=described_by
            />
            <button class="reveal" id="show-password" type="button" hidden aria-controls="password" aria-pressed="false">
                {show}
                <span class="hidden">{show_what}</span>
            </button>
            <ShowPassword/>
        </div>
    }
}
