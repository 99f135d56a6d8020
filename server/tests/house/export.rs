//! A customer takes everything along that they may see, in one file, and nobody else's.

use std::collections::BTreeSet;

use engine::Message;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::import_feed::judge_waiting;
use store::{Progress, Store};

use crate::desk::{REASON, look_up};
use crate::feed::as_of;
use crate::house::House;
use crate::members::own_messages;
use crate::place::on_both_databases;
use crate::reports::report;
use crate::visitor::{Answer, Visitor, send};

pub const FILE: &str = "/export/file";
pub const EXPORT: &str = "/export";
const CONFIRM: &str = "/settings/security/confirm";

/// Gives the password again, on the way to a page.
pub async fn confirm(visitor: &Visitor, password: &str, then: &str) {
    let answer = visitor.post(CONFIRM, &[("password", password), ("then", then)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, then));
}

async fn confirmed(house: &House) -> Visitor {
    let visitor = house.signed_in(&house.touched).await;
    confirm(&visitor, house.touched.password, EXPORT).await;
    visitor
}

fn rows(answer: &Answer, name: &str) -> Vec<Value> {
    serde_json::from_str(&answer.file(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Whether it is a mail of the house's own, as that a report has come, or what vouches for that.
fn is_own_mail(row: &Value) -> bool {
    row["id"].as_str().unwrap().starts_with("counterfoil-")
}

fn ids(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

on_both_databases!(everything_is_taken_along_in_one_file, |place| {
    let house = House::open(place).await;
    let account = house.touched.customer.account.clone();
    look_up(&house.at_desk(&house.agent).await, account.as_str()).await;
    assert_eq!(
        house.visitor().try_sign_in(&house.touched.customer.sign_in, "not that one").await.status,
        StatusCode::SEE_OTHER
    );
    let visitor = confirmed(&house).await;
    let (fault, _) = house.faults_of(&account).remove(0);
    report(&visitor, ("message", &fault), "not_me", "I never ordered this").await;
    let page = visitor.get(EXPORT).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(page.seen().contains("Take everything along") && page.body.contains("action=\"/export/file\""));

    let taken = visitor.post(FILE, &[]).await;
    assert_eq!((taken.status, taken.header("content-type")), (StatusCode::OK, "application/zip"));
    assert_eq!(taken.header("cache-control"), "no-store");
    let name = taken.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"counterfoil-2026-"), "{name}");
    assert!(!taken.headers.contains_key("content-encoding"), "it is compressed once");

    let messages = rows(&taken, "messages.json");
    let theirs: BTreeSet<String> = house.messages_of(&account).into_iter().collect();
    let (ours, sent): (Vec<Value>, _) = messages.iter().cloned().partition(is_own_mail);
    assert_eq!((ids(&sent), ours.is_empty()), (theirs, false), "our own mail is among them");
    assert!(messages.iter().all(|message| message["counterfoil_number"].as_str().unwrap().len() == 14));
    for (fault, code) in house.faults_of(&account) {
        let message = messages.iter().find(|message| message["id"] == fault.as_str()).unwrap();
        assert_eq!(message["verdict"]["reasons"][0]["code"], code, "{fault}");
        assert!(!message["verdict"]["why"].as_str().unwrap().is_empty(), "{fault}");
    }
    let (_, transactions): (Vec<Value>, Vec<Value>) =
        rows(&taken, "transactions.json").into_iter().partition(is_own_mail);
    let theirs = house.transactions.iter().filter(|transaction| transaction.account == account);
    assert_eq!(ids(&transactions), theirs.map(|transaction| transaction.id.to_string()).collect());
    assert!(transactions.iter().any(|transaction| transaction["should_have_been_told"] == true));
    let texts = messages.iter().filter_map(|message| message["subject"].as_str());
    assert!(
        texts.clone().count() > 3 && texts.into_iter().all(|text| taken.file("messages.csv").contains(text))
    );
    assert!(taken.file("messages.csv").starts_with("\u{feff}Sent (America/Denver),Channel,Subject,"));
    assert!(taken.file("transactions.csv").lines().count() > transactions.len());

    let about: Value = serde_json::from_str(&taken.file("account.json")).unwrap();
    let record = house.account(&account);
    assert_eq!(about["account"]["id"], account.as_str());
    assert_eq!(about["sign_in"]["address"], house.touched.customer.sign_in.as_str());
    for (device, exported) in record.devices.iter().zip(about["account"]["devices"].as_array().unwrap()) {
        assert_eq!(exported["imei"], device.imei.printed(), "whole, for the password was given again");
    }
    assert!(taken.file("lookups.csv").contains(REASON) && taken.file("lookups.csv").contains("Ada Reyes"));
    let done: Vec<Value> = rows(&taken, "security.json");
    for act in ["sign_in", "sign_in_refused", "lookup_opened", "account_exported"] {
        assert!(done.iter().any(|entry| entry["act"] == act), "{act}: {done:?}");
    }
    let of_staff = done.iter().find(|entry| entry["act"] == "lookup_opened").unwrap();
    assert_eq!(of_staff["from_address"], Value::Null, "from where the staff works is theirs");
    let reports = rows(&taken, "reports.json");
    let mine = reports.iter().find(|one| one["id"] == fault.as_str()).expect("what was reported just now");
    assert_eq!(
        (&mine["says"], &mine["thread"][0]["text"]),
        (&json!("not_me"), &json!("I never ordered this"))
    );
    assert!(taken.file("reports.csv").contains("This wasn’t me I never ordered this"));
    assert!(taken.file("README.txt").contains("Everything that Larkspur Mobile keeps"));
    for other in house.accounts.iter().filter(|other| other.id != account) {
        assert!(!taken.body.contains(other.id.as_str()), "{}", other.id);
    }
});

on_both_databases!(a_member_takes_their_own_along, |place| {
    let house = House::open(place).await;
    let account = house.account(&house.member.customer.account);
    look_up(&house.at_desk(&house.agent).await, account.id.as_str()).await;
    let holder = confirmed(&house).await;
    report(&holder, ("message", &house.messages_of(&account.id)[0]), "not_me", "The holder says so").await;
    let visitor = house.signed_in(&house.member).await;
    confirm(&visitor, house.member.password, EXPORT).await;
    let taken = visitor.post(FILE, &[]).await;
    assert_eq!(taken.status, StatusCode::OK);
    let is_members = |member: &engine::Member| {
        member.emails.iter().any(|email| email.eq_ignore_ascii_case(&house.member.customer.sign_in))
    };
    let place = account.members.iter().position(is_members).expect("the record lists them");
    let own: BTreeSet<String> = own_messages(&house, account, place).into_iter().collect();
    let messages = rows(&taken, "messages.json");
    assert!(!own.is_empty() && own.len() < house.messages_of(&account.id).len());
    assert_eq!(ids(&messages), own);
    assert!(taken.file("messages.csv").lines().count() > own.len());
    for transaction in rows(&taken, "transactions.json") {
        let line = transaction["line"].as_str().unwrap_or_default();
        assert!(account.members[place].lines.iter().any(|own| own.as_str() == line), "{transaction}");
    }
    for nobodys in ["lookups.json", "reports.json"] {
        assert_eq!(rows(&taken, nobodys), Vec::<Value>::new(), "{nobodys}");
    }
    for done in rows(&taken, "security.json") {
        let act = done["act"].as_str().unwrap();
        assert!(["sign_in", "account_exported"].contains(&act), "{act} is another's");
    }
    for of_holder in account.emails.iter().map(String::as_str).chain([REASON, "The holder says so"]) {
        assert!(!taken.body.contains(of_holder), "{of_holder}");
    }
});

on_both_databases!(nothing_is_taken_along_by_whoever_may_not, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let first = "/settings/security/confirm?then=/export";
    for answer in [visitor.get(EXPORT).await, visitor.post(FILE, &[]).await] {
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, first));
    }
    let stranger = house.visitor();
    for answer in [stranger.get(EXPORT).await, stranger.post(FILE, &[]).await] {
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
    }
    let agent = house.at_desk(&house.agent).await;
    look_up(&agent, house.touched.customer.account.as_str()).await;
    confirm(&agent, house.agent.password, "/settings/security").await;
    assert_eq!(agent.post(FILE, &[]).await.location(), "/sign-in?ended");
    let auditor = house.at_audit().await;
    auditor
        .post(
            "/desk/audit",
            &[("act", "account_exported"), ("actor", ""), ("account", ""), ("from", ""), ("until", "")],
        )
        .await;
    assert_eq!(auditor.get("/desk/audit").await.body.matches("class=\"stub\"").count(), 0);
    let visitor = confirmed(&house).await;
    let from_elsewhere = send(visitor.form(FILE, &[]).header("sec-fetch-site", "cross-site")).await;
    assert_eq!(from_elsewhere.status, StatusCode::FORBIDDEN);
    assert_eq!(visitor.post(FILE, &[]).await.status, StatusCode::OK);
    assert_eq!(auditor.get("/desk/audit").await.body.matches("class=\"stub\"").count(), 1);
});

