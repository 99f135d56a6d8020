//! What a browser may do with a page, and what says whether the server lives.

use reqwest::StatusCode;
use sqlx::{Connection, PgConnection};

use crate::desk::look_up;
use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::visitor::{Answer, send};

fn check(page: &Answer, path: &str) {
    assert_eq!(page.header("cache-control"), "no-store", "{path}");
    assert!(page.headers.get_all("vary").iter().any(|vary| vary == "*"), "{path}");
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
    assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
    assert!(!page.header("x-request-id").is_empty(), "{path}");
}

fn check_scripts(page: &Answer, path: &str) {
    let policy = page.header("content-security-policy");
    for part in ["default-src", "script-src", "base-uri", "form-action 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{path}: no {part} in `{policy}`");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
    let nonce = format!("nonce=\"{}\"", page.nonce());
    for tag in ["<script", "<style"] {
        for begun in page.body.split(tag).skip(1) {
            let begun = begun.split('>').next().unwrap_or(begun);
            assert!(begun.contains(&nonce), "{path}: {tag}{begun}> would not run");
        }
    }
    for handler in [" onclick=", " onload=", " onsubmit=", "href=\"javascript:", " style=\""] {
        assert!(!page.body.contains(handler), "{path}: {handler}");
    }
}

const FOR_EVERYBODY: &[&str] = &[
    "/sign-in",
    "/sign-in?__err=refused",
    "/sign-in?__err=soon",
    "/sign-in?__err=busy",
    "/welcome",
    "/welcome?sent",
    "/welcome?__err=busy",
    "/new-password",
    "/signed-out",
    "/check",
    "/check?n=x",
    "/v1",
    "/nowhere",
];

on_both_databases!(a_page_is_kept_nowhere_and_runs_nothing_foreign, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let message = format!("/messages/{}", house.messages_of(&house.touched.customer.account)[0]);
    let others = format!("/messages/{}", house.messages_of(&house.untouched.customer.account)[0]);
    for path in FOR_EVERYBODY {
        let page = visitor.get(path).await;
        check(&page, path);
        check_scripts(&page, path);
    }
    visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let mut nonces = Vec::new();
    for path in [
        "/history",
        "/history?show=flagged",
        "/history?before=x",
        "/settings/lookups",
        "/settings",
        "/statement",
        &message,
        &others,
        "/account",
        "/transactions/T-1",
        "/check",
        "/nowhere",
        "/history",
    ] {
        let page = visitor.get(path).await;
        check(&page, path);
        check_scripts(&page, path);
        nonces.push(page.nonce().to_owned());
    }
    let desk = house.at_desk(&house.agent).await;
    let account = look_up(&desk, &house.touched.customer.sign_in).await;
    let of_account = format!("{account}{message}");
    let of_transaction = format!("{account}/transactions/T-1");
    for path in ["/desk", "/check", &account, &of_account, &of_transaction, "/desk/accounts/x"] {
        let page = desk.get(path).await;
        check(&page, path);
        check_scripts(&page, path);
        nonces.push(page.nonce().to_owned());
    }
    let auditor = house.at_audit().await;
    for path in ["/desk/audit", "/desk/audit?before=x", "/desk/seen", "/desk/accounts/x"] {
        let page = auditor.get(path).await;
        check(&page, path);
        check_scripts(&page, path);
        nonces.push(page.nonce().to_owned());
    }
    let pages = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), pages, "each page has a nonce of its own");
    for path in ["/", "/sign-in"] {
        check(&visitor.get(path).await, path);
    }
    check(&visitor.post("/language", &[("language", "en")]).await, "/language");
    check(&visitor.post("/sign-out", &[]).await, "/sign-out");
    check(&visitor.try_sign_in("nobody@example.org", "mallow in the hedgerow").await, "a refusal");
});

on_both_databases!(the_server_says_how_it_is, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    for path in ["/health/live", "/health/ready"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    place.run_sql("delete from _sqlx_migrations").await;
    let answer = visitor.get("/health/ready").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.body, "the store does not answer\n");
    assert_eq!(visitor.get("/health/live").await.status, StatusCode::OK);
});

on_both_databases!(a_request_is_known_by_its_id_where_that_is_a_plain_one, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let plain = "4bf92f3577b34da6-a3ce929d0e0e4736";
    let answer = send(visitor.asking("/sign-in").header("x-request-id", plain)).await;
    assert_eq!(answer.header("x-request-id"), plain);
    let long = "a".repeat(65);
    for strange in ["", "a b", "a\"b", "<b>", "a,b", &long] {
        let answer = send(visitor.asking("/sign-in").header("x-request-id", strange)).await;
        let id = answer.header("x-request-id");
        assert!(id != strange && id.len() == 36, "{strange} became {id}");
    }
    let twice = visitor.asking("/sign-in").header("x-request-id", "one").header("x-request-id", "two");
    assert_eq!(send(twice).await.header("x-request-id").len(), 36);
});

#[tokio::test]
async fn a_store_that_keeps_one_waiting_is_not_ready() {
    let Some(place) = Place::postgres().await else { return };
    let house = House::open(&place).await;
    let visitor = house.visitor();
    let mut beside = PgConnection::connect(&place.url).await.unwrap();
    let mut transaction = beside.begin().await.unwrap();
    sqlx::raw_sql("lock table _sqlx_migrations").execute(&mut *transaction).await.unwrap();
    assert_eq!(visitor.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    transaction.rollback().await.unwrap();
    assert_eq!(visitor.get("/health/ready").await.status, StatusCode::OK);
    drop(beside);
    place.leave().await;
}
