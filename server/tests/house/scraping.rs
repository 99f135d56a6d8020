//! Who has valid access and takes too much is stopped, and seen.

use reqwest::{Client, Method, StatusCode};
use store::{NewUser, Password, Role};

use crate::desk::{REASON, look_up, search};
use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::visitor::Visitor;

/// Accounts besides those of the feed: enough to go beyond a budget.
async fn more_accounts(place: &Place, count: usize) -> Vec<String> {
    let names: Vec<String> = (0..count).map(|number| format!("LK-more-{number}")).collect();
    let lines: Vec<engine::Account> = names
        .iter()
        .map(|id| {
            serde_json::from_value(serde_json::json!({ "id": id, "name": format!("Holder of {id}") }))
                .unwrap()
        })
        .collect();
    let progress = store::Progress { feed: "more".to_owned(), file: "accounts".to_owned(), lines_done: 1 };
    place.store().await.load_accounts(&progress, lines, crate::feed::as_of()).await.unwrap();
    names
}

on_both_databases!(a_scraper_with_an_agents_session_stops_at_account_31, |place| {
    let house = House::open(place).await;
    let accounts = more_accounts(place, 40).await;
    let scraper = house.at_desk(&house.agent).await;
    let mut read = 0;
    for account in &accounts {
        let answer = search(&scraper, account, REASON).await;
        if !answer.location().starts_with("/desk/accounts/") {
            break;
        }
        let page = scraper.get(answer.location()).await;
        assert!(page.seen().contains(&format!("Holder of {account}")));
        read += 1;
    }
    assert_eq!(read, 30);
    let desk = scraper.get("/desk").await;
    assert!(desk.seen().contains("Ask your supervisor"), "{}", desk.seen());
    look_up(&scraper, &accounts[0]).await;

    let answer = search(&scraper, &accounts[31], REASON).await;
    assert_eq!(answer.location(), "/desk");
    assert_eq!(scraper.get("/desk").await.status, StatusCode::OK, "twice is not yet often");
    search(&scraper, &accounts[32], REASON).await;
    assert!(scraper.get("/desk").await.location().starts_with("/sign-in"), "the sessions are ended");
    let again = house.visitor();
    let refused = again.try_sign_in(house.agent.sign_in, house.agent.password).await;
    assert_eq!(refused.location(), "/sign-in?__err=suspended");
    assert!(again.get(refused.location()).await.seen().contains("Your sign-in is suspended"));
    let guessed = again.try_sign_in(house.agent.sign_in, "larkspur but wrong").await;
    assert_eq!(guessed.location(), "/sign-in?__err=refused", "only who knows the password is told");

    let metrics = again.get("/metrics").await.body;
    for (act, count) in [("budget_exceeded", 3), ("user_suspended", 1), ("honeypot_touched", 0)] {
        assert!(metrics.contains(&format!("counterfoil_alarms{{act=\"{act}\"}} {count}")), "{metrics}");
    }
    let auditor = house.at_audit().await;
    auditor.post("/desk/seen", &[("by", house.agent.sign_in), ("days", "1")]).await;
    let seen = auditor.get("/desk/seen").await.seen();
    assert!(seen.contains("30 accounts") && seen.contains("Suspended since"), "{seen}");
    assert!(accounts[..30].iter().all(|account| seen.contains(account.as_str())));
    place.succeed(&["user", "reinstate", house.agent.sign_in]);
    again.sign_in_to(house.agent.sign_in, house.agent.password, "/desk").await;
});

on_both_databases!(who_looks_a_honeypot_up_is_out_at_once, |place| {
    let house = House::open(place).await;
    let honeypot = more_accounts(place, 1).await.remove(0);
    let agent = house.at_desk(&house.agent).await;
    look_up(&agent, &honeypot).await;
    place.succeed(&["honeypot", "add", &honeypot]);
    look_up(&agent, house.touched.customer.account.as_str()).await;
    search(&agent, &honeypot, REASON).await;
    assert!(agent.get("/desk").await.location().starts_with("/sign-in"));
    let refused = house.visitor().try_sign_in(house.agent.sign_in, house.agent.password).await;
    assert_eq!(refused.location(), "/sign-in?__err=suspended");
});

