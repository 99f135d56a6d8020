use leptos::prelude::*;
use store::IncidentNote;

use crate::frame::icon;
use crate::visit::Visit;
use crate::words::incident as words;

/// What a published incident says of a message, and where it is explained. Nothing else says these words.
pub(crate) fn by_mistake(visit: &Visit, incident: &IncidentNote) -> impl IntoView + use<> {
    let language = visit.language();
    let title = incident.said.in_language(language).title.clone();
    view! {
        <div class="by-mistake">
            {icon("informational")}
            <p>
                <strong>{words::BY_MISTAKE.in_language(language)}</strong>
                " "
                <a href=format!("/incidents/{}", incident.slug)>{title}</a>
            </p>
        </div>
    }
}
