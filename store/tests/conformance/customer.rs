//! A customer of a small operator, as the reads' cases need one.

use engine::{Account, AccountId, Evidence, Instant, Message, Transaction};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store::{AccountScope, NewUser, Password, Progress, Role, SessionKey, SessionRecord, Store, UserId};

use crate::records::judging;

pub const PASSWORD: &str = "a long walk along the shore";

pub fn at(text: &str) -> Instant {
    text.parse().expect("a moment")
}

/// The moment at which cases read.
pub fn now() -> Instant {
    at("2026-04-20T12:00:00Z")
}

pub async fn load_accounts(store: &Store, ids: &[&str]) {
    let accounts = ids.iter().map(|id| json!({ "id": id, "name": format!("Holder of {id}"), "emails": [format!("{id}@example.net")], "time_zone": "America/Denver" }));
    let loaded =
        store.load_accounts(&progress("accounts"), records::<Account>(accounts), now()).await.unwrap();
    assert_eq!((loaded.new, loaded.refused.len()), (ids.len(), 0), "{loaded:?}");
}

pub async fn load_transactions(store: &Store, transactions: impl IntoIterator<Item = Value>) {
    let records = records::<Transaction>(transactions);
    let count = records.len();
    let loaded = store.load_transactions(&progress("transactions"), records, now()).await.unwrap();
    assert_eq!((loaded.new, loaded.refused.len()), (count, 0), "{loaded:?}");
}

pub async fn load_messages(store: &Store, messages: impl IntoIterator<Item = Value>) {
    let records = records::<Message>(messages);
    let count = records.len();
    let loaded = store.load_messages(&progress("messages"), records, now()).await.unwrap();
    assert_eq!((loaded.new, loaded.refused.len()), (count, 0), "{loaded:?}");
}

pub async fn judge(store: &Store) {
    let judging = judging(store, now()).await;
    store.judge_queued(&judging, 1_000, &mut Evidence::default(), |_| {}).await.unwrap();
}

/// A payment of an account, and what the books say of it.
pub fn payment(id: &str, account: &str, occurred_at: &str, value: &str) -> Value {
    json!({
        "id": id, "account": account, "kind": "payment.received", "occurred_at": occurred_at,
        "recorded_at": occurred_at, "status": "completed", "references": [format!("PAY-{id}")],
        "amount": { "value": value, "currency": "USD" },
    })
}

/// A message that says that a payment arrived.
pub fn receipt(id: &str, account: &str, sent_at: &str, payment: &str, value: &str) -> Value {
    json!({
        "id": id, "account": account, "channel": "email", "recipient": format!("{account}@example.net"),
        "sender": "billing@operator.example", "template": "payment_received", "batch": "receipts", "sent_at": sent_at,
        "subject": "We received your payment",
        "text": format!("Thank you. We received your payment of ${value}. Confirmation PAY-{payment}."),
    })
}

pub async fn add_customer(store: &Store, account: &str) -> UserId {
    let user = NewUser {
        sign_in: format!("{account}@example.net"),
        name: format!("Holder of {account}"),
        role: Role::Customer,
        account: Some(account_id(account)),
        password: Password::new(PASSWORD),
    };
    store.add_user(user, now()).await.unwrap()
}

pub fn account_id(text: &str) -> AccountId {
    text.parse().unwrap()
}

/// A session of an hour's quiet and a day at most.
pub fn session_of(user: Option<&UserId>) -> SessionRecord {
    SessionRecord {
        user_id: user.cloned(),
        data: "{}".to_owned(),
        seen_at: now(),
        expires_at: at("2026-04-20T13:00:00Z"),
        ends_at: at("2026-04-21T12:00:00Z"),
    }
}

/// The scope of an account whose customer signs in.
pub async fn sign_in(store: &Store, account: &str, session: i128) -> AccountScope {
    let user = add_customer(store, account).await;
    let key = SessionKey::of(session);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    store.scope_of_session(&key, now()).await.unwrap().expect("a live session of a customer").scope
}

fn progress(file: &str) -> Progress {
    Progress { feed: "cases".to_owned(), file: file.to_owned(), lines_done: 1 }
}

fn records<T: DeserializeOwned>(values: impl IntoIterator<Item = Value>) -> Vec<T> {
    values.into_iter().map(|value| serde_json::from_value(value).unwrap()).collect()
}