async fn load(store: &Store, messages: Vec<Value>) {
    let messages: Vec<Message> =
        messages.into_iter().map(|message| serde_json::from_value(message).unwrap()).collect();
    let progress = Progress { feed: "export".to_owned(), file: "messages".to_owned(), lines_done: 1 };
    store.load_messages(&progress, messages, as_of()).await.unwrap();
    judge_waiting(store, as_of()).await.unwrap();
}

on_both_databases!(no_spreadsheet_runs_what_a_message_says, |place| {
    let house = House::open(place).await;
    let account = house.touched.customer.account.as_str();
    let subjects = ["=cmd|'/C calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "a\",=1", "＝1"];
    let messages = subjects.iter().enumerate().map(|(place, subject)| {
        json!({
            "id": format!("M-formula-{place}"), "account": account, "channel": "email", "recipient": "a@b.example",
            "sent_at": "2026-04-01T10:00:00Z", "subject": subject, "text": format!("{subject} and more"),
        })
    });
    load(&place.store().await, messages.collect()).await;
    let taken = confirmed(&house).await.post(FILE, &[]).await;
    let table = taken.file("messages.csv");
    let mut cells = 0;
    for record in table.trim_start_matches('\u{feff}').split("\r\n").filter(|record| !record.is_empty()) {
        for cell in record.split(",\"").map(|cell| cell.trim_start_matches('"').trim_start()) {
            cells += 1;
            assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{cell}");
        }
    }
    assert!(cells > 100, "{cells}");
    for written in
        ["\"'=cmd|'/C calc'!A1\"", "\"'+1+1\"", "\"'-2+3\"", "\"'@SUM(A1)\"", "\"'\t=1\"", "\"a\"\",=1\""]
    {
        assert!(table.contains(written), "{written}");
    }
    let whole = rows(&taken, "messages.json");
    for subject in subjects {
        assert!(whole.iter().any(|message| message["subject"] == subject), "as it was sent: {subject}");
    }
});

on_both_databases!(an_export_speaks_its_readers_language, |place| {
    let house = House::open(place).await;
    let visitor = confirmed(&house).await;
    visitor.post("/language", &[("language", "es")]).await;
    assert!(visitor.get("/export?not=busy").await.seen().contains("Otras personas están descargando"));
    let taken = visitor.post(FILE, &[]).await;
    assert!(taken.file("README.txt").starts_with("Todo lo que Larkspur Mobile guarda"));
    assert!(taken.file("messages.csv").starts_with("\u{feff}Enviado (America/Denver),Canal,Asunto,"));
    assert!(taken.file("messages.csv").contains("No encontramos actividad que coincida"));
});
