//! Every function and route that changes something, asked for by another site's page and by our own. One that is not in the
//! matrix fails here.

use std::collections::BTreeSet;

use engine::Span;
use leptos::server_fn;
use reqwest::header::{COOKIE, HOST, ORIGIN};
use reqwest::{Client, Method, RequestBuilder, StatusCode};

use crate::desk::look_up;
use crate::export;
use crate::house::House;
use crate::members;
use crate::place::on_both_databases;
use crate::reports;
use crate::v1;
use crate::visitor::{Answer, Visitor, send};
use crate::welcome;

const SECURITY: &str = "/settings/security";
const NEW: &str = "a kettle on the window sill";

type Form = Vec<(&'static str, String)>;

/// Somebody who may do what a function does, what they send, and where its own page's form leads.
struct Twin {
    visitor: Visitor,
    form: Form,
    leads_to: String,
}

impl Twin {
    fn of(visitor: Visitor, form: &[(&'static str, &str)], leads_to: &str) -> Self {
        let form = form.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Self { visitor, form, leads_to: leads_to.to_owned() }
    }
}

/// The matrix, by a function's path.
async fn twin(house: &House, path: &str) -> Option<Twin> {
    let (sign_in, password) = (house.touched.customer.sign_in.as_str(), house.touched.password);
    Some(match path {
        "/sign-in" => {
            Twin::of(house.visitor(), &[("sign_in_name", sign_in), ("password", password)], "/history")
        }
        "/sign-out" => Twin::of(house.signed_in(&house.touched).await, &[], "/signed-out"),
        "/language" => Twin::of(house.visitor(), &[("language", "es")], "/sign-in"),
        "/check" => Twin::of(house.visitor(), &[("number", "0000-0000-0000")], "/check"),
        "/history" => {
            let form = [("search", "payment")];
            Twin::of(house.signed_in(&house.touched).await, &form, "/history?search")
        }
        "/settings" => {
            let form =
                [("language", "es"), ("time_zone", ""), ("digest", "off"), ("ways[]", "billing.email")];
            Twin::of(house.signed_in(&house.touched).await, &form, "/settings?saved")
        }
        "/desk" => {
            let form = [("search", sign_in), ("reason", "Asks about a trade-in message")];
            Twin::of(house.at_desk(&house.agent).await, &form, "/desk/accounts/")
        }
        "/desk/close" => {
            let desk = house.at_desk(&house.agent).await;
            let address = look_up(&desk, sign_in).await;
            let lookup = address.strip_prefix("/desk/accounts/")?;
            Twin::of(desk, &[("lookup", lookup)], "/desk")
        }
        "/settings/security/confirm" => {
            let form = [("password", password), ("then", SECURITY)];
            Twin::of(house.signed_in(&house.touched).await, &form, SECURITY)
        }
        "/settings/security/password" => {
            let form = [("password", NEW), ("again", NEW)];
            Twin::of(confirmed(house).await, &form, "/settings/security?done=changed")
        }
        "/settings/security/end" => {
            let visitor = house.signed_in(&house.untouched).await;
            let _other = house.signed_in(&house.untouched).await;
            let page = visitor.get(SECURITY).await;
            let handle = page.values("name=\"session\" value=\"").next()?.to_owned();
            Twin::of(visitor, &[("session", &handle)], "/settings/security?done=ended")
        }
        "/settings/security/end-others" => {
            Twin::of(confirmed(house).await, &[], "/settings/security?done=others")
        }
        "/welcome" => Twin::of(house.visitor(), &[("email", "nobody@example.com")], "/welcome?sent"),
        "/new-password" => Twin::of(welcome::by_link(house).await, &[("password", NEW)], "/history"),
        "/desk/audit" => {
            let all = [("act", ""), ("actor", ""), ("account", ""), ("from", ""), ("until", "")];
            Twin::of(house.at_audit().await, &all, "/desk/audit")
        }
        "/desk/seen" => {
            let form = [("by", house.agent.sign_in), ("days", "1")];
            Twin::of(house.at_audit().await, &form, "/desk/seen")
        }
        _ => return twin_of_reports_and_members(house, path).await,
    })
}

async fn twin_of_reports_and_members(house: &House, path: &str) -> Option<Twin> {
    Some(match path {
        "/reports" => {
            let message = house.messages_of(&house.touched.customer.account)[0].clone();
            let form = [("about", "message"), ("id", message.as_str()), ("says", "did"), ("note", "")];
            Twin::of(house.signed_in(&house.touched).await, &form, "/reports/")
        }
        "/reports/note" => {
            let (customer, report) = reported(house).await;
            Twin::of(customer, &[("report", reports::id(&report)), ("note", "One thing more")], &report)
        }
        "/desk/reports" => {
            let (_, report) = reported(house).await;
            let desk = house.at_desk(&house.agent).await;
            Twin::of(desk, &[("report", reports::id(&report))], "/desk/accounts/")
        }
        "/desk/reports/answer" => {
            let (desk, address) = opened(house).await;
            let (lookup, report) = reports::ids(&address);
            let form = [("lookup", lookup), ("report", report), ("answer", "We look into it")];
            Twin::of(desk, &form, &format!("{address}?done=answered"))
        }
        "/desk/reports/close" => {
            let (desk, address) = opened(house).await;
            let (lookup, report) = reports::ids(&address);
            let form = [("lookup", lookup), ("report", report)];
            let answer = [("lookup", lookup), ("report", report), ("answer", "We looked into it")];
            desk.post("/desk/reports/answer", &answer).await;
            Twin::of(desk, &form, &format!("{address}?done=closed"))
        }
        "/settings/members" => {
            let (visitor, member) = members::confirmed_holder(house).await;
            Twin::of(visitor, &[("member", &member)], "/settings/members?done=invited")
        }
        "/settings/members/withdraw" => {
            let visitor = members::confirmed(house, &house.touched).await;
            let form = [("member", house.member.customer.sign_in.as_str())];
            Twin::of(visitor, &form, "/settings/members?done=withdrawn")
        }
        _ => return None,
    })
}

/// A customer who has reported a message, and the report.
async fn reported(house: &House) -> (Visitor, String) {
    let customer = house.signed_in(&house.touched).await;
    let message = house.messages_of(&house.touched.customer.account)[1].clone();
    let report = reports::report(&customer, ("message", &message), "not_me", "").await;
    (customer, report)
}

/// An agent who has opened a report, and its address at the desk.
async fn opened(house: &House) -> (Visitor, String) {
    let (_, report) = reported(house).await;
    let desk = house.at_desk(&house.agent).await;
    let address = reports::open_report(&desk, &report).await;
    (desk, address)
}

/// A customer who has given their password again.
async fn confirmed(house: &House) -> Visitor {
    let visitor = house.signed_in(&house.untouched).await;
    let form = [("password", house.untouched.password), ("then", SECURITY)];
    assert_eq!(visitor.post("/settings/security/confirm", &form).await.location(), SECURITY);
    visitor
}

/// What other sites' pages, and whoever hides where a request comes from, make a browser say.
fn foreign_shapes(origin: &str) -> Vec<Vec<(&'static str, String)>> {
    let own = || origin.to_owned();
    vec![
        vec![("sec-fetch-site", "cross-site".to_owned())],
        vec![("sec-fetch-site", "same-site".to_owned())],
        vec![("sec-fetch-site", "none".to_owned())],
        vec![("sec-fetch-site", "cross-site".to_owned()), (ORIGIN.as_str(), own())],
        vec![
            ("sec-fetch-site", "same-origin".to_owned()),
            (ORIGIN.as_str(), "https://evil.example".to_owned()),
        ],
        vec![("sec-fetch-site", "same-origin".to_owned()), ("sec-fetch-site", "cross-site".to_owned())],
        vec![(ORIGIN.as_str(), "https://evil.example".to_owned())],
        vec![(ORIGIN.as_str(), format!("{origin}.evil.example"))],
        vec![(ORIGIN.as_str(), own().replace("http://", "https://"))],
        vec![(ORIGIN.as_str(), "null".to_owned())],
        vec![(ORIGIN.as_str(), own()), (ORIGIN.as_str(), "null".to_owned())],
        vec![
            (ORIGIN.as_str(), "http://evil.example".to_owned()),
            (HOST.as_str(), "other.example".to_owned()),
        ],
        vec![],
    ]
}

fn with(mut request: RequestBuilder, shape: &[(&'static str, String)]) -> RequestBuilder {
    for (name, value) in shape {
        request = request.header(*name, value);
    }
    request
}

fn assert_refused(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
    assert!(!answer.headers.contains_key("set-cookie"), "{what}: nothing begins");
    assert!(answer.body.contains("did not come from our own page"), "{what}");
    assert!(answer.body.contains("no vino de nuestra propia página"), "{what}");
}

on_both_databases!(every_function_is_refused_to_other_sites_and_done_for_our_own_page, |place| {
    let house = House::open(place).await;
    let functions: BTreeSet<(&str, String)> =
        server_fn::axum::server_fn_paths().map(|(path, method)| (path, method.to_string())).collect();
    assert!(functions.len() >= 11, "{functions:?}");
    for (path, method) in functions {
        assert_eq!(method, "POST", "{path}: a function that an address alone can call");
        let twin = twin(&house, path).await.unwrap_or_else(|| panic!("{path} is not in the matrix"));
        let form: Vec<(&str, &str)> = twin.form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for shape in foreign_shapes(twin.visitor.origin()) {
            let answer = send(with(twin.visitor.form(path, &form), &shape)).await;
            assert_refused(&answer, &format!("{path} {shape:?}"));
        }
        let asked = twin.visitor.get(path).await;
        assert!(
            asked.status != StatusCode::SEE_OTHER || asked.location() != twin.leads_to,
            "{path} by an address"
        );
        let answer = twin.visitor.post(path, &form).await;
        let led = answer.location().trim_start_matches(twin.visitor.origin());
        assert!(
            answer.status.is_redirection() && led.starts_with(&twin.leads_to),
            "{path}: {} {led}",
            answer.status
        );
        assert!(!led.contains("__err"), "{path}: {led}");
    }
});

on_both_databases!(every_page_is_refused_what_changes_something, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let routes = leptos_axum::generate_route_list(app::pages::App);
    let pages: Vec<String> = routes.iter().map(|route| route.path().replace(['{', '}'], "")).collect();
    assert!(pages.len() >= 13, "{pages:?}");
    for page in pages.iter().map(String::as_str).chain(["/api/anything", "/nowhere", "/history?show=flagged"])
    {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for shape in foreign_shapes(visitor.origin()) {
                let request = visitor.request(method.clone(), page);
                assert_refused(&send(with(request, &shape)).await, &format!("{method} {page} {shape:?}"));
            }
            let own = visitor.request(method, page).header("sec-fetch-site", "same-origin");
            assert_ne!(send(own).await.status, StatusCode::FORBIDDEN, "{page}");
        }
    }
    assert!(visitor.is_signed_in().await);
});

on_both_databases!(the_audit_log_is_handed_to_our_own_page_alone, |place| {
    let house = House::open(place).await;
    let auditor = house.at_audit().await;
    let (path, form) = ("/desk/audit/export", [("format", "jsonl")]);
    for shape in foreign_shapes(auditor.origin()) {
        assert_refused(&send(with(auditor.form(path, &form), &shape)).await, &format!("{path} {shape:?}"));
    }
    let exported = auditor.post(path, &form).await;
    assert!(exported.status == StatusCode::OK && exported.body.contains("sign_in"), "{}", exported.status);
});

on_both_databases!(an_account_is_handed_to_our_own_page_alone, |place| {
    let house = House::open(place).await;
    let visitor = confirmed(&house).await;
    for shape in foreign_shapes(visitor.origin()) {
        let asked = send(with(visitor.form(export::FILE, &[]), &shape)).await;
        assert_refused(&asked, &format!("{} {shape:?}", export::FILE));
    }
    let taken = visitor.post(export::FILE, &[]).await;
    assert!(taken.status == StatusCode::OK && taken.body.contains("messages.json"), "{}", taken.status);
});

// `/v1` is left out of that, because nothing that a browser adds by itself opens it: only a key does.
on_both_databases!(records_are_taken_by_a_key_alone, |place| {
    let house = House::open(place).await;
    let visitor = house.visitor();
    let cookie = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let key = v1::key(&place.store().await, Span::days(1)).await;
    for (path, method) in v1_routes(&visitor).await {
        let client = Client::builder().no_proxy().build().unwrap();
        let request = |shape: &[(&'static str, String)]| {
            let request = client.request(method.clone(), format!("{}{path}", visitor.origin()));
            with(request.header("content-type", v1::NDJSON).header(COOKIE, &cookie).body("{}\n"), shape)
        };
        for shape in foreign_shapes(visitor.origin()) {
            assert_eq!(send(request(&shape)).await.status, StatusCode::UNAUTHORIZED, "{path} {shape:?}");
        }
        let with_key = send(request(&[]).bearer_auth(&key)).await;
        assert!(![401, 403].contains(&with_key.status.as_u16()), "{path}: {}", with_key.status);
    }
});

/// The routes of `/v1` that change something, as it describes itself.
async fn v1_routes(visitor: &Visitor) -> Vec<(String, Method)> {
    let document: serde_json::Value =
        serde_json::from_str(&visitor.get("/v1/openapi.json").await.body).expect("a document");
    let paths = document["paths"].as_object().expect("paths");
    let mut routes = Vec::new();
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys().filter(|method| *method != "get") {
            routes.push((path.clone(), method.to_uppercase().parse().unwrap()));
        }
    }
    assert!(routes.len() >= 4, "{routes:?}");
    routes
}
