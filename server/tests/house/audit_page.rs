//! An auditor reads what the others did, and nobody else does.

use engine::Instant;
use reqwest::StatusCode;
use serde_json::Value;

use crate::desk::{REASON, look_up, search};
use crate::house::House;
use crate::place::on_both_databases;
use crate::visitor::{Answer, Visitor};

async fn ask(visitor: &Visitor, fields: &[(&str, &str)]) -> Answer {
    let of = |name: &str| fields.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| *value);
    let form: Vec<(&str, &str)> =
        ["act", "actor", "account", "from", "until"].into_iter().map(|name| (name, of(name))).collect();
    let answer = visitor.post("/desk/audit", &form).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/desk/audit"));
    visitor.get("/desk/audit").await
}

fn entries(page: &Answer) -> usize {
    assert_eq!(page.status, StatusCode::OK);
    page.body.matches("class=\"stub\"").count()
}

on_both_databases!(an_auditor_finds_who_opened_an_account, |place| {
    let house = House::open(place).await;
    let (touched, untouched) = (&house.touched.customer, &house.untouched.customer);
    let agent = house.at_desk(&house.agent).await;
    look_up(&agent, &touched.sign_in).await;
    search(&agent, "canary-of-a-search@example.org", REASON).await;
    house.visitor().try_sign_in("canary-of-a-name@example.org", "a canary of a password").await;
    let supervisor = house.at_desk(&house.supervisor).await;
    look_up(&supervisor, untouched.account.as_str()).await;

    let auditor = house.at_audit().await;
    for (path, leads_to) in [("/", "/desk/audit"), ("/desk", "/desk/audit"), ("/history", "/desk/audit")] {
        assert_eq!(auditor.get(path).await.location(), leads_to, "{path}");
    }
    let page = auditor.get("/desk/audit").await;
    assert_eq!(page.header("cache-control"), "no-store");
    let seen = page.seen();
    for words in [
        "Account opened",
        "Search opened nothing",
        "Sign-in refused",
        "Ada Reyes, support agent",
        "Sol Lindqvist, supervisor",
        "support agent Whom: Ada Reyes",
        "From 127.0.0.1",
        REASON,
        &format!("Account {}", touched.account),
    ] {
        assert!(seen.contains(words), "no `{words}` in {seen}");
    }
    assert!(!page.body.contains("canary"), "what was typed is kept nowhere");

    let opened = ask(&auditor, &[("act", "lookup_opened")]).await;
    assert_eq!(entries(&opened), 2);
    assert!(opened.body.contains("value=\"lookup_opened\" selected"), "what was chosen stays chosen");
    let of_agent = ask(&auditor, &[("act", "lookup_opened"), ("actor", house.agent.sign_in)]).await;
    assert!(entries(&of_agent) == 1 && of_agent.seen().contains(touched.account.as_str()));
    let of_account = ask(&auditor, &[("account", untouched.account.as_str())]).await;
    let seen = of_account.seen();
    assert!(seen.contains("Sol Lindqvist") && !seen.contains("Ada Reyes"), "{seen}");
    assert!(!seen.contains(touched.account.as_str()), "{seen}");
    assert_eq!(entries(&ask(&auditor, &[("account", "LK-not-there")]).await), 0);
    let long_ago = ask(&auditor, &[("from", "2001-01-01"), ("until", "2001-12-31")]).await;
    assert!(entries(&long_ago) == 0 && long_ago.seen().contains("No entry is like that"));
    for bad in [&[("account", "not an account")][..], &[("from", "2026-05-01"), ("until", "2026-04-01")]] {
        let page = ask(&auditor, bad).await;
        assert!(page.body.contains("aria-invalid=\"true\"") && entries(&page) == 0, "{bad:?}");
    }
    assert!(entries(&ask(&auditor, &[]).await) > 6, "with nothing asked for, everything is shown");
});

