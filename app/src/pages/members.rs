use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{MemberAccess, MemberState};

use crate::clock::Clock;
use crate::frame::{Place, icon};
use crate::invite_member::{InviteMember, WithdrawMember};
use crate::respond::{NoPage, Page, respond};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::{Text, members as words, ticket};

/// The account's members, and which of them sign in; for its holder.
#[component]
pub(super) fn Members() -> impl IntoView {
    let notice = Notice::of_address();
    respond(move |visit| async move { write(&visit, notice).await })
}

async fn write(visit: &Visit, notice: Option<Notice>) -> Result<Page, NoPage> {
    let holder = visit.holder()?;
    let members = visit.context.store.read_members(&holder.scope).await?;
    let key = visit.signed_in()?;
    let is_confirmed = visit.context.store.confirmed_until(key, Clock::System.now()).await?.is_some();
    let language = visit.language();
    let listed = if members.is_empty() {
        view! { <p class="slip look">{words::NONE.in_language(language)}</p> }.into_any()
    } else {
        let items: Vec<_> = members.iter().map(|member| item(visit, member, is_confirmed)).collect();
        view! { <ol class="looks">{items}</ol> }.into_any()
    };
    let asides = [(words::SEE, words::SEE_WHAT), (words::WHO, words::WHO_WHAT)];
    let asides = Vec::from(asides.map(|(title, what)| aside(title, what, visit)));
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)}</p>
        {notice.map(|notice| notice.view(visit))}
        <div class="columns looks-columns">
            {listed}
            <div class="asides">{asides}</div>
        </div>
    };
    Ok(Page { title: words::HEADING, place: Place::Elsewhere, body: body.into_any() })
}

fn aside(title: Text, what: Text, visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <section class="slip">
            <h2>{title.in_language(language)}</h2>
            <p>{what.in_language(language)}</p>
        </section>
    }
}

fn item(visit: &Visit, member: &MemberAccess, is_confirmed: bool) -> impl IntoView + use<> {
    let language = visit.language();
    let unnamed = || words::NO_NAME.in_language(language).to_owned();
    let name = member.name.clone().unwrap_or_else(unnamed);
    let address = match &member.address {
        Some(address) => address.clone(),
        None => words::NO_ADDRESS.in_language(language).to_owned(),
    };
    let lines: Vec<String> = member.lines.iter().map(|line| visit.locale.phone(line)).collect();
    let lines = (!lines.is_empty()).then(|| view! { <span class="meta">{lines.join(" · ")}</span> });
    let (code, state) = match member.state {
        MemberState::NoSignIn => ("informational", words::NO_SIGN_IN.in_language(language).to_owned()),
        MemberState::Invited(at) => ("waiting", words::invited(&visit.locale.in_full(at), language)),
        MemberState::SignsIn(at) => ("matched", words::signs_in(&visit.locale.in_full(at), language)),
        MemberState::Withdrawn(at) => {
            ("informational", words::withdrawn(&visit.locale.in_full(at), language))
        }
    };
    let actions = member.address.as_ref().map(|address| actions(visit, member, address, &name, is_confirmed));
    view! {
        <li class="slip look" data-owner=visit.mark(&member.owner)>
            <h2 class="slip-title">{name}</h2>
            <p class="slip-foot"><span class="meta">{address}</span>{lines}</p>
            <p><span class=format!("status status-{code}")>{icon(code)}{state}</span></p>
            {actions}
        </li>
    }
}

