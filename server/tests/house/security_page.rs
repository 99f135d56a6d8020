//! Where somebody is signed in, and the password that is asked for again.

use reqwest::StatusCode;
use reqwest::header::USER_AGENT;

use crate::desk::look_up;
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor, send};

const SECURITY: &str = "/settings/security";
const CONFIRM: &str = "/settings/security/confirm";
const PASSWORD: &str = "/settings/security/password";
const END: &str = "/settings/security/end";
const END_OTHERS: &str = "/settings/security/end-others";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const WRONG: &str = "mallow in the hedgerow";
const NEW: &str = "a kettle on the window sill";

/// The handles of the sessions that can be ended one by one.
fn handles(page: &Answer) -> Vec<String> {
    page.values("name=\"session\" value=\"").map(str::to_owned).collect()
}

async fn confirm(visitor: &Visitor, password: &str, then: &str) -> Answer {
    visitor.post(CONFIRM, &[("password", password), ("then", then)]).await
}

/// Gives the password again, and the session gets another id.
async fn confirmed(visitor: &Visitor, password: &str, then: &str) {
    let answer = confirm(visitor, password, then).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, then));
}

on_both_databases!(a_person_sees_their_sessions_and_ends_one, |place| {
    let house = House::open(place).await;
    let (sign_in, password) = (&house.touched.customer.sign_in, house.touched.password);
    let (phone, laptop) = (house.visitor(), house.visitor());
    let other = house.signed_in(&house.untouched).await;
    let form = [("sign_in_name", sign_in.as_str()), ("password", password)];
    let cookie = send(
        laptop.form("/sign-in", &form).header("sec-fetch-site", "same-origin").header(USER_AGENT, FIREFOX),
    )
    .await
    .session_cookie()
    .expect("a session begins");
    phone.sign_in(sign_in, password).await;

    let page = phone.get(SECURITY).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let seen = page.seen();
    assert!(seen.contains("Devices and sessions") && seen.contains("This device"), "{seen}");
    assert!(seen.contains("Firefox · Linux") && seen.contains("Unknown browser"), "{seen}");
    let ids = [cookie.strip_prefix("counterfoil=").unwrap()];
    assert!(ids.iter().all(|id| !page.body.contains(id)), "an id is never shown");
    let [handle] = &handles(&page)[..] else { panic!("one other session: {:?}", handles(&page)) };

    assert_eq!(handles(&other.get(SECURITY).await).len(), 0, "somebody else's are their own");
    let answer = other.post(END, &[("session", handle)]).await;
    assert_eq!(answer.location(), "/settings/security?__err=gone");
    assert!(laptop.is_signed_in().await, "and end nobody else's");

    let answer = phone.post(END, &[("session", handle)]).await;
    assert_eq!(answer.location(), "/settings/security?done=ended");
    assert!(!laptop.is_signed_in().await);
    assert!(phone.is_signed_in().await && other.is_signed_in().await);
    let page = phone.get("/settings/security?done=ended").await;
    assert!(page.seen().contains("The session has ended") && handles(&page).is_empty());
    let again = phone.post(END, &[("session", handle)]).await;
    assert_eq!(again.location(), "/settings/security?__err=gone");
});

on_both_databases!(all_other_sessions_end_once_the_password_was_given_again, |place| {
    let house = House::open(place).await;
    let staff = house.at_desk(&house.agent).await;
    let (other, another) = (house.at_desk(&house.agent).await, house.at_desk(&house.agent).await);
    let at_desk = async |visitor: &Visitor| visitor.get("/desk").await.status == StatusCode::OK;
    let sent = staff.post(END_OTHERS, &[]).await;
    assert_eq!(sent.location(), "/settings/security/confirm?then=/settings/security?end=others");
    assert!(staff.get(sent.location()).await.seen().contains("every session of yours but this one ends"));
    assert!(at_desk(&other).await && at_desk(&another).await, "nothing ended yet");

    let wrong = [("password", "not that one"), ("then", "/settings/security?end=others")];
    assert!(staff.post("/settings/security/confirm", &wrong).await.location().ends_with("&__err=refused"));
    assert!(at_desk(&other).await, "nor by a wrong password");
    let right = [("password", house.agent.password), ("then", "/settings/security?end=others")];
    let done = staff.post("/settings/security/confirm", &right).await;
    assert_eq!(done.location(), "/settings/security?done=others", "the password is all that is asked for");
    assert!(at_desk(&staff).await && !at_desk(&other).await && !at_desk(&another).await);
    let late = house.at_desk(&house.agent).await;
    assert_eq!(staff.post(END_OTHERS, &[]).await.location(), "/settings/security?done=others");
    assert!(at_desk(&staff).await && !at_desk(&late).await);
    assert!(staff.get(SECURITY).await.seen().contains("You are signed in here alone."));
});

