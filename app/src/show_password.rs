use leptos::prelude::*;

/// Brings the button to life that shows a password as it is typed.
///
/// An island without properties: reading them would take as many bytes again as all else that a browser is sent.
#[island]
pub fn ShowPassword() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    bring_to_life();
}

#[cfg(feature = "hydrate")]
fn bring_to_life() -> Option<()> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;

    let document = web_sys::window()?.document()?;
    let (input, button) =
        (document.get_element_by_id("password")?, document.get_element_by_id("show-password")?);
    let pressed = button.clone();
    let on_press = Closure::<dyn FnMut()>::new(move || {
        let is_shown = pressed.get_attribute("aria-pressed").is_some_and(|pressed| pressed == "true");
        let (kind, state) = if is_shown { ("password", "false") } else { ("text", "true") };
        let _ = input.set_attribute("type", kind);
        let _ = pressed.set_attribute("aria-pressed", state);
    });
    button.add_event_listener_with_callback("click", on_press.as_ref().unchecked_ref()).ok()?;
    on_press.forget();
    button.remove_attribute("hidden").ok()
}
