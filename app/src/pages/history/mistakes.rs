use leptos::prelude::*;
use store::{AccountIncidents, IncidentNote};

use crate::reading::Reading;
use crate::words::incident as words;

/// How much of it was sent by mistake, and whether others saw details of the account: a line for each incident.
pub(super) fn mistakes(reading: &Reading, incidents: &AccountIncidents) -> impl IntoView + use<> {
    let language = reading.language();
    let link = |incident: &IncidentNote| {
        let title = incident.said.in_language(language).title.clone();
        view! { <a href=format!("/incidents/{}", incident.slug)>{title}</a> }
    };
    let by_mistake = incidents.by_mistake.iter().map(|(incident, count)| {
        view! { <p class="lead">{words::some_by_mistake(*count, language)}" "{link(incident)}</p> }
    });
    let by_mistake: Vec<_> = by_mistake.collect();
    let disclosed = incidents.disclosed.iter().map(|incident| {
        view! { <p class="lead">{words::DISCLOSED.in_language(language)}" "{link(incident)}</p> }
    });
    let disclosed: Vec<_> = disclosed.collect();
    let owner = reading.mark(&reading.account.id);
    let is_any = !(by_mistake.is_empty() && disclosed.is_empty());
    is_any.then(|| view! { <div class="incident-lines" data-owner=owner>{by_mistake}{disclosed}</div> })
}
