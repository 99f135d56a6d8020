//! A transaction with what was told of it, what an account has going on, and how its people want to be spoken to.

use engine::{Instant, Language, OpenSort, Verdict};
use serde_json::{Value, json};
use store::{ChosenAt, Notices, Preferences, SessionKey, Store};

use crate::customer::{
    add_customer, judge, load_accounts, load_messages, load_transactions, now, payment, receipt, session_of,
    sign_in,
};
use crate::database::on_both_databases;

fn happened(id: &str, account: &str, kind: &str, day: &str, reference: &str) -> Value {
    let at = format!("{day}T10:00:00Z");
    json!({ "id": id, "account": account, "kind": kind, "occurred_at": at, "recorded_at": at, "references": [reference] })
}

on_both_databases!(a_transaction_comes_with_every_message_about_it, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let transactions = [
        payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40"),
        payment("T-2", "A-1", "2026-04-12T09:00:00Z", "12.00"),
        happened("T-3", "A-1", "sim.changed", "2026-04-12", "SIM-1"),
    ];
    load_transactions(store, transactions).await;
    let messages = [
        receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40"),
        receipt("M-2", "A-1", "2026-04-10T11:00:00Z", "T-1", "86.40"),
        receipt("M-3", "A-1", "2026-04-12T11:00:00Z", "T-2", "21.00"),
    ];
    load_messages(store, messages).await;
    let (owner, other) = (sign_in(store, "A-1", 1).await, sign_in(store, "A-2", 2).await);
    let unjudged = store.read_transaction(&owner, &"T-1".parse().unwrap()).await.unwrap().expect("its own");
    assert!(unjudged.entries.is_empty());
    judge(store).await;
    for (id, expected) in [
        ("T-1", &[(Some("M-1"), Some(Verdict::Matched)), (Some("M-2"), Some(Verdict::Duplicate))][..]),
        ("T-2", &[(Some("M-3"), Some(Verdict::Differs))]),
        ("T-3", &[(None, None)]),
    ] {
        let found = store.read_transaction(&owner, &id.parse().unwrap()).await.unwrap().expect("its own");
        assert_eq!((found.transaction.id.as_str(), found.more), (id, false));
        let told: Vec<_> = (found.entries.iter())
            .map(|entry| (entry.message.as_ref().map(|message| message.id.as_str()), entry.verdict))
            .collect();
        assert_eq!(told, expected, "{id}");
        assert_eq!(found.entries[0].untold, id == "T-3");
        assert_eq!(store.read_transaction(&other, &id.parse().unwrap()).await.unwrap(), None);
    }
    assert_eq!(store.read_transaction(&owner, &"T-none".parse().unwrap()).await.unwrap(), None);
});

on_both_databases!(so_many_messages_about_one_thing_are_shown_and_no_more, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_transactions(store, [payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40")]).await;
    let again = (0..50).map(|minute| {
        receipt(&format!("M-{minute:02}"), "A-1", &format!("2026-04-10T10:{minute:02}:00Z"), "T-1", "86.40")
    });
    load_messages(store, again).await;
    judge(store).await;
    let owner = sign_in(store, "A-1", 1).await;
    let found = store.read_transaction(&owner, &"T-1".parse().unwrap()).await.unwrap().expect("its own");
    assert_eq!((found.entries.len(), found.more), (40, true));
});

on_both_databases!(an_account_shows_what_it_has_going_on, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let transactions = [
        happened("T-1", "A-1", "order.placed", "2026-04-01", "ORD-1"),
        happened("T-2", "A-1", "shipment.dispatched", "2026-04-02", "ORD-1"),
        happened("T-3", "A-1", "trade_in.started", "2026-04-03", "TI-1"),
        happened("T-4", "A-1", "trade_in.credited", "2026-04-09", "TI-1"),
        happened("T-5", "A-1", "plan.changed", "2026-04-04", "P-1"),
        happened("T-6", "A-1", "sim.changed", "2026-04-05", "S-1"),
        // Tomorrow's, which the books do not know yet.
        happened("T-7", "A-1", "shipment.delivered", "2026-04-21", "ORD-1"),
        happened("T-8", "A-2", "order.placed", "2026-04-01", "ORD-2"),
    ];
    load_transactions(store, transactions).await;
    let owner = sign_in(store, "A-1", 1).await;
    let found =
        store.read_account_now(&owner, now(), crate::customer::at("2026-04-05T00:00:00Z")).await.unwrap();
    let open: Vec<_> =
        found.open.iter().map(|open| (open.sort, open.begun.id.as_str(), open.latest.id.as_str())).collect();
    assert_eq!(open, [(OpenSort::Order, "T-1", "T-2")]);
    assert_eq!(found.plans.iter().map(|plan| plan.id.as_str()).collect::<Vec<_>>(), ["T-5"]);
    assert_eq!(found.changes.iter().map(|change| change.id.as_str()).collect::<Vec<_>>(), ["T-6"]);
    assert_eq!(found.lately, found.changes);
    assert!(!found.more);
});

on_both_databases!(a_person_s_choice_is_kept_with_them, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let user = add_customer(store, "A-1").await;
    let (key, nobodys) = (SessionKey::of(1), SessionKey::of(2));
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    assert!(store.create_session(&nobodys, &session_of(None)).await.unwrap());
    let kept =
        async || store.user_of_session(&key, now()).await.unwrap().expect("a live session").preferences;
    assert_eq!(kept().await, Preferences::default());
    let time_zone = Some("Europe/Madrid".to_owned().try_into().unwrap());
    let chosen = Preferences { language: Some(Language::Es), time_zone };
    for key in [&nobodys, &SessionKey::of(3)] {
        assert!(!keep(store, key, &chosen, now()).await);
    }
    assert!(!keep(store, &key, &chosen, session_of(None).expires_at).await, "it has ended");
    assert_eq!(kept().await, Preferences::default());
    assert!(keep(store, &key, &chosen, now()).await);
    assert_eq!(kept().await, chosen);
    let opened = store.scope_of_session(&key, now()).await.unwrap().expect("a customer");
    assert_eq!(opened.user.preferences, chosen);
    assert!(keep(store, &key, &Preferences::default(), now()).await);
    assert_eq!(kept().await, Preferences::default());
});

async fn keep(store: &Store, key: &SessionKey, preferences: &Preferences, at: Instant) -> bool {
    let chosen = ChosenAt { now: at, at };
    store.keep_preferences(key, preferences, &Notices::default(), chosen).await.unwrap()
}
