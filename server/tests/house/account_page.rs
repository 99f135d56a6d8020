//! What is on an account now, one transaction of it, and how its customer wants to be spoken to.

use reqwest::StatusCode;
use serde_json::json;

use crate::feed::as_of;
use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::visitor::Answer;

/// The addresses of the transactions that a page links to.
fn transactions(page: &Answer) -> Vec<String> {
    page.values("href=\"/transactions/").map(|id| format!("/transactions/{id}")).collect()
}

on_both_databases!(a_transaction_has_a_page_of_its_own, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let history = visitor.get("/history?kind=payment.received").await;
    let address = transactions(&history).remove(0);
    let page = visitor.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    let id = address.rsplit('/').next().unwrap();
    let seen = page.seen();
    for words in
        ["Payment received", "In our records since", "Reference", "Amount", id, "What we told you about it"]
    {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    let message = page.messages().into_iter().next().expect("a payment is told of");
    let message = visitor.get(&format!("/messages/{message}")).await;
    assert!(transactions(&message).contains(&address), "and the message leads there");

    let untold = visitor.get("/history?show=flagged&kind=sim.changed").await;
    let untold = visitor.get(&transactions(&untold)[0]).await;
    assert!(untold.seen().contains("You were not told") && untold.messages().is_empty());
});

on_both_databases!(anothers_transaction_is_as_one_that_is_not, |place| {
    let house = House::open(place).await;
    let owner = house.signed_in(&house.untouched).await;
    let theirs = transactions(&owner.get("/history").await).remove(0);
    assert_eq!(owner.get(&theirs).await.status, StatusCode::OK);
    let visitor = house.signed_in(&house.touched).await;
    let missing = visitor.get("/transactions/T-not-there").await;
    let others = visitor.get(&theirs).await;
    assert_eq!((missing.status, others.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(
        others.body_apart_from(&theirs),
        missing.body_apart_from("/transactions/T-not-there"),
        "nothing tells the two apart"
    );
    for id in ["%00", "%ff", "..%2f..", "a b", "'--", &"x".repeat(1900), "ñ"] {
        let status = visitor.get(&format!("/transactions/{id}")).await.status;
        assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST), "{id}: {status}");
    }
    for path in [theirs.as_str(), "/account"] {
        let sent = house.visitor().get(path).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/sign-in"), "{path}");
    }
});

on_both_databases!(an_account_is_shown_as_it_is_now, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.untouched).await;
    visitor.post("/language", &[("language", "en")]).await;
    let account =
        house.accounts.iter().find(|account| account.id == house.untouched.customer.account).unwrap();
    let page = visitor.get("/account").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let seen = page.seen();
    for words in [
        "What is on your account now",
        "Open now",
        "Soporte para auto",
        "Order placed",
        "Nothing was added or removed",
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    for device in &account.devices {
        let imei = device.imei.printed();
        assert!(seen.contains(&format!("IMEI ••••{}", &imei[11..])), "{imei}");
        assert!(!page.body.contains(&imei[8..14]), "{imei}");
    }
    for email in account.emails.iter().chain(account.members.iter().flat_map(|member| &member.emails)) {
        assert!(seen.contains(email), "{email}");
    }
    assert!(!seen.contains("This account is closed"));
    for address in transactions(&page) {
        assert_eq!(visitor.get(&address).await.status, StatusCode::OK, "{address}");
    }
    let touched = house.signed_in(&house.touched).await.get("/account").await.seen();
    assert!(touched.contains("No order and no trade-in is open."));
});

async fn close(place: &Place, house: &House) {
    let account = house.accounts.iter().find(|account| account.id == house.touched.customer.account).unwrap();
    let mut closed = serde_json::to_value(account).unwrap();
    closed["status"] = json!("closed");
    closed["revision"] = json!(account.revision + 1);
    let progress = store::Progress { feed: "closed".to_owned(), file: "accounts".to_owned(), lines_done: 1 };
    let records = vec![serde_json::from_value(closed).unwrap()];
    let loaded = place.store().await.load_accounts(&progress, records, as_of()).await.unwrap();
    assert_eq!(loaded.corrected, 1);
}

on_both_databases!(a_former_customer_still_sees_all, |place| {
    let house = House::open(place).await;
    let before = house.signed_in(&house.touched).await.get("/history").await.messages();
    close(place, &house).await;
    let visitor = house.signed_in(&house.touched).await;
    let history = visitor.get("/history").await;
    assert_eq!(history.messages(), before);
    let (message, transaction) = (before.first().unwrap(), transactions(&history).remove(0));
    for path in ["/history", "/account", &format!("/messages/{message}"), &transaction] {
        let page = visitor.get(path).await;
        assert!(page.status == StatusCode::OK && page.seen().contains("This account is closed."), "{path}");
    }
    let other = house.signed_in(&house.untouched).await;
    other.post("/language", &[("language", "en")]).await;
    assert!(!other.get("/account").await.seen().contains("This account is closed."));
});