/// Every address that is read by GET, one for each route.
fn routes(house: &House) -> Vec<String> {
    let account = &house.touched.customer.account;
    let message = &house.messages_of(account)[0];
    let transaction = &house.transactions.iter().find(|it| it.account == *account).unwrap().id;
    let mut routes: Vec<String> = [
        "/",
        "/sign-in",
        "/signed-out",
        "/history",
        "/account",
        "/settings/lookups",
        "/desk",
        "/desk/audit",
        "/desk/audit/export",
        "/desk/seen",
        "/check",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/v1/accounts",
        "/v1/transactions",
        "/v1/messages",
        "/v1/books",
        "/v1/openapi.json",
        "/sign-out",
        "/language",
    ]
    .map(str::to_owned)
    .into();
    routes.extend([
        format!("/messages/{message}"),
        format!("/transactions/{transaction}"),
        format!("/v1/accounts/{account}"),
        format!("/v1/messages/{message}"),
        format!("/v1/messages?account={account}"),
        format!("/desk/accounts/{}", "0".repeat(32)),
    ]);
    routes
}

on_both_databases!(an_ingest_key_reads_nothing, |place| {
    let house = House::open(place).await;
    let store = place.store().await;
    let now = server::clock::now();
    let key = store.add_ingest_key("billing", now.plus(engine::Span::days(1)), now).await.unwrap().reveal();
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let customer = &house.touched.customer;
    let personal = [customer.name.clone(), customer.sign_in.clone(), customer.account.to_string()];
    let origin = house.visitor().origin().to_owned();
    for route in routes(&house) {
        let asked = client.get(format!("{origin}{route}")).bearer_auth(&key);
        let answer = asked.send().await.unwrap();
        let (status, headers) = (answer.status(), format!("{:?}", answer.headers()));
        let body = answer.text().await.unwrap();
        for text in &personal {
            // An address that was asked for is not told by the answer.
            assert!(!body.contains(text) && !headers.contains(text), "{route} ({status}) tells `{text}`");
        }
    }
    let read = house.signed_in(&house.touched).await.get("/history").await;
    assert!(read.body.contains(&customer.name), "who may read does");
    let handed_in = client.request(Method::POST, format!("{origin}/v1/accounts")).bearer_auth(&key);
    let handed_in = handed_in.header("content-type", "application/json").body("{\"id\":\"LK-new\"}");
    assert_eq!(handed_in.send().await.unwrap().status(), StatusCode::OK, "and the key is a good one");
});

on_both_databases!(ten_signing_in_at_once_are_all_served_and_written_down, |place| {
    let house = House::open(place).await;
    let store = place.store().await;
    let sign_in_of = |number: usize| format!("crowd-{number}@desk.example");
    for number in 0..10 {
        let user = NewUser {
            sign_in: sign_in_of(number),
            name: "One of a crowd".to_owned(),
            role: Role::Agent,
            account: None,
            password: Password::new("larkspur in a crowd"),
        };
        store.add_user(user, server::clock::now()).await.unwrap();
    }
    let sign_in = async |visitor: Visitor, number| {
        visitor.try_sign_in(&sign_in_of(number), "larkspur in a crowd").await.location().to_owned()
    };
    let crowd: Vec<_> = (0..10).map(|number| sign_in(house.visitor(), number)).collect();
    let led_to = futures_util::future::join_all(crowd).await;
    assert!(led_to.iter().all(|address| address == "/desk"), "{led_to:?}");
    let seen = store.verify_audit(None, server::clock::now()).await.unwrap();
    assert!(seen.sequence >= 10);
});
