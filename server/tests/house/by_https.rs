//! What is other where people come by https, through a proxy that has it.

use reqwest::StatusCode;
use reqwest::header::{COOKIE, ORIGIN};

use crate::feed::{as_of, small_operator};
use crate::house::{serve, serve_as};
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor, send};

const URL: &str = "https://messages.example.com";

fn cookies(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect()
}

on_both_databases!(by_https_the_session_is_for_this_host_and_https_alone, |place| {
    let store = place.store().await;
    let people = server::fill_demo::fill_demo(&store, small_operator(6), as_of()).await.unwrap();
    let (address, _site) = serve_as(store, URL).await;
    let visitor = Visitor::of(address);
    let form =
        [("sign_in_name", people.touched.customer.sign_in.as_str()), ("password", people.touched.password)];
    let from_elsewhere = send(visitor.form("/sign-in", &form).header(ORIGIN, visitor.origin())).await;
    assert_eq!(from_elsewhere.status, StatusCode::FORBIDDEN, "the public URL is the only origin");
    let answer = send(visitor.form("/sign-in", &form).header(ORIGIN, URL)).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/history"));
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
    let set = cookies(&answer);
    assert!(set.iter().all(|cookie| cookie.starts_with("__Host-") && cookie.contains("; Secure")), "{set:?}");
    let mut sessions = set.iter().filter(|cookie| cookie.starts_with("__Host-counterfoil="));
    let (Some(cookie), None) = (sessions.next(), sessions.next()) else { panic!("one session: {set:?}") };
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=900"] {
        assert!(cookie.split("; ").any(|given| given == part), "no {part} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");

    let session = cookie.split(';').next().unwrap();
    let id = session.strip_prefix("__Host-counterfoil=").unwrap();
    assert_eq!(visitor.get_with_cookie("/history", session).await.status, StatusCode::OK);
    let bare = visitor.get_with_cookie("/history", &format!("counterfoil={id}")).await;
    assert_eq!(bare.location(), "/sign-in", "under a name that others can set it opens nothing");

    let out = send(visitor.form("/sign-out", &[]).header(ORIGIN, URL).header(COOKIE, session)).await;
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
    let gone = cookies(&out);
    let removed =
        gone.iter().find(|cookie| cookie.starts_with("__Host-counterfoil=;")).expect("it is removed");
    assert!(
        removed.contains("Max-Age=0") && removed.contains("Secure") && removed.contains("Path=/"),
        "{removed}"
    );
    let ended = visitor.get_with_cookie("/history", session).await;
    assert_eq!(ended.location(), "/sign-in?ended");
    let language = send(visitor.form("/language", &[("language", "es")]).header(ORIGIN, URL)).await;
    assert!(cookies(&language).iter().all(|cookie| cookie.contains("; Secure")), "{:?}", cookies(&language));
    for path in ["/sign-in", "/health/live", "/favicon.svg", "/v1/openapi.json"] {
        assert!(!visitor.get(path).await.header("strict-transport-security").is_empty(), "{path}");
    }
});

on_both_databases!(by_plain_http_nothing_binds_to_https, |place| {
    let (address, _site) = serve(place.store().await).await;
    let page = Visitor::of(address).get("/sign-in").await;
    assert_eq!(page.header("strict-transport-security"), "");
});