on_both_databases!(a_password_given_again_gives_the_session_another_id, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let (sign_in, password) = (&house.touched.customer.sign_in, house.touched.password);
    let before = visitor.sign_in(sign_in, password).await;
    let page = visitor.get("/settings/security/confirm?then=/settings/security/password").await;
    assert!(page.seen().contains("Confirm that it is you"));
    assert_eq!(
        visitor.get(PASSWORD).await.location(),
        "/settings/security/confirm?then=/settings/security/password"
    );

    let wrong = confirm(&visitor, WRONG, PASSWORD).await;
    assert_eq!(wrong.location(), "/settings/security/confirm?then=/settings/security/password&__err=refused");
    assert!(visitor.get(wrong.location()).await.seen().contains("That is not your password"));
    assert_eq!(visitor.get(PASSWORD).await.status, StatusCode::SEE_OTHER);

    let right = confirm(&visitor, password, PASSWORD).await;
    let after = right.session_cookie().expect("a session goes on");
    assert_ne!(before, after);
    assert_eq!(visitor.get(PASSWORD).await.status, StatusCode::OK);
    assert_eq!(visitor.get_with_cookie("/history", &before).await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get_with_cookie(PASSWORD, &after).await.status, StatusCode::OK);
    let other = house.signed_in(&house.touched).await;
    assert_eq!(other.get(PASSWORD).await.status, StatusCode::SEE_OTHER, "it is good in this session alone");

    place.run_sql("update sessions set confirmed_at = confirmed_at - 299000000").await;
    assert_eq!(visitor.get(PASSWORD).await.status, StatusCode::OK);
    place.run_sql("update sessions set confirmed_at = confirmed_at - 1000000").await;
    assert_eq!(visitor.get(PASSWORD).await.status, StatusCode::SEE_OTHER, "after five minutes it is not");
});

on_both_databases!(five_wrong_passwords_end_the_session, |place| {
    let house = House::open(place).await;
    let (visitor, other) = (house.signed_in(&house.touched).await, house.signed_in(&house.touched).await);
    for _ in 0..4 {
        assert!(confirm(&visitor, WRONG, SECURITY).await.location().ends_with("__err=refused"));
    }
    assert_eq!(confirm(&visitor, house.touched.password, SECURITY).await.location(), SECURITY);
    for _ in 0..4 {
        assert!(confirm(&visitor, WRONG, SECURITY).await.location().ends_with("__err=refused"));
    }
    assert_eq!(confirm(&visitor, WRONG, SECURITY).await.location(), "/sign-in?ended");
    assert!(!visitor.is_signed_in().await && other.is_signed_in().await);
    assert_eq!(
        confirm(&house.visitor(), house.touched.password, SECURITY).await.location(),
        "/sign-in?ended"
    );
});

on_both_databases!(one_goes_on_to_our_own_pages_alone, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    for then in ["https://evil.example/", "//evil.example", "/sign-out", "javascript:alert(1)", ""] {
        let page = visitor.get(&format!("/settings/security/confirm?then={then}")).await;
        assert!(!page.body.contains("evil.example\"") && page.body.contains("value=\"/settings/security\""));
        assert_eq!(confirm(&visitor, house.touched.password, then).await.location(), SECURITY);
        place.run_sql("update sessions set confirmed_at = null").await;
    }
});