/// What the holder may do about a member's sign-in; where their password is to be given first, the way there.
fn actions(
    visit: &Visit,
    member: &MemberAccess,
    address: &str,
    name: &str,
    is_confirmed: bool,
) -> impl IntoView + use<> {
    let (may_invite, may_withdraw) = match member.state {
        MemberState::NoSignIn | MemberState::Withdrawn(_) => (Some(words::INVITE), false),
        MemberState::Invited(_) => (Some(words::INVITE_AGAIN), true),
        MemberState::SignsIn(_) => (None, true),
    };
    let language = visit.language();
    if !is_confirmed {
        let wish = if may_withdraw { words::CHANGE } else { words::INVITE };
        let label = label(wish.in_language(language), name);
        let confirm = Then::Members.confirm_address();
        return view! { <p class="actions"><a class="button" href=confirm>{label}</a></p> }.into_any();
    }
    let invite = may_invite.map(|text| {
        let (action, address) = (ServerAction::<InviteMember>::new(), address.to_owned());
        let label = label(text.in_language(language), name);
        view! {
            <ActionForm action>
                <input type="hidden" name="member" value=address/>
                <button class="button button-main">{label}</button>
            </ActionForm>
        }
    });
    let withdraw = may_withdraw.then(|| {
        let (action, address) = (ServerAction::<WithdrawMember>::new(), address.to_owned());
        let label = label(words::WITHDRAW.in_language(language), name);
        view! {
            <ActionForm action>
                <input type="hidden" name="member" value=address/>
                <button class="button">{label}</button>
            </ActionForm>
        }
    });
    view! { <div class="actions">{invite}{withdraw}</div> }.into_any()
}

/// What a button says, and for readers of the screen of whom.
fn label(says: &'static str, name: &str) -> impl IntoView + use<> {
    let whom = format!(": {name}");
    view! { {says} <span class="hidden">{whom}</span> }
}

/// What is said of a form that was sent. An address may be anybody's work: only these fixed words are shown for it.
#[derive(Clone, Copy)]
enum Notice {
    Invited,
    Withdrawn,
    Unknown,
    Already,
    Many,
    Failed,
}

impl Notice {
    fn of_address() -> Option<Self> {
        let query = use_query_map().get_untracked();
        Some(match (query.get_str("__err"), query.get_str("done")) {
            (Some("unknown"), _) => Self::Unknown,
            (Some("already"), _) => Self::Already,
            (Some("many"), _) => Self::Many,
            (Some(_), _) => Self::Failed,
            (None, Some("invited")) => Self::Invited,
            (None, Some("withdrawn")) => Self::Withdrawn,
            (None, _) => return None,
        })
    }

    fn view(self, visit: &Visit) -> impl IntoView + use<> {
        let (title, what) = match self {
            Self::Invited => (words::INVITED, words::INVITED_WHAT),
            Self::Withdrawn => (words::WITHDRAWN, words::WITHDRAWN_WHAT),
            Self::Unknown => (words::UNKNOWN, words::UNKNOWN_WHAT),
            Self::Already => (words::ALREADY, words::ALREADY_WHAT),
            Self::Many => (words::MANY, words::MANY_WHAT),
            Self::Failed => (ticket::FAILED, ticket::FAILED_THEN),
        };
        let said = view! {
            <h2>{title.in_language(visit.language())}</h2>
            <p>{what.in_language(visit.language())}</p>
        };
        if matches!(self, Self::Invited | Self::Withdrawn) {
            view! { <div class="alert calm" role="status">{icon("agrees")}{said}</div> }.into_any()
        } else {
            view! { <div class="alert" role="alert" tabindex="-1" autofocus>{icon("unmatched")}{said}</div> }
                .into_any()
        }
    }
}

/// The way to the page, for a holder whose account has members.
pub(super) fn members_aside(visit: &Visit) -> Option<AnyView> {
    let account = visit.account().filter(|account| !account.is_part && !account.members.is_empty())?;
    let (language, owner) = (visit.language(), visit.mark(&account.id));
    Some(
        view! {
            <section class="slip" aria-labelledby="members" data-owner=owner>
                <h2 id="members">{words::HEADING.in_language(language)}</h2>
                <p>{words::ASIDE.in_language(language)}</p>
                <p class="actions">
                    <a class="button" href=Then::Members.address()>{words::CHANGE.in_language(language)}</a>
                </p>
            </section>
        }
        .into_any(),
    )
}
