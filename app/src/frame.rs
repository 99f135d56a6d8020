//! What surrounds every page: the way past it, the head, the foot.

use std::sync::Arc;

use engine::AccountStatus;
use leptos::prelude::*;
use leptos_meta::{Html, Meta, Title};
use store::Role;

use crate::respond::Page;
use crate::set_language::SetLanguage;
use crate::sign_out::SignOut;
use crate::step_up::Then;
use crate::visit::{AUDIT, DESK, DESK_REPORTS, HISTORY, REPORTS, SEEN, Visit, Visitor};
use crate::words::{Text, account, frame as words, offline, security};

/// Where among the pages one is, as its navigation shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The history itself.
    History,
    /// What is on the account now.
    Account,
    /// Who looked at the account.
    Lookups,
    /// What a customer reported, or what waits for the desk.
    Reports,
    /// How one wants to be spoken to and told things.
    Settings,
    /// The desk, and what is opened from it.
    Desk,
    /// The audit log.
    Audit,
    /// Whose data a credential has seen.
    Seen,
    /// The check of a message.
    Check,
    /// What was published about what went wrong.
    Incidents,
    /// Any other page.
    Elsewhere,
}

/// All of the icons, defined once a page.
const ICONS: &str = include_str!("frame/icons.svg");

/// A page with all that surrounds it.
#[component]
pub(crate) fn Frame(visit: Arc<Visit>, page: Page) -> impl IntoView {
    let language = visit.language();
    let is_closed = visit.account().is_some_and(|account| account.status == AccountStatus::Closed);
    let closed = is_closed.then(|| {
        view! { <p class="closed">{icon("lock")}<span>{account::CLOSED.in_language(language)}</span></p> }
    });
    let title = format!("{} · {}", page.title.in_language(language), visit.context.brand);
    view! {
        <Html attr:lang=language.tag()/>
        <Title text=title/>
        <Meta name="description" content=offline::APP_WHAT.in_language(language)/>
        <a class="skip" href="#main">{words::SKIP.in_language(language)}</a>
        <Top visit=Arc::clone(&visit) place=page.place/>
        <main class="page" id="main" tabindex="-1">{closed}{page.body}</main>
        <Foot visit/>
    }
}

/// The icons that [`icon`] draws from.
#[component]
pub(crate) fn Sprite() -> impl IntoView {
    view! { <svg class="sprite" aria-hidden="true" focusable="false" inner_html=ICONS></svg> }
}

/// An icon by its name. It says nothing by itself: text stands beside it.
pub(crate) fn icon(name: &str) -> impl IntoView + use<> {
    picture("icon", name)
}

/// An icon drawn large, or as a mark.
pub(crate) fn picture(class: &'static str, name: &str) -> impl IntoView + use<> {
    view! { <svg class=class aria-hidden="true"><use href=format!("#i-{name}")></use></svg> }
}

#[component]
fn Top(visit: Arc<Visit>, place: Place) -> impl IntoView {
    let brand = visit.context.brand.to_string();
    view! {
        <header class="top">
            <a class="brand" href="/">{picture("mark", "mark")}{brand}</a>
            {navigation(&visit, place)}
            <Who visit/>
        </header>
    }
}

/// The ways that are open to the visitor: to their own pages, and to the check that is everybody's.
fn navigation(visit: &Visit, place: Place) -> impl IntoView + use<> {
    let language = visit.language();
    let links: Vec<_> = own_places(&visit.visitor)
        .iter()
        .chain(&[(Place::Check, "/check", words::CHECK)])
        // Whoever is signed in has them on what they touched, and at the foot.
        .chain(visit.session.is_none().then_some(&INCIDENTS))
        .map(|(of, address, name)| {
            let current = (place == *of).then_some("page");
            view! { <li><a href=*address aria-current=current>{name.in_language(language)}</a></li> }
        })
        .collect();
    view! { <nav class="nav" aria-label=words::MAIN.in_language(language)><ul>{links}</ul></nav> }
}

const INCIDENTS: (Place, &str, Text) = (Place::Incidents, "/incidents", words::INCIDENTS);

/// Where a visitor may go besides.
fn own_places(visitor: &Visitor) -> &'static [(Place, &'static str, Text)] {
    match visitor {
        Visitor::Customer(customer) if customer.scope.is_members() => &[
            (Place::History, HISTORY, words::HISTORY),
            (Place::Account, "/account", words::ACCOUNT),
            (Place::Reports, REPORTS, words::REPORTS),
            (Place::Settings, "/settings", words::SETTINGS),
        ],
        Visitor::Customer(_) => &[
            (Place::History, HISTORY, words::HISTORY),
            (Place::Account, "/account", words::ACCOUNT),
            (Place::Reports, REPORTS, words::REPORTS),
            (Place::Lookups, "/settings/lookups", words::WHO_LOOKED),
            (Place::Settings, "/settings", words::SETTINGS),
        ],
        Visitor::Staff(staff) if staff.role == Role::Supervisor => &[
            (Place::Desk, DESK, words::DESK),
            (Place::Reports, DESK_REPORTS, words::REPORTS),
            (Place::Seen, SEEN, words::WHO_SAW),
        ],
        Visitor::Staff(_) => {
            &[(Place::Desk, DESK, words::DESK), (Place::Reports, DESK_REPORTS, words::REPORTS)]
        }
        Visitor::Auditor(_) => &[(Place::Audit, AUDIT, words::AUDIT), (Place::Seen, SEEN, words::WHO_SAW)],
        Visitor::WithoutAccount { .. } | Visitor::WhileClosed | Visitor::Lapsed | Visitor::Stranger => &[],
    }
}

#[component]
fn Who(visit: Arc<Visit>) -> impl IntoView {
    let language = visit.language();
    let (other, other_name) = words::other_language(language);
    let owner = visit.account().map(|account| visit.mark(&account.id));
    let name = visit.signed_in_as().map(str::to_owned).map(|name| {
        view! {
            <a class="who-name" data-owner=owner.clone() href=Then::Security.address()>
                <span class="hidden">{words::SIGNED_IN_AS.in_language(language)}</span>
                {name}
                <span class="hidden">{words::AND_SECURITY.in_language(language)}</span>
            </a>
        }
    });
    let sign_out = visit.signed_in_as().map(|_| {
        let action = ServerAction::<SignOut>::new();
        view! {
            <ActionForm action>
                <button class="button button-plain">{words::SIGN_OUT.in_language(language)}</button>
            </ActionForm>
        }
    });
    let action = ServerAction::<SetLanguage>::new();
    view! {
        <div class="who">
            {name}
            <ActionForm action>
                <button class="button button-plain" name="language" value=other.tag() lang=other.tag()>
                    {other_name}
                </button>
            </ActionForm>
            {sign_out}
        </div>
    }
}

#[component]
fn Foot(visit: Arc<Visit>) -> impl IntoView {
    let kept = if visit.is_staff() {
        words::FOOT_OF_STAFF.in_language(visit.language()).to_owned()
    } else {
        words::foot(&visit.context.brand, visit.language())
    };
    let zone = visit.account().map(|_| format!(" {}", visit.locale.zone_sentence()));
    let security = visit.session.is_some().then(|| {
        let say = security::HEADING.in_language(visit.language());
        view! { <p><a href=Then::Security.address()>{say}</a></p> }
    });
    let incidents = view! { <p><a href=INCIDENTS.1>{INCIDENTS.2.in_language(visit.language())}</a></p> };
    view! { <footer class="foot"><p>{kept}{zone}</p>{security}{incidents}</footer> }
}
