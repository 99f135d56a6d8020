//! What was done is written down once, in order, and any change to that is found.

use std::collections::BTreeSet;
use std::net::IpAddr;

use engine::Span;
use store::{
    Act, Actor, Admission, AuditBreak, AuditCheckpoint, AuditEntry, AuditQuery, Find, PagesClosed, Password,
    PublishedCatalogue, Role, SessionKey, Store, StoreError, VerifyAuditError,
};

use crate::customer::{PASSWORD, add_customer, load_accounts, now, session_of};
use crate::database::{Beside, TestDatabase, on_both_databases};
use crate::lookups::{add_staff, at_work, open, search};

const ALL: usize = 1_000;

fn client() -> IpAddr {
    "192.0.2.7".parse().unwrap()
}

/// All that the log has, the first entry first.
async fn entries(store: &Store, auditor: &SessionKey) -> Vec<AuditEntry> {
    let page = store.read_audit(auditor, &AuditQuery::default(), None, ALL, now()).await.unwrap();
    let mut entries = page.expect("an auditor reads it").entries;
    entries.reverse();
    entries
}

async fn verify(store: &Store, known: Option<AuditCheckpoint>) -> Result<AuditCheckpoint, AuditBreak> {
    store.verify_audit(known, now()).await.map_err(|error| match error {
        VerifyAuditError::Broken(broken) => broken,
        VerifyAuditError::Store(error) => panic!("{error}"),
    })
}

async fn advance(store: &Store, known: &AuditCheckpoint) -> Result<AuditCheckpoint, AuditBreak> {
    store.advance_checkpoint(known, now()).await.map_err(|error| match error {
        VerifyAuditError::Broken(broken) => broken,
        VerifyAuditError::Store(error) => panic!("{error}"),
    })
}

async fn sign_in(store: &Store, name: &str, password: &str) -> Admission {
    store.sign_in(name, &Password::new(password), Some(client()), now()).await.unwrap()
}

on_both_databases!(each_act_is_written_down_with_its_actor, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let auditor = at_work(store, "Cay", Role::Auditor, 9).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    add_customer(store, "A-1").await;
    assert!(matches!(sign_in(store, "ADA@desk.example", PASSWORD).await, Admission::Admitted(..)));
    assert!(matches!(sign_in(store, "a-1@example.net", PASSWORD).await, Admission::Admitted(..)));
    assert_eq!(sign_in(store, "ada@desk.example", "a canary instead").await, Admission::Refused);
    assert_eq!(sign_in(store, "canary@example.net", "a canary instead").await, Admission::Refused);
    assert_eq!(sign_in(store, "a-1@example.net", "a canary instead").await, Admission::Refused);
    let opened = open(store, &agent, "A-1").await.unwrap();
    open(store, &agent, "canary-account").await.unwrap_err();
    store.close_lookup(&agent, &opened.id, Some(client()), now()).await.unwrap();
    store.sign_out(&agent, Some(client()), now()).await.unwrap();
    store.sign_out(&agent, Some(client()), now()).await.unwrap();
    let key = store.add_ingest_key("billing", now().plus(Span::days(1)), now()).await.unwrap();
    for _ in 0..2 {
        store.revoke_ingest_key(key.id().as_str(), now()).await.unwrap();
    }
    let catalogue = PublishedCatalogue { templates: Some("[]".to_owned()), rules: None };
    for _ in 0..2 {
        store.publish_catalogue(&catalogue, now()).await.unwrap();
    }

    for why in ["a foreign mark", "another"] {
        let closed = PagesClosed { at: now(), why: why.to_owned() };
        store.close_personal_pages(&closed, Actor::job("probe")).await.unwrap();
    }
    for _ in 0..2 {
        store.open_personal_pages(Actor::command("pages open"), now()).await.unwrap();
    }

    let entries = entries(store, &auditor).await;
    let told: Vec<String> = entries
        .iter()
        .map(|it| {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            let (name, account, reason) = (text(&it.actor_name), text(&it.account_id), text(&it.reason));
            format!("{} {name} {} {account} {reason} {}", it.actor_kind, it.act, text(&it.client))
        })
        .collect();
    assert_eq!(
        told,
        [
            "command - user_added - auditor -",
            "command - user_added - agent -",
            "command - user_added A-1 customer -",
            "user Ada sign_in - - 192.0.2.7",
            "user Holder of A-1 sign_in A-1 - 192.0.2.7",
            "unproved Ada sign_in_refused - - 192.0.2.7",
            "unproved - sign_in_refused - - 192.0.2.7",
            "unproved Holder of A-1 sign_in_refused A-1 - 192.0.2.7",
            "user Ada lookup_opened A-1 Asks about a trade-in message -",
            "user Ada lookup_refused - nothing -",
            "user Ada lookup_closed A-1 - 192.0.2.7",
            "user Ada sign_out - - 192.0.2.7",
            "command - key_added - - -",
            "command - key_revoked - - -",
            "command - catalogue_published - - -",
            "job - pages_closed - a foreign mark -",
            "command - pages_opened - - -",
        ]
    );
    assert_eq!(store.load_session(&agent, now()).await.unwrap(), None, "who signed out is out");
    let kept = format!("{entries:?}");
    assert!(!kept.contains("canary"), "what was typed is not kept: {kept}");
    assert_eq!(verify(store, None).await.unwrap().sequence, 17);
});

