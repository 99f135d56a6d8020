//! Becoming a customer, and setting a password again, by a link to an address on file.

use std::time::Duration;

use engine::{Account, Language, Span};
use reqwest::StatusCode;
use serde_json::json;

use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::v1::{NDJSON, key};
use crate::visitor::{Answer, Visitor};

const NEW: &str = "mallow beside the old weir";

/// An account that nobody signs in for yet, spoken to in English.
fn stranger(house: &House) -> &Account {
    let taken = [&house.touched.customer.account, &house.untouched.customer.account];
    let mut free = house.accounts.iter().filter(|account| !taken.contains(&&account.id));
    free.find(|account| !account.emails.is_empty() && account.language() == Language::En)
        .expect("an account with an address")
}

async fn ask(visitor: &Visitor, email: &str) -> Answer {
    visitor.post("/welcome", &[("email", email)]).await
}

/// The path in a mail's link.
fn link(mail: &str) -> String {
    let (_, rest) = mail.split_once("/welcome/").expect("a link");
    format!("/welcome/{}", rest.split_whitespace().next().expect("a token"))
}

/// Follows a link as a browser does.
async fn follow(visitor: &Visitor, link: &str) -> Answer {
    let answer = visitor.get(link).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/new-password"));
    visitor.get("/new-password").await
}

async fn set(visitor: &Visitor, password: &str) -> String {
    visitor.post("/new-password", &[("password", password)]).await.location().to_owned()
}

/// Somebody who has followed the link that was sent to an address on file.
pub async fn by_link(house: &House) -> Visitor {
    let visitor = house.visitor();
    ask(&visitor, &stranger(house).emails[0]).await;
    // Others may have mail, too.
    let mut count = 1;
    loop {
        let mails = house.mails(count).await;
        if let Some(mail) = mails.iter().find(|mail| mail.contains("/welcome/")) {
            follow(&visitor, &link(mail)).await;
            return visitor;
        }
        count = mails.len() + 1;
    }
}

on_both_databases!(who_has_the_address_on_file_becomes_a_customer, |place| {
    let house = House::open(place).await;
    let email = stranger(&house).emails[0].clone();
    let visitor = house.visitor();
    assert!(visitor.get("/sign-in").await.body.contains("href=\"/welcome\""));
    assert!(visitor.get("/welcome").await.seen().contains("Your email address"));
    let answer = ask(&visitor, &format!(" {} ", email.to_uppercase())).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/welcome?sent"));
    let mails = house.mails(1).await;
    assert!(mails[0].contains(&format!("To: {email}")), "{}", mails[0]);
    assert!(
        mails[0].contains("Auto-Submitted: auto-generated")
            && mails[0].contains("From: no-reply@larkspur.example")
    );
    let link = link(&mails[0]);

    // What checks mail follows its links, and asks for more than once.
    let scanner = house.visitor();
    assert!(follow(&scanner, &link).await.seen().contains(&email));
    let page = follow(&visitor, &link).await;
    assert!(page.seen().contains(&email) && page.status == StatusCode::OK);
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "same-origin"));
    let token = link.rsplit('/').next().expect("a token");
    assert!(!page.body.contains(token));
    for (password, why) in [
        ("too short", "short"),
        ("password password 2024", "common"),
        (&format!("{email}1"), "common"),
        (&"x y".repeat(500), "long"),
    ] {
        assert_eq!(set(&visitor, password).await, format!("/new-password?__err={why}"), "{password}");
        assert!(!visitor.is_signed_in().await);
    }
    assert!(visitor.get("/new-password?__err=short").await.seen().contains("at least 15 characters"));
    assert_eq!(set(&visitor, NEW).await, "/history");
    assert!(visitor.is_signed_in().await);
    assert_eq!(set(&scanner, "another one by the weir").await, "/new-password");
    assert!(!scanner.is_signed_in().await);
    assert!(follow(&scanner, &link).await.seen().contains("works no longer"));
    house.visitor().sign_in(&email, NEW).await;

    let mails = house.mails(2).await;
    assert!(mails[1].contains("Subject: Your password was set") && !mails[1].contains("/welcome/"));
    stands_in_the_history(&visitor, token).await;
});

/// Both mails are messages that match, and their history tells nobody the link.
async fn stands_in_the_history(visitor: &Visitor, token: &str) {
    let history = visitor.get("/history").await;
    let mut ours: Vec<String> = history.messages().into_iter().collect();
    ours.retain(|id| id.starts_with("counterfoil-"));
    assert_eq!(ours.len(), 2, "{}", history.seen());
    let mut texts = String::new();
    for id in ours {
        let page = visitor.get(&format!("/messages/{id}")).await;
        assert!(page.seen().contains("Matches your activity"), "{}", page.seen());
        texts.push_str(&page.seen());
    }
    assert!(texts.contains("The link was in the mail. It is left out here"), "{texts}");
    assert!(!texts.contains(token) && !history.body.contains(token));
}

