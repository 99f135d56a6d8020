use leptos::prelude::*;

use crate::respond::{NoPage, respond};

/// The front door: to the history of whoever is signed in, and to the sign-in of everybody else.
#[component]
pub(super) fn Home() -> impl IntoView {
    respond(|visit| async move {
        Err(NoPage::SeeOther(if visit.signed_in_as().is_some() { "/history" } else { "/sign-in" }))
    })
}
