//! How a customer wants to be spoken to and told things; and that they are told.

use std::fs::read_to_string;

use reqwest::StatusCode;
use serde_json::Value;

use crate::desk::look_up;
use crate::house::House;
use crate::place::{on_both_databases, text};

const SETTINGS: &str = "/settings";
const WAYS: [&str; 2] = ["billing.email", "orders.sms"];

fn form<'a>(language: &'a str, zone: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("language", language), ("time_zone", zone)];
    form.extend(more);
    form
}

const QUIET: [(&str, &str); 3] = [("digest", "off"), ("ways[]", WAYS[0]), ("ways[]", WAYS[1])];

on_both_databases!(a_customer_chooses_language_and_clock, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    assert!(visitor.get(SETTINGS).await.seen().contains("Times are in Mountain Time."));
    let saved = visitor.post(SETTINGS, &form("es", "Europe/Madrid", &QUIET)).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, "/settings?saved"));
    let elsewhere = house.signed_in(&house.touched).await;
    for (browser, path) in [(&visitor, "/settings?saved"), (&elsewhere, "/history"), (&elsewhere, "/account")]
    {
        let seen = browser.get(path).await.seen();
        assert!(
            seen.contains("Las horas son las de Madrid.") && seen.contains("Cerrar sesión"),
            "{path}: {seen}"
        );
    }
    for bad in [
        form("xx", "", &QUIET),
        form("en", "Mars/Olympus", &QUIET),
        form("en", "../../etc/passwd", &QUIET),
        form("en", "", &[("digest", "hourly"), ("ways[]", WAYS[0])]),
        form("en", "", &[("digest", "off"), ("ways[]", "billing.pigeon")]),
    ] {
        let refused = visitor.post(SETTINGS, &bad).await;
        assert_eq!(refused.location(), "/settings?__err=unreadable", "{bad:?}");
        assert!(visitor.get("/settings?__err=unreadable").await.seen().contains("No se pudo guardar"));
    }
    let no_bills = visitor.post(SETTINGS, &form("es", "", &[("digest", "off")])).await;
    assert_eq!(no_bills.location(), "/settings?__err=bills");
    assert!(visitor.get("/settings?__err=bills").await.seen().contains("Las facturas necesitan una vía"));
    let sent = house.visitor().post(SETTINGS, &form("en", "UTC", &QUIET)).await;
    assert_eq!(sent.location(), "/sign-in");
    let saved = visitor.post(SETTINGS, &form("", "", &QUIET)).await;
    assert_eq!(saved.location(), "/settings?saved");
    assert!(elsewhere.get("/account").await.seen().contains("Times are in Mountain Time."));
});

on_both_databases!(what_a_customer_chooses_is_shown_taken_along_and_handed_to_the_operator, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let page = visitor.get(SETTINGS).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let seen = page.seen();
    for words in
        ["Always on", "47 CFR 64.2010(f)", "Bills have to come by email or by letter", "Emergency alerts"]
    {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    assert_eq!(page.body.matches("name=\"ways[]\"").count(), 20, "security is fixed");
    assert!(!page.body.contains("value=\"security."));
    let checked = |page: &crate::visitor::Answer| page.body.matches(" checked").count();
    // Twenty ways, two alerts, and no summary.
    assert_eq!(checked(&page), 23);
    let chosen = form(
        "",
        "",
        &[("digest", "weekly"), ("alert_flagged", "on"), ("ways[]", WAYS[0]), ("ways[]", WAYS[1])],
    );
    assert_eq!(visitor.post(SETTINGS, &chosen).await.location(), "/settings?saved");
    assert_eq!(checked(&visitor.get(SETTINGS).await), 4);

    crate::export::confirm(&visitor, house.touched.password, crate::export::EXPORT).await;
    let taken = visitor.post(crate::export::FILE, &[]).await;
    let about: Value = serde_json::from_str(&taken.file("account.json")).unwrap();
    assert_eq!(about["sign_in"]["digest"], "weekly");
    assert_eq!(about["sign_in"]["alerts"]["lookup_by_staff"], false);
    assert_eq!(
        about["sign_in"]["channels_off"]["billing"],
        serde_json::json!(["sms", "push", "letter", "voice"])
    );

    let out = place.path("preferences.ndjson");
    place.succeed(&["preferences", "export", "--out", text(&out)]);
    let lines = read_to_string(&out).unwrap();
    let line: Value = serde_json::from_str(lines.trim()).unwrap();
    assert_eq!(line["account"], house.touched.customer.account.as_str());
    assert_eq!(line["channels_off"]["orders"], serde_json::json!(["email", "push", "letter", "voice"]));
});

on_both_databases!(that_the_staff_looked_comes_by_mail_with_nothing_personal, |place| {
    let house = House::open(place).await;
    let account = house.account(&house.touched.customer.account).clone();
    look_up(&house.at_desk(&house.agent).await, account.id.as_str()).await;
    // It is gathered for a minute: here that is over.
    let due = "update alerts set due_at = 0";
    place.run_sql(&place.as_jobs(due)).await;
    let mail = house.mails(1).await.remove(0);
    for words in
        ["Your account was opened by our staff", "/settings/lookups", "/settings", "Counterfoil number"]
    {
        assert!(mail.contains(words), "no `{words}` in {mail}");
    }
    assert!(mail.contains(&format!("To: {}", house.touched.customer.sign_in)), "{mail}");
    for personal in [account.id.as_str(), "Ada Reyes", crate::desk::REASON] {
        assert!(!mail.contains(personal), "{personal}: {mail}");
    }
    let visitor = house.signed_in(&house.touched).await;
    let history = visitor.get("/history").await;
    let told = history.messages().into_iter().find(|id| id.starts_with("counterfoil-"));
    let told = visitor.get(&format!("/messages/{}", told.expect("it is in the history"))).await;
    assert!(told.seen().contains("Matches your activity"), "{}", told.seen());
});
