use leptos::prelude::*;

/// A password's input, with a button that shows what is typed. Without scripts there is no button, and nothing is lost.
#[island]
pub fn PasswordField(
    /// What the button says.
    show: String,
    /// What it adds for readers of the screen.
    show_what: String,
    /// The id of what is wrong with the password that was typed before, if anything is.
    error_id: Option<String>,
) -> impl IntoView {
    let (shown, set_shown) = signal(false);
    let (scripted, set_scripted) = signal(false);
    Effect::new(move |_| set_scripted.set(true));
    view! {
        <div class="with-reveal">
            <input
                class="field-input"
                id="password"
                name="password"
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete="current-password"
                required
                maxlength="256"
                aria-invalid=error_id.as_ref().map(|_| "true")
                aria-describedby=error_id
            />
            <button
                class="reveal"
                type="button"
                hidden=move || !scripted.get()
                aria-controls="password"
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| set_shown.update(|shown| *shown = !*shown)
            >
                {show}
                <span class="hidden">{show_what}</span>
            </button>
        </div>
    }
}
