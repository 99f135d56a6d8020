//! A customer sees who looked at their account.

use reqwest::StatusCode;

use crate::desk::{REASON, look_up, search};
use crate::house::House;
use crate::place::on_both_databases;

on_both_databases!(a_customer_sees_who_looked_and_why, |place| {
    let house = House::open(place).await;
    let customer = house.signed_in(&house.touched).await;
    let history = customer.get("/history").await;
    assert!(history.body.contains("href=\"/settings/lookups\""), "the way there");
    assert!(customer.get("/settings/lookups").await.seen().contains("Nobody has looked at your account"));

    let desk = house.at_desk(&house.agent).await;
    let address = look_up(&desk, &house.touched.customer.sign_in).await;
    desk.post("/desk/close", &[("lookup", address.rsplit('/').next().unwrap())]).await;
    let other = house.at_desk(&house.supervisor).await;
    let pasted = "Ada <b>asked</b>\r\nme to look too";
    search(&other, house.touched.customer.account.as_str(), pasted).await;

    let page = customer.get("/settings/lookups").await;
    assert_eq!(page.status, StatusCode::OK);
    let seen = page.seen();
    for words in [
        house.agent.name,
        "support agent",
        REASON,
        "Less than a minute",
        "Found by an email address",
        house.supervisor.name,
        "“Ada <b>asked</b> me to look too”",
        "Open now, until",
        "Found by your account number",
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    assert!(!page.body.contains("<b>asked"), "a reason is text");
    let (first, second) = (seen.find(house.supervisor.name), seen.find(house.agent.name));
    assert!(first < second, "the latest first");
    for address in ["/settings/lookups?before=x", "/settings/lookups?before=%00", "/settings/lookups?before="]
    {
        assert!(customer.get(address).await.seen().contains(REASON), "{address}");
    }
    assert_eq!(house.visitor().get("/settings/lookups").await.location(), "/sign-in");
    let untouched = house.signed_in(&house.untouched).await;
    assert!(!untouched.get("/settings/lookups").await.seen().contains(house.agent.name));
});