on_both_databases!(another_password_ends_all_other_sessions, |place| {
    let house = House::open(place).await;
    let (visitor, other) = (house.visitor(), house.signed_in(&house.touched).await);
    let sign_in = &house.touched.customer.sign_in;
    visitor.sign_in(sign_in, house.touched.password).await;
    let change = async |password: &str, again: &str| {
        let answer = visitor.post(PASSWORD, &[("password", password), ("again", again)]).await;
        (answer.location().to_owned(), answer.session_cookie())
    };
    let to_confirm = "/settings/security/confirm?then=/settings/security/password";
    assert_eq!(change(NEW, NEW).await.0, to_confirm);
    visitor.sign_in(sign_in, house.touched.password).await;

    confirmed(&visitor, house.touched.password, PASSWORD).await;
    assert_eq!(change("short", "short").await.0, "/settings/security/password?__err=short");
    assert_eq!(change(NEW, WRONG).await.0, "/settings/security/password?__err=other");
    let long = "é".repeat(600);
    assert_eq!(change(&long, &long).await.0, "/settings/security/password?__err=long");
    for error in ["short", "other", "long"] {
        assert!(visitor.get(&format!("{PASSWORD}?__err={error}")).await.body.contains("role=\"alert\""));
    }
    assert!(other.is_signed_in().await, "nothing changed yet");

    let (location, renewed) = change(NEW, NEW).await;
    assert_eq!(location, "/settings/security?done=changed");
    assert!(renewed.is_some() && visitor.is_signed_in().await && !other.is_signed_in().await);
    let old = house.visitor().try_sign_in(sign_in, house.touched.password).await;
    assert_eq!(old.location(), "/sign-in?__err=refused");
    house.visitor().sign_in(sign_in, NEW).await;
});

on_both_databases!(a_device_s_whole_number_is_shown_once_the_password_was_given_again, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    visitor.post("/language", &[("language", "en")]).await;
    let account = house.accounts.iter().find(|of| of.id == house.touched.customer.account).unwrap();
    let whole: Vec<String> =
        account.devices.iter().map(|device| device.imei.printed()[8..14].to_owned()).collect();
    let with_device = house.transactions.iter().find(|one| one.account == account.id && one.device.is_some());
    let with_device = with_device.expect("a transaction about a device");
    let of_transaction = with_device.device.as_ref().unwrap().imei.printed()[8..14].to_owned();
    let transaction = format!("/transactions/{}", with_device.id);
    let with_number = format!("{transaction}?device=whole");
    assert!(!whole.is_empty());

    let (page, one) = (visitor.get("/account").await, visitor.get(&transaction).await);
    assert!(page.seen().contains("IMEI ••••") && page.seen().contains("Show the whole numbers"));
    assert!(one.seen().contains("IMEI ••••") && one.seen().contains("Show the whole number"));
    assert!(whole.iter().all(|imei| !page.body.contains(imei)) && !one.body.contains(&of_transaction));
    for address in ["/account?devices=whole", &with_number] {
        let sent = visitor.get(address).await;
        assert_eq!(sent.location(), format!("/settings/security/confirm?then={address}"));
        assert!(whole.iter().all(|imei| !sent.body.contains(imei)) && !sent.body.contains(&of_transaction));
    }

    confirmed(&visitor, house.touched.password, &with_number).await;
    let (page, one) = (visitor.get("/account?devices=whole").await, visitor.get(&with_number).await);
    assert!(whole.iter().all(|imei| page.body.contains(imei)) && one.body.contains(&of_transaction));
    assert!(!visitor.get(&transaction).await.body.contains(&of_transaction), "it is asked for each time");
});

on_both_databases!(nobody_else_comes_to_these_pages, |place| {
    let house = House::open(place).await;
    let stranger = house.visitor();
    for path in [SECURITY, CONFIRM, PASSWORD] {
        assert_eq!(stranger.get(path).await.location(), "/sign-in", "{path}");
    }
    assert_eq!(stranger.post(END, &[("session", &"0".repeat(32))]).await.location(), "/sign-in");
    assert_eq!(stranger.post(END_OTHERS, &[]).await.location(), "/sign-in");
    let answer = stranger.post(PASSWORD, &[("password", NEW), ("again", NEW)]).await;
    assert!(answer.location().starts_with(CONFIRM));

    let desk = house.at_desk(&house.supervisor).await;
    let account = look_up(&desk, &house.touched.customer.sign_in).await;
    assert!(!desk.get(&account).await.body.contains("=whole"), "to staff no whole number is offered");
    assert_eq!(desk.get(SECURITY).await.status, StatusCode::OK);
});
