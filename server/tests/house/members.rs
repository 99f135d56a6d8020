//! A member of an account, from the holder's invitation on.

use engine::Account;
use reqwest::StatusCode;
use server::fill_demo::DemoSignIn;

use crate::house::House;
use crate::place::on_both_databases;
use crate::reports::report;
use crate::visitor::Visitor;

const NEW: &str = "mallow beside the old weir";
const MEMBERS: &str = "/settings/members";

/// A customer who has given their password again.
pub async fn confirmed(house: &House, whom: &DemoSignIn) -> Visitor {
    let visitor = house.signed_in(whom).await;
    let form = [("password", whom.password), ("then", MEMBERS)];
    assert_eq!(visitor.post("/settings/security/confirm", &form).await.location(), MEMBERS);
    visitor
}

/// The same, with the address of a member whom they have not invited.
pub async fn confirmed_holder(house: &House) -> (Visitor, String) {
    let account = house.account(&house.touched.customer.account);
    let member = account.members[1].emails[0].clone();
    (confirmed(house, &house.touched).await, member)
}

pub fn own_messages(house: &House, account: &Account, place: usize) -> Vec<String> {
    let member = &account.members[place];
    let is_theirs = |recipient: &str| {
        member.emails.iter().any(|email| email.eq_ignore_ascii_case(recipient.trim()))
            || member.phones.iter().chain(&member.lines).any(|number| number.as_str() == recipient)
    };
    let own = house.messages.iter().filter(|message| is_theirs(&message.recipient));
    own.map(|message| message.id.to_string()).collect()
}

on_both_databases!(a_member_is_invited_sees_their_own_and_is_let_go, |place| {
    let house = House::open(place).await;
    let account = house.account(&house.touched.customer.account);
    let unconfirmed = house.signed_in(&house.touched).await;
    let refused = unconfirmed.post(MEMBERS, &[("member", &account.members[1].emails[0])]).await;
    assert_eq!(refused.location(), "/settings/security/confirm?then=/settings/members");
    let (holder, address) = confirmed_holder(&house).await;
    assert!(holder.get(MEMBERS).await.seen().contains("No sign-in yet"));
    let invited = holder.post(MEMBERS, &[("member", &address)]).await;
    assert_eq!(invited.location(), "/settings/members?done=invited");
    let mails = house.mails(1).await;
    assert!(mails[0].contains(&format!("To: {address}")), "{}", mails[0]);
    let (_, rest) = mails[0].split_once("/welcome/").expect("a link");
    let link = format!("/welcome/{}", rest.split_whitespace().next().expect("a token"));

    let member = house.visitor();
    assert_eq!(member.get(&link).await.location(), "/new-password");
    assert_eq!(member.post("/new-password", &[("password", NEW)]).await.location(), "/history");
    assert!(holder.get(MEMBERS).await.seen().contains("Signs in since"));

    let own = own_messages(&house, account, 1);
    let of_account = house.messages_of(&account.id);
    assert!(!own.is_empty() && own.len() < of_account.len(), "{} of {}", own.len(), of_account.len());
    for id in own.iter().take(5) {
        assert_eq!(member.get(&format!("/messages/{id}")).await.status, StatusCode::OK, "{id}");
    }
    for id in of_account.iter().filter(|id| !own.contains(*id)).take(20) {
        assert_eq!(member.get(&format!("/messages/{id}")).await.status, StatusCode::NOT_FOUND, "{id}");
    }
    let shown = member.get("/history").await;
    assert!(shown.messages().iter().all(|id| own.contains(id) || id.starts_with("counterfoil-")));
    let others = account.emails.iter().chain(&account.members[0].emails);
    let account_page = member.get("/account").await;
    for other in others {
        assert!(!account_page.body.contains(other.as_str()) && !shown.body.contains(other.as_str()));
    }
    let said = account_page.seen();
    assert!(
        said.contains("You are a member of this account") && !said.contains("never changed in our records")
    );
    for path in ["/settings/lookups", MEMBERS] {
        assert_eq!(member.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }

    let others = of_account.iter().find(|id| !own.contains(*id)).unwrap();
    let form = [("about", "message"), ("id", others), ("says", "not_me"), ("note", "")];
    assert_eq!(member.post("/reports", &form).await.location(), "/reports?__err=gone");
    let mine = report(&member, ("message", &own[0]), "not_me", "I know nothing of it").await;
    assert!(member.get(&mine).await.seen().contains("I know nothing of it"));
    assert_eq!(holder.get(&mine).await.status, StatusCode::NOT_FOUND, "what one says is one's own");

    let withdrawn = holder.post("/settings/members/withdraw", &[("member", &address)]).await;
    assert_eq!(withdrawn.location(), "/settings/members?done=withdrawn");
    assert!(!member.is_signed_in().await, "at once");
    assert_eq!(house.visitor().try_sign_in(&address, NEW).await.location(), "/sign-in?__err=refused");
});
