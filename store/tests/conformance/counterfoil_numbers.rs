//! A message's number: always the same, told to its own account, and answered to anybody without anything personal.

use engine::{CounterfoilNumber, MessageId};
use store::{SentMessage, Store};

use crate::customer::{judge, load_accounts, load_messages, receipt, sign_in};
use crate::database::{TestDatabase, on_both_databases};
use crate::records::{Record, message, receipt as receipt_record};

async fn numbers(store: &Store, ids: &[&str]) -> Vec<Option<CounterfoilNumber>> {
    let ids: Vec<MessageId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    store.counterfoil_numbers_of(&ids).await.unwrap()
}

async fn number(store: &Store, id: &str) -> CounterfoilNumber {
    numbers(store, &[id]).await[0].expect("it has a number")
}

/// Every number that is kept, with its message.
async fn all_numbers(database: &TestDatabase) -> Vec<String> {
    let mut numbers = database.rows("counterfoil_numbers").await;
    numbers.extend(database.rows("fresh_numbers").await);
    numbers.sort();
    numbers
}

/// An empty database of the same kind.
async fn empty_beside(database: &TestDatabase) -> TestDatabase {
    match &database.store {
        Store::Sqlite(_) => TestDatabase::sqlite().await,
        Store::Postgres(_) => TestDatabase::postgres().await.expect("there is a cluster"),
    }
}

/// Runs statements as the role that may change what is kept.
async fn as_jobs(database: &TestDatabase, statements: &str) {
    let statements = match &database.store {
        Store::Sqlite(_) => statements.to_owned(),
        Store::Postgres(_) => format!("begin; set local role counterfoil_jobs; {statements}; commit"),
    };
    database.beside().await.run(&statements).await;
}

