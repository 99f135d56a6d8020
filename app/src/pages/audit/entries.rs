use engine::{Instant, Language};
use leptos::prelude::*;
use store::{Act, ActorKind, AuditEntry, AuditPage, Role};

use crate::frame::{icon, picture};
use crate::visit::Visit;
use crate::words::{audit as words, desk, lookups};

/// The entries under their days. Each hangs on its stub: its number, and its time.
pub(super) fn entries(visit: &Visit, page: &AuditPage) -> impl IntoView + use<> {
    if page.entries.is_empty() {
        return nothing(visit.language()).into_any();
    }
    let days: Vec<_> = page
        .entries
        .chunk_by(|one, other| visit.locale.date(one.time()) == visit.locale.date(other.time()))
        .map(|entries| day(visit, entries, page))
        .collect();
    days.into_any()
}

fn nothing(language: Language) -> impl IntoView {
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{words::NOTHING.in_language(language)}</h2>
            <p>{words::NOTHING_WHY.in_language(language)}</p>
        </div>
    }
}

fn day(visit: &Visit, entries: &[AuditEntry], page: &AuditPage) -> impl IntoView + use<> {
    let first = entries.first().map_or(Instant::from_micros(0), AuditEntry::time);
    let heading = format!("{}, {}", visit.locale.weekday(first), visit.locale.date(first));
    let items: Vec<_> = entries.iter().map(|entry| item(visit, entry, page)).collect();
    view! {
        <section class="ledger-day">
            <h2>{heading}</h2>
            <ol class="ledger">{items}</ol>
        </section>
    }
}

fn item(visit: &Visit, entry: &AuditEntry, page: &AuditPage) -> impl IntoView + use<> {
    let language = visit.language();
    let act: Option<Act> = entry.act.parse().ok();
    let is_alarm = act.is_some_and(|act| Act::ALARMS.contains(&act));
    let title = act.map_or(entry.act.clone(), |act| words::act(act).in_language(language).to_owned());
    let alarm = is_alarm.then(|| {
        view! {
            <span class="status status-unmatched">
                {icon("unmatched")}
                {words::ALARM.in_language(language)}
            </span>
        }
    });
    view! {
        <li class="entry" class:alarming=is_alarm>
            <p class="stub">
                <b>{words::entry_number(entry.sequence, language)}</b>
                <time datetime=entry.time().to_string()>{visit.locale.time(entry.time())}</time>
            </p>
            <div class="entry-told">
                <h3>{icon(act.map_or("informational", picture_of))}<span>{title}</span>{alarm}</h3>
                <p class="entry-who">{who(entry, language)}</p>
                {entry.reason.as_deref().map(|reason| why(reason, language))}
                {facts(entry, page, language)}
            </div>
        </li>
    }
}

fn picture_of(act: Act) -> &'static str {
    match act {
        Act::SignIn
        | Act::SignOut
        | Act::PasswordChanged
        | Act::KeyAdded
        | Act::KeyRevoked
        | Act::MemberWithdrawn => "lock",
        Act::SignInRefused | Act::LookupRefused => "absent",
        Act::LookupOpened | Act::LookupClosed | Act::SeenReported => "search",
        Act::BudgetExceeded | Act::HoneypotTouched | Act::UserSuspended | Act::PagesClosed => "differs",
        Act::HoneypotAdded | Act::HoneypotRemoved => "looked",
        Act::UserAdded | Act::UserReinstated | Act::MemberInvited | Act::PagesOpened => "agrees",
        Act::ReportMade | Act::ReportNoted | Act::ReportAnswered | Act::ReportClosed => "email",
        Act::RecordsImported | Act::CataloguePublished => "letter",
        Act::IncidentPublished | Act::IncidentWithdrawn => "informational",
        Act::BackupMade
        | Act::AuditExported
        | Act::AccountExported
        | Act::PreferencesExported
        | Act::CheckpointReplaced => "duplicate",
    }
}

/// `Ada Reyes, support agent`; of a command its name, of what has neither only what sort of actor it was.
fn who(entry: &AuditEntry, language: Language) -> String {
    let kind: Option<ActorKind> = entry.actor_kind.parse().ok();
    let sort = kind.map_or(entry.actor_kind.as_str(), |kind| words::actor_kind(kind).in_language(language));
    let role: Option<Role> = entry.actor_role.as_deref().and_then(|role| role.parse().ok());
    let role = role.map(|role| lookups::role(role).in_language(language));
    match (&entry.actor_name, kind) {
        (Some(name), Some(ActorKind::User)) => format!("{name}, {}", role.unwrap_or(sort)),
        (Some(name), _) => format!("{name}: {sort}"),
        (None, Some(ActorKind::Unproved)) => sort.to_owned(),
        (None, _) => match &entry.actor_id {
            Some(id) => format!("{sort}: {id}"),
            None => sort.to_owned(),
        },
    }
}

fn why(reason: &str, language: Language) -> impl IntoView + use<> {
    let why = match words::known_reason(reason) {
        Some(known) => known.in_language(language).to_owned(),
        None => desk::quoted(reason, language),
    };
    view! { <p class="entry-why">{why}</p> }
}

fn facts(entry: &AuditEntry, page: &AuditPage, language: Language) -> impl IntoView + use<> {
    let account = entry.account_id.as_deref().map(|number| words::account_number(number, language));
    let client = entry.client.as_deref().map(|client| words::from_client(client, language));
    let whom = entry.subject.as_ref().and_then(|subject| page.people.get(subject));
    let whom = whom.map(|name| words::whom(name, language));
    let facts: Vec<_> = [whom, account, client]
        .into_iter()
        .flatten()
        .map(|fact| view! { <span class="meta">{fact}</span> })
        .collect();
    (!facts.is_empty()).then(|| view! { <p class="entry-facts">{facts}</p> })
}