on_both_databases!(only_an_auditor_reads_it_and_finds_exactly_what_is_asked_for, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let auditor = at_work(store, "Cay", Role::Auditor, 9).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let supervisor = at_work(store, "Bea", Role::Supervisor, 8).await;
    for (key, typed, times) in [(&agent, "A-1", 3), (&agent, "A-2", 2), (&supervisor, "A-2", 4)] {
        for _ in 0..times {
            open(store, key, typed).await.unwrap();
        }
    }
    let found = async |query: AuditQuery| {
        store.read_audit(&auditor, &query, None, ALL, now()).await.unwrap().unwrap().entries.len()
    };
    let actor = |typed: &str| AuditQuery { actor: Some(typed.to_owned()), ..AuditQuery::default() };
    let account = |id: &str| AuditQuery { account: Some(id.parse().unwrap()), ..AuditQuery::default() };
    let opened = AuditQuery { act: Some(Act::LookupOpened), ..AuditQuery::default() };
    assert_eq!(found(AuditQuery::default()).await, 12);
    assert_eq!(found(opened.clone()).await, 9);
    assert_eq!(found(actor(" Ada@desk.example ")).await, 5);
    assert_eq!(found(actor("user add")).await, 3);
    assert_eq!(found(actor("Ada")).await, 0, "a name names nobody exactly");
    assert_eq!((found(account("A-1")).await, found(account("A-2")).await), (3, 6));
    assert_eq!(found(account("A")).await, 0);
    assert_eq!(found(AuditQuery { act: Some(Act::LookupOpened), ..actor("bea@desk.example") }).await, 4);
    let (from, until) = (Some(now()), Some(now().plus(Span::days(1))));
    assert_eq!(found(AuditQuery { from, until, ..AuditQuery::default() }).await, 12);
    assert_eq!(found(AuditQuery { until: from, ..AuditQuery::default() }).await, 0);
    assert_eq!(found(AuditQuery { from: until, ..AuditQuery::default() }).await, 0);

    let (mut seen, mut place) = (Vec::new(), None);
    loop {
        let page = store.read_audit(&auditor, &opened, place, 2, now()).await.unwrap().unwrap();
        seen.extend(page.entries.iter().map(|entry| entry.sequence));
        let Some(earlier) = page.earlier else { break };
        place = Some(earlier.to_string().parse().unwrap());
    }
    assert_eq!(seen, (4..=12).rev().collect::<Vec<_>>(), "each once, the latest first");
    for nobody in [&agent, &supervisor, &SessionKey::of(1)] {
        assert!(store.read_audit(nobody, &opened, None, ALL, now()).await.unwrap().is_none());
        let exported = store.begin_audit_export(nobody, |_| panic!("nobody exports"), now()).await.unwrap();
        assert!(!exported);
    }
});

/// Lets the log be changed, as only who has the database can.
async fn unlocked(database: &TestDatabase) -> Beside {
    let mut beside = database.beside().await;
    if let Beside::Sqlite(_) = beside {
        for trigger in ["changed", "cut", "replaced"] {
            beside.run(&format!("drop trigger audit_log_is_not_{trigger}")).await;
        }
    }
    beside
}