fn texts(count: usize) -> Vec<Record> {
    let line = |number| {
        receipt_record(&format!("M-{number}"), "PMT1234567", r#""account":"A-1","recipient":"+12065550123""#)
    };
    (0..count).map(line).collect()
}

on_both_databases!(a_message_has_the_same_number_in_whatever_order_it_comes, |database| {
    const COUNT: usize = 60;
    database.load(&texts(COUNT)).await;
    let first = all_numbers(database).await;
    assert_eq!(first.len(), COUNT);
    database.load(&texts(COUNT)).await;
    assert_eq!(all_numbers(database).await, first, "loaded twice");

    let other = empty_beside(database).await;
    for record in texts(COUNT).iter().rev() {
        other.load(std::slice::from_ref(record)).await;
    }
    assert_eq!(all_numbers(&other).await, first, "one by one, backwards");
    let given = numbers(&other.store, &["M-7", "M-none", "M-0"]).await;
    assert!(given[1].is_none() && given[0].is_some() && given[2].is_some() && given[0] != given[2]);
    assert_eq!(given, numbers(&database.store, &["M-7", "M-none", "M-0"]).await);
    other.leave().await;
});

on_both_databases!(a_message_of_nobody_known_and_one_taken_back_have_numbers_too, |database| {
    let nobody = message(
        r#"{"id":"M-1","channel":"email","recipient":"x@example.net","sent_at":"2026-03-01T10:00:00Z","text":"Hi"}"#,
    );
    let gone = message(
        r#"{"id":"M-2","channel":"email","recipient":"x@example.net","sent_at":"2026-03-01T10:00:00Z","revision":1,"deleted":true}"#,
    );
    database.load(&[nobody, gone]).await;
    let (kept, gone) = (number(&database.store, "M-1").await, number(&database.store, "M-2").await);
    let sent = database.store.check_number(kept, None).await.unwrap().expect("we sent it");
    assert_eq!((sent.sent_on.to_string().as_str(), sent.subject), ("2026-03-01", None));
    assert_eq!(database.store.check_number(gone, None).await.unwrap(), None);
});

on_both_databases!(a_number_that_is_taken_leaves_the_next, |database| {
    database.load(&texts(1)).await;
    let first = number(&database.store, "M-0").await;
    for table in ["counterfoil_numbers", "fresh_numbers"] {
        let other = empty_beside(database).await;
        as_jobs(&other, &format!("insert into {table} values ({}, 'M-other')", first.bits())).await;
        for _ in 0..2 {
            other.load(&texts(3)).await;
            assert_eq!(all_numbers(&other).await.len(), 4, "in {table}");
        }
        let next = number(&other.store, "M-0").await;
        assert_ne!(next, first);
        assert_eq!(other.store.check_number(first, None).await.unwrap(), None, "that is another's");
        assert!(other.store.check_number(next, None).await.unwrap().is_some());
        database.load(&texts(3)).await;
        assert_eq!(number(&other.store, "M-1").await, number(&database.store, "M-1").await);
        other.leave().await;
    }
});

on_both_databases!(messages_from_before_numbers_get_theirs, |database| {
    database.load(&texts(5)).await;
    let given = all_numbers(database).await;
    let forget = "delete from counterfoil_numbers; delete from fresh_numbers; delete from settings;
                  insert into settings (name, value) values ('numbered_until', ";
    as_jobs(database, &format!("{forget}'')")).await;
    assert_eq!(numbers(&database.store, &["M-0"]).await, [None]);
    // Stopped in the middle, it goes on behind the last that it numbered.
    as_jobs(database, &format!("{forget}'M-1')")).await;
    database.store.migrate().await.unwrap();
    assert_eq!(all_numbers(database).await.len(), 3);
    as_jobs(database, &format!("{forget}'')")).await;
    database.store.migrate().await.unwrap();
    assert_eq!(all_numbers(database).await, given);
    assert!(!database.rows("settings").await.iter().any(|row| row.contains("numbered_until")));
    // They are settled now: what comes again finds its number there, and what is new is kept beside them.
    assert_eq!(database.rows("fresh_numbers").await, Vec::<String>::new());
    database.load(&texts(5)).await;
    assert_eq!(all_numbers(database).await, given);
    database.load(&texts(7)).await;
    assert_eq!(database.rows("fresh_numbers").await.len(), 2);
    let settled = number(&database.store, "M-0").await;
    assert!(database.store.check_number(settled, None).await.unwrap().is_some());
});

on_both_databases!(whoever_has_a_number_is_told_nothing_personal, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let mut letter = receipt("M-1", "A-1", "2026-04-10T03:00:00Z", "T-1", "86.40");
    letter["subject"] = "Holder, we received your payment of $86.40 (PAY-900412) for Maple Street".into();
    letter["data"] = serde_json::json!({ "street": "Maple Street" });
    load_messages(store, [letter]).await;
    judge(store).await;
    let (owner, other) = (sign_in(store, "A-1", 1).await, sign_in(store, "A-2", 2).await);
    let held = number(store, "M-1").await;
    let own = store.read_message(&owner, &"M-1".parse().unwrap()).await.unwrap().expect("its own message");
    assert_eq!(own.number, Some(held));

    let told = SentMessage {
        // Where its recipient lives it was still the day before.
        sent_on: serde_json::from_str("\"2026-04-09\"").unwrap(),
        channel: engine::Channel::Email,
        subject: Some("•••, we received your payment ••• for •••".to_owned()),
        own: None,
        mistake: None,
    };
    for asker in [None, Some(&other)] {
        assert_eq!(store.check_number(held, asker).await.unwrap(), Some(told.clone()));
    }
    let own = SentMessage { own: Some("M-1".parse().unwrap()), ..told };
    assert_eq!(store.check_number(held, Some(&owner)).await.unwrap(), Some(own));
    let unknown = CounterfoilNumber::from_bits(held.bits() ^ 1);
    assert_eq!(store.check_number(unknown, Some(&owner)).await.unwrap(), None);
});