on_both_databases!(the_log_is_for_auditors_alone, |place| {
    let house = House::open(place).await;
    let agent = house.at_desk(&house.agent).await;
    let supervisor = house.at_desk(&house.supervisor).await;
    let customer = house.signed_in(&house.touched).await;
    let auditor = house.at_audit().await;
    look_up(&agent, &house.touched.customer.sign_in).await;
    let export = [("format", "csv")];
    for (visitor, status) in [
        (&agent, StatusCode::FORBIDDEN),
        (&supervisor, StatusCode::FORBIDDEN),
        (&customer, StatusCode::NOT_FOUND),
    ] {
        let page = visitor.get("/desk/audit").await;
        assert_eq!((page.status, entries_in(&page)), (status, 0));
        visitor
            .post("/desk/audit", &[("act", ""), ("actor", ""), ("account", ""), ("from", ""), ("until", "")])
            .await;
        assert_eq!(visitor.get("/desk/audit").await.status, status);
        let file = visitor.post("/desk/audit/export", &export).await;
        assert_eq!(file.status, StatusCode::FORBIDDEN);
        assert!(!file.body.contains("lookup_opened"), "{}", file.body);
    }
    assert_eq!(house.visitor().get("/desk/audit").await.location(), "/sign-in");
    assert_eq!(house.visitor().post("/desk/audit/export", &export).await.status, StatusCode::FORBIDDEN);
    assert!(entries_in(&auditor.get("/desk/audit").await) > 0, "the auditor reads it");
    let file = auditor.post("/desk/audit/export", &export).await;
    assert!(file.status == StatusCode::OK && file.body.contains("lookup_opened"));
    let from_elsewhere = auditor.form("/desk/audit/export", &export).header("sec-fetch-site", "cross-site");
    assert_eq!(crate::visitor::send(from_elsewhere).await.status, StatusCode::FORBIDDEN);

    for (visitor, status) in [
        (&agent, StatusCode::FORBIDDEN),
        (&customer, StatusCode::NOT_FOUND),
        (&supervisor, StatusCode::OK),
        (&auditor, StatusCode::OK),
    ] {
        visitor.post("/desk/seen", &[("by", house.agent.sign_in), ("days", "")]).await;
        let page = visitor.get("/desk/seen").await;
        assert_eq!(page.status, status);
        let account = house.touched.customer.account.as_str();
        assert_eq!(page.seen().contains(account), status == StatusCode::OK);
    }
    let nobody = auditor.post("/desk/seen", &[("by", "nobody@example.org"), ("days", "7")]).await;
    assert_eq!(nobody.location(), "/desk/seen");
    assert!(auditor.get("/desk/seen").await.seen().contains("Nobody signs in so"));
    let desk = auditor.get("/desk/accounts/x").await;
    assert_eq!(desk.status, StatusCode::FORBIDDEN, "an auditor looks nobody up");
});

fn entries_in(page: &Answer) -> usize {
    page.body.matches("class=\"stub\"").count()
}

on_both_databases!(the_log_is_turned_by_pages_and_taken_along_as_a_file, |place| {
    let house = House::open(place).await;
    let agent = house.at_desk(&house.agent).await;
    let account = house.touched.customer.account.as_str();
    search(&agent, account, "=cmd|'/C calc'!A1, or so").await;
    for _ in 0..60 {
        look_up(&agent, account).await;
    }
    let auditor = house.at_audit().await;
    ask(&auditor, &[("account", account), ("act", "lookup_opened")]).await;
    let first = auditor.get("/desk/audit").await;
    let earlier = first.values("href=\"/desk/audit?before=").next().expect("there is more").to_owned();
    assert!(!earlier.contains(account) && earlier.len() == 32);
    let second = auditor.get(&format!("/desk/audit?before={earlier}")).await;
    assert_eq!((entries(&first), entries(&second)), (50, 11));
    assert!(second.body.contains("href=\"/desk/audit\""), "there is a way back");

    let lines = auditor.post("/desk/audit/export", &[("format", "jsonl")]).await;
    assert_eq!(lines.status, StatusCode::OK);
    assert_eq!(lines.header("cache-control"), "no-store");
    assert_eq!(lines.header("content-disposition"), "attachment; filename=\"audit-log.jsonl\"");
    let read: Vec<Value> = lines.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), 61);
    for line in &read {
        assert_eq!(
            (line["act"].as_str(), line["account_id"].as_str()),
            (Some("lookup_opened"), Some(account))
        );
        assert!(line["at"].as_str().unwrap().parse::<Instant>().is_ok());
        assert_eq!(line["hash"].as_str().unwrap().len(), 64);
    }
    let table = auditor.post("/desk/audit/export", &[("format", "csv")]).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(table.body.lines().count(), 62);
    assert!(table.body.contains(",\"'=cmd|'/C calc'!A1, or so\","), "no spreadsheet runs it: {}", table.body);

    let exports = ask(&auditor, &[("act", "audit_exported")]).await;
    let seen = exports.seen();
    assert_eq!(entries(&exports), 2, "that it was taken along is in the log too: {seen}");
    assert!(seen.contains("Noor Haddad, auditor") && seen.contains(account));
    let unknown = auditor.post("/desk/audit/export", &[("format", "pdf")]).await;
    assert!(unknown.status.is_client_error());
});