on_both_databases!(who_has_not_gets_the_same_answer_and_no_mail, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let known = ask(&visitor, &stranger(&house).emails[0]).await;
    house.mails(1).await;
    let members =
        house.accounts.iter().flat_map(|account| &account.members).flat_map(|member| &member.emails);
    // One member signs in already.
    let uninvited = members.filter(|email| **email != house.member.customer.sign_in);
    let mut unknown: Vec<String> = uninvited.take(2).cloned().collect();
    unknown.extend(["nobody@example.org".to_owned(), house.agent.sign_in.to_owned()]);
    for email in unknown {
        let answer = ask(&visitor, &email).await;
        assert_eq!((answer.status, answer.location()), (known.status, known.location()), "{email}");
        let names = |answer: &Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!((names(&answer), &answer.body), (names(&known), &known.body), "{email}");
    }
    for no_address in ["", "Maya Okonkwo", &"a@".repeat(200)] {
        assert_eq!(ask(&visitor, no_address).await.location(), "/welcome?__err=unreadable");
    }
    // Acts are done one after the other: with this one's mail, those before are done.
    ask(&visitor, &house.touched.customer.sign_in).await;
    assert_eq!(house.mails(2).await.len(), 2);
});

on_both_databases!(a_password_is_set_again_and_what_was_open_ends, |place| {
    let house = House::open(place).await;
    let email = &house.touched.customer.sign_in;
    let open = house.signed_in(&house.touched).await;
    let visitor = house.visitor();
    ask(&visitor, email).await;
    let link = link(&house.mails(1).await[0]);
    let before = visitor.get(&link).await.session_cookie();
    assert_eq!(set(&visitor, NEW).await, "/history");
    assert!(visitor.is_signed_in().await && !open.is_signed_in().await);
    assert_eq!(before, None, "a session begins with the password");
    let old = house.visitor().try_sign_in(email, house.touched.password).await;
    assert_eq!(old.location(), "/sign-in?__err=refused");
    for not_a_link in ["/welcome/x", &format!("/welcome/{}", "0".repeat(32))] {
        assert!(
            follow(&house.visitor(), not_a_link).await.seen().contains("works no longer"),
            "{not_a_link}"
        );
    }
});

on_both_databases!(guesses_are_slowed_down_and_the_owner_gets_in, |place| {
    let house = House::open(place).await;
    let known = &house.touched.customer.sign_in;
    let owner = house.signed_in(&house.touched).await;
    owner.post("/sign-out", &[]).await;
    let guess = async |sign_in: &str| {
        let guesser = house.visitor();
        let mut answers = Vec::new();
        for _ in 0..5 {
            answers.push(guesser.try_sign_in(sign_in, "mallow in the hedgerow").await.location().to_owned());
        }
        answers
    };
    let (of_known, of_unknown) = tokio::join!(guess(known), guess("nobody@example.org"));
    assert_eq!(of_known, of_unknown);
    assert_eq!(of_known[3..], ["/sign-in?__err=refused", "/sign-in?__err=soon"]);
    let elsewhere = house.visitor().try_sign_in(known, house.touched.password).await;
    assert_eq!(elsewhere.location(), "/sign-in?__err=soon");
    let page = owner.get("/sign-in?__err=soon").await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "30"));
    owner.sign_in(known, house.touched.password).await;
});

on_both_databases!(a_change_of_address_is_told_to_the_old_one, |place| {
    let house = House::open(place).await;
    let account = house.account(&house.untouched.customer.account);
    let mut changed = account.clone();
    (changed.emails, changed.revision) = (vec!["new@example.org".to_owned()], account.revision + 1);
    let key = key(&place.store().await, Span::days(1)).await;
    let answer = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = answer.post(house.url("/v1/accounts")).bearer_auth(key).header("content-type", NDJSON);
    let answer = answer.body(json!(changed).to_string()).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let mails = house.mails(account.emails.len()).await;
    for (mail, old) in mails.iter().zip(&account.emails) {
        assert!(mail.contains(&format!("To: {old}")) && !mail.contains("new@example.org"), "{mail}");
    }
});

/// Asks of each sort that are timed.
const TIMED: usize = 1_000;

#[tokio::test]
async fn who_is_known_waits_no_longer_than_who_is_not() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    let visitor = house.visitor();
    let email = &stranger(&house).emails[0];
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..2 * TIMED {
        // Neither sort always follows the other.
        let is_known = (round / 2 + round) % 2 == 0;
        let email = if is_known { email } else { "nobody@example.org" };
        // Each from an address of its own, as the proxy says.
        let from = format!("203.0.{}.{}", 113 + round / 250, 1 + round % 250);
        let form = visitor.form("/welcome", &[("email", email)]).header("x-forwarded-for", from);
        let form = form.header("sec-fetch-site", "same-origin");
        let began = server::clock::begin_timing();
        let answer = crate::visitor::send(form).await;
        let took = began.elapsed();
        assert_eq!(answer.location(), "/welcome?sent");
        if is_known { &mut known } else { &mut unknown }.push(took);
        // What is done after an answer is done before the next is timed, and no more waits than may.
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[TIMED / 2], unknown[TIMED / 2]);
    println!("median of known {known:?}, of unknown {unknown:?}");
    assert!(known.abs_diff(unknown) < Duration::from_millis(2), "{known:?} {unknown:?}");
}
