use leptos::prelude::*;

use crate::respond::{NoPage, respond};

/// The front door: to where whoever is signed in begins, and to the sign-in of everybody else.
#[component]
pub(super) fn Home() -> impl IntoView {
    respond(|visit| async move { Err(NoPage::SeeOther(visit.begins_at().unwrap_or("/sign-in"))) })
}
