mod changes;
mod devices;
mod open;
mod people;

use engine::{AccountStatus, Span};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{AccountNowView, AccountView};

use crate::frame::{Place, icon};
use crate::hide_devices::hide_in_account;
use crate::respond::{NoPage, Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::{Text, account as words, settings};

/// What "lately" means where nothing was changed.
const LATELY_DAYS: i64 = 30;

/// What is on the account now, for somebody who wants to be sure with one look.
#[component]
pub(super) fn AccountPage() -> impl IntoView {
    let whole = use_query_map().get_untracked().get_str("devices") == Some("whole");
    respond(move |visit| async move { write(&visit, whole).await })
}

async fn write(visit: &Visit, whole: bool) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let mut account = customer.account.clone();
    if whole {
        visit.confirmed(Then::Devices).await?;
    } else {
        hide_in_account(&mut account);
    }
    let since = visit.now.minus(Span::days(LATELY_DAYS));
    let now = visit.context.store.read_account_now(&customer.scope, visit.now, since).await?;
    let body = body(Shown { visit, account: &account, now: &now, whole });
    Ok(Page { title: words::TITLE, place: Place::Account, body: body.into_any() })
}

/// An account on its page.
#[derive(Clone, Copy)]
struct Shown<'a> {
    visit: &'a Visit,
    account: &'a AccountView,
    now: &'a AccountNowView,
    /// With the whole numbers of devices.
    whole: bool,
}

impl Shown<'_> {
    /// Whether there is nothing to say of a part of the page: to a member, that nothing is theirs says nothing of the account.
    fn is_silent(self, nothing_of_theirs: bool) -> bool {
        self.account.is_part && nothing_of_theirs
    }

    fn say(self, text: Text) -> &'static str {
        text.in_language(self.visit.language())
    }
}

fn body(shown: Shown) -> impl IntoView + use<> {
    let part = shown.account.is_part.then(|| view! { <p class="lead">{shown.say(words::MEMBERS_PART)}</p> });
    view! {
        <h1>{shown.say(words::HEADING)}</h1>
        {part}
        {changes::lead(shown)}
        <div class="cards" data-owner=shown.visit.mark(&shown.account.id)>
            {(!shown.is_silent(shown.now.open.is_empty())).then(|| open::open(shown))}
            {(!shown.is_silent(shown.now.changes.is_empty())).then(|| changes::changes(shown))}
            {devices::lines(shown)}
            {(!shown.is_silent(shown.account.devices.is_empty())).then(|| devices::devices(shown))}
            {(!shown.is_silent(shown.now.plans.is_empty())).then(|| open::plan(shown))}
            {people::people(shown)}
            {yours(shown)}
        </div>
    }
}

/// A part of the page under its heading.
fn card<Body: IntoView + 'static>(id: &'static str, title: &'static str, body: Body) -> AnyView {
    view! {
        <section class="slip card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body.into_any()}
        </section>
    }
    .into_any()
}

/// What else is theirs to see and to choose.
fn yours(shown: Shown) -> AnyView {
    let links: Vec<_> = [
        ("/settings", settings::TO_SETTINGS),
        ("/export", settings::EXPORT),
        ("/statement", settings::STATEMENT),
    ]
    .map(|(address, name)| view! { <li><a href=address>{shown.say(name)}</a></li> })
    .into();
    card("yours", shown.say(settings::MORE), view! { <ul class="links">{links}</ul> })
}

/// Whether the account is in use, by icon and words.
fn status(shown: Shown) -> impl IntoView + use<> {
    let (code, text) = match shown.account.status {
        AccountStatus::Active => ("matched", words::ACTIVE),
        AccountStatus::Suspended => ("waiting", words::SUSPENDED),
        AccountStatus::Closed => ("informational", words::IS_CLOSED),
        AccountStatus::Other => ("informational", words::OTHER_STATUS),
    };
    view! { <span class=format!("status status-{code}")>{icon(code)}{shown.say(text)}</span> }
}
