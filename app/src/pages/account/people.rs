use leptos::prelude::*;

use super::{Shown, card, status};
use crate::step_up::Then;
use crate::words::{Text, account as words, members};

/// Whose the account is, and where its messages go.
pub(super) fn people(shown: Shown) -> impl IntoView + use<> {
    let account = shown.account;
    // A member is shown none of the others.
    let holder = (!account.is_part)
        .then(|| person(shown, words::HOLDER, account.name.as_deref(), &account.emails, &account.phones));
    let others: Vec<_> = (account.members.iter())
        .map(|member| person(shown, words::MEMBER, member.name.as_deref(), &member.emails, &member.phones))
        .collect();
    let manage = (!account.is_part && !account.members.is_empty()).then(|| {
        view! { <p><a href=Then::Members.address()>{shown.say(members::SIGN_INS)}</a></p> }
    });
    let body = view! {
        <p class="hint">{shown.say(words::PEOPLE_LEAD)}</p>
        <ul class="items">{holder}{others}</ul>
        {manage}
        <dl class="rows">
            <div><dt>{shown.say(words::STATUS)}</dt><dd>{account.id.to_string()}" "{status(shown)}</dd></div>
        </dl>
    };
    card("people", shown.say(words::PEOPLE), body)
}

fn person(
    shown: Shown,
    what: Text,
    name: Option<&str>,
    emails: &[String],
    phones: &[String],
) -> impl IntoView + use<> {
    let name = name.unwrap_or(shown.say(words::NO_NAME)).to_owned();
    let phones = phones.iter().map(|phone| shown.visit.locale.phone(phone));
    let addresses: Vec<_> =
        emails.iter().cloned().chain(phones).map(|address| view! { <li>{address}</li> }).collect();
    view! {
        <li>
            <h3>{name}" "<span class="role">{shown.say(what)}</span></h3>
            <ul class="item-details">{addresses}</ul>
        </li>
    }
}