on_both_databases!(what_is_changed_behind_its_back_is_found, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    for _ in 0..9 {
        open(store, &agent, "A-1").await.unwrap();
    }
    let known = verify(store, None).await.unwrap();
    assert_eq!(known.sequence, 10);
    assert_eq!(advance(store, &known).await, Ok(known));
    open(store, &agent, "A-1").await.unwrap();
    let later = advance(store, &known).await.unwrap();
    assert_eq!(later.sequence, 11);
    assert_eq!(verify(store, Some(known)).await, Ok(later));

    let mut beside = unlocked(database).await;
    beside.run("create table kept as select * from audit_log").await;
    for (mutation, whole, since) in [
        ("update audit_log set account_id = 'A-2' where sequence = 4", AuditBreak::Changed(4), None),
        ("update audit_log set reason = null where sequence = 11", AuditBreak::Changed(11), Some(())),
        ("update audit_log set at = at + 1 where sequence = 1", AuditBreak::Changed(1), None),
        ("delete from audit_log where sequence = 5", AuditBreak::Missing(5), None),
        ("delete from audit_log where sequence = 1", AuditBreak::Missing(1), None),
        ("delete from audit_log where sequence > 8", AuditBreak::Cut { last: 8, known: 10 }, Some(())),
        ("delete from audit_log", AuditBreak::Cut { last: 0, known: 10 }, Some(())),
        ("update audit_log set sequence = -1 where sequence = 3", AuditBreak::Missing(1), None),
        (
            "insert into audit_log select 12, at, actor_kind, actor_id, actor_role, actor_name, act, account_id, subject,
             reason, client, hash from audit_log where sequence = 11",
            AuditBreak::Changed(12),
            Some(()),
        ),
    ] {
        beside.run(mutation).await;
        assert_eq!(verify(store, Some(known)).await, Err(whole), "{mutation}");
        assert_eq!(advance(store, &known).await.is_err(), since.is_some(), "{mutation}");
        beside.run("delete from audit_log; insert into audit_log select * from kept").await;
        assert_eq!(verify(store, Some(known)).await, Ok(later), "as it was");
    }
    beside.run("drop table kept").await;
});

on_both_databases!(nobody_who_serves_may_change_or_cut_it, |database| {
    let store = &database.store;
    at_work(store, "Ada", Role::Agent, 7).await;
    let attempts = [
        ("select sequence from audit_log", true),
        ("update audit_log set act = 'sign_out'", false),
        ("delete from audit_log", false),
        ("truncate audit_log", false),
        ("insert or replace into audit_log select * from audit_log", false),
    ];
    for (attempt, may) in attempts {
        let done = match database.beside().await {
            Beside::Sqlite(mut connection) => sqlx::query(attempt).execute(&mut connection).await.map(|_| ()),
            Beside::Postgres(mut connection) => {
                let role = sqlx::query("set role counterfoil_jobs");
                role.execute(&mut connection).await.unwrap();
                sqlx::query(attempt).execute(&mut connection).await.map(|_| ())
            }
        };
        assert_eq!(done.is_ok(), may, "{attempt}: {done:?}");
    }
    assert_eq!(verify(store, None).await.unwrap().sequence, 1);
});

on_both_databases!(those_who_write_at_once_make_one_chain, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let store = store.clone();
        writers.spawn(async move {
            let find = Find::readings_of("A-1");
            store.open_lookup(&agent, &search(&find, "Asks about a message"), now()).await.unwrap();
            store.sign_out(&SessionKey::of(1), None, now()).await
        });
    }
    let done: Vec<Result<(), StoreError>> = writers.join_all().await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!(verify(store, None).await.unwrap().sequence, 41);
    let lookups: BTreeSet<String> = database.rows("lookup_ids").await.into_iter().collect();
    assert_eq!(lookups.len(), 40);
});

on_both_databases!(who_is_suspended_is_out_until_reinstated, |database| {
    use store::Suspending::{Done, Nobody, WasSo};
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let ada = add_staff(store, "Ada", Role::Agent).await;
    let key = SessionKey::of(7);
    store.create_session(&key, &session_of(Some(&ada))).await.unwrap();
    let opened = open(store, &key, "A-1").await.unwrap();
    assert_eq!(store.suspend_user("nobody@desk.example", now()).await.unwrap(), Nobody);
    assert_eq!(store.suspend_user(" ADA@desk.example", now()).await.unwrap(), Done);
    assert_eq!(store.suspend_user("ada@desk.example", now()).await.unwrap(), WasSo);
    // A session that was on its way when they were suspended opens nothing either.
    store.create_session(&SessionKey::of(8), &session_of(Some(&ada))).await.unwrap();
    for key in [key, SessionKey::of(8)] {
        assert_eq!(store.user_of_session(&key, now()).await.unwrap(), None);
        assert!(store.scope_of_lookup(&key, &opened.id, now()).await.unwrap().is_none());
    }
    assert_eq!(sign_in(store, "ada@desk.example", PASSWORD).await, Admission::Suspended);
    assert_eq!(sign_in(store, "ada@desk.example", "another password").await, Admission::Refused);
    assert_eq!(store.reinstate_user("ada@desk.example", now()).await.unwrap(), Done);
    assert_eq!(store.reinstate_user("ada@desk.example", now()).await.unwrap(), WasSo);
    assert!(matches!(sign_in(store, "ada@desk.example", PASSWORD).await, Admission::Admitted(..)));
    assert!(store.user_of_session(&SessionKey::of(8), now()).await.unwrap().is_some());
});
