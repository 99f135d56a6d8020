//! One of the staff opens an account, for a reason, for a while, and its customer sees that.

use engine::{AccountId, Instant, Span};
use serde_json::json;
use store::{
    Find, FoundBy, LOOKUP_TIME_MAX, LookupBudget, LookupId, NewUser, OpenLookupError, Opened, Password, Role,
    Search, SessionKey, Store, UserId,
};

use crate::customer::{
    PASSWORD, account_id, at, load_accounts, load_messages, now, receipt, session_of, sign_in,
};
use crate::database::{TestDatabase, on_both_databases};

const REASON: &str = "Asks about a trade-in message";

pub async fn add_staff(store: &Store, name: &str, role: Role) -> UserId {
    let user = NewUser {
        sign_in: format!("{name}@desk.example"),
        name: name.to_owned(),
        role,
        account: None,
        password: Password::new(PASSWORD),
    };
    store.add_user(user, now()).await.unwrap()
}

/// Somebody of the staff at work, by the session of this number.
pub async fn at_work(store: &Store, name: &str, role: Role, session: i128) -> SessionKey {
    let user = add_staff(store, name, role).await;
    let key = SessionKey::of(session);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    key
}

/// A search from nowhere in particular, within the usual budget.
pub fn search<'a>(finds: &'a [Find], reason: &'a str) -> Search<'a> {
    Search { finds, reason, client: None, budget: LookupBudget::DEFAULT }
}

pub async fn open(store: &Store, key: &SessionKey, typed: &str) -> Result<Opened, OpenLookupError> {
    store.open_lookup(key, &search(&Find::readings_of(typed), REASON), now()).await
}

async fn opens(store: &Store, key: &SessionKey, id: &LookupId, now: Instant) -> Option<AccountId> {
    let open = store.scope_of_lookup(key, id, now).await.unwrap()?;
    assert_eq!(&open.id, id);
    Some(open.scope.account().clone())
}

async fn failures(database: &TestDatabase) -> Vec<String> {
    database.beside().await.texts("select found_by || ' ' || outcome from lookup_failures order by 1").await
}

on_both_databases!(an_agent_opens_an_account_for_a_quarter_of_an_hour, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let opened = open(store, &agent, "A-1").await.unwrap();
    assert_eq!(opened.closes_at, now().plus(Span::minutes(15)));
    let last = opened.closes_at.minus(Span::minutes(1));
    for at in [now(), last] {
        assert_eq!(opens(store, &agent, &opened.id, at).await, Some(account_id("A-1")));
        assert_eq!(store.open_lookups(&agent, at).await.unwrap().len(), 1);
    }
    for at in [opened.closes_at, opened.closes_at.plus(LOOKUP_TIME_MAX)] {
        assert_eq!(opens(store, &agent, &opened.id, at).await, None);
        assert!(store.open_lookups(&agent, at).await.unwrap().is_empty());
        assert!(!store.close_lookup(&agent, &opened.id, None, at).await.unwrap(), "it has closed by itself");
    }
    let open = store.scope_of_lookup(&agent, &opened.id, now()).await.unwrap().unwrap();
    assert_eq!((open.reason.as_str(), open.opened_at, open.closes_at), (REASON, now(), opened.closes_at));
    assert_eq!(store.read_account(&open.scope).await.unwrap().name.as_deref(), Some("Holder of A-1"));
    let unknown = "0".repeat(32).parse().unwrap();
    assert_eq!(opens(store, &agent, &unknown, now()).await, None);
});

on_both_databases!(a_lookup_is_closed_by_hand_once, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let other = at_work(store, "Bea", Role::Supervisor, 8).await;
    let first = open(store, &agent, "A-1").await.unwrap();
    let second = open(store, &agent, "A-1").await.unwrap();
    let later = now().plus(Span::minutes(4));
    assert!(
        !store.close_lookup(&other, &first.id, None, later).await.unwrap(),
        "another's is not theirs to close"
    );
    assert!(opens(store, &agent, &first.id, later).await.is_some());
    assert!(store.close_lookup(&agent, &first.id, None, later).await.unwrap());
    assert!(!store.close_lookup(&agent, &first.id, None, later).await.unwrap());
    assert_eq!(opens(store, &agent, &first.id, later).await, None);
    assert!(opens(store, &agent, &second.id, later).await.is_some(), "the other one is open still");
});

on_both_databases!(only_whoever_opened_it_and_still_may_reads_by_a_lookup, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let ada = add_staff(store, "Ada", Role::Agent).await;
    let (agent, again) = (SessionKey::of(7), SessionKey::of(70));
    for key in [&agent, &again] {
        store.create_session(key, &session_of(Some(&ada))).await.unwrap();
    }
    let other = at_work(store, "Bea", Role::Supervisor, 8).await;
    let auditor = at_work(store, "Cay", Role::Auditor, 9).await;
    sign_in(store, "A-1", 10).await;
    let opened = open(store, &agent, "A-1").await.unwrap();
    assert!(opens(store, &again, &opened.id, now()).await.is_some(), "another session of the same person");
    for key in [&other, &auditor, &SessionKey::of(10), &SessionKey::of(11)] {
        assert_eq!(opens(store, key, &opened.id, now()).await, None);
        assert!(store.open_lookups(key, now()).await.unwrap().is_empty());
    }

    let demote = |role| format!("update users set role = '{role}' where user_id = '{ada}'");
    for (role, may) in [("auditor", false), ("customer", false), ("supervisor", true)] {
        database.beside().await.run(&demote(role)).await;
        assert_eq!(opens(store, &agent, &opened.id, now()).await.is_some(), may, "{role}");
    }
    store.delete_session(&again).await.unwrap();
    assert_eq!(opens(store, &again, &opened.id, now()).await, None);
    assert!(opens(store, &agent, &opened.id, now()).await.is_some());
    database.beside().await.run("update accounts set deleted = 1").await;
    assert_eq!(opens(store, &agent, &opened.id, now()).await, None);
});

on_both_databases!(only_agents_and_supervisors_look_up, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let auditor = at_work(store, "Cay", Role::Auditor, 9).await;
    sign_in(store, "A-1", 10).await;
    for key in [&auditor, &SessionKey::of(10), &SessionKey::of(11)] {
        let refused = open(store, key, "A-1").await.unwrap_err();
        assert!(matches!(refused, OpenLookupError::NotAllowed), "{refused}");
    }
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let ended = session_of(None).expires_at;
    let refused =
        store.open_lookup(&agent, &search(&Find::readings_of("A-1"), REASON), ended).await.unwrap_err();
    assert!(matches!(refused, OpenLookupError::NotAllowed), "{refused}");
    assert!(database.rows("lookups").await.is_empty() && failures(database).await.is_empty());
    let supervisor = at_work(store, "Bea", Role::Supervisor, 8).await;
    open(store, &agent, "A-1").await.unwrap();
    open(store, &supervisor, "A-1").await.unwrap();
    assert_eq!(database.rows("lookups").await.len(), 2);
});

on_both_databases!(an_account_is_found_by_what_names_it_exactly, |database| {
    let store = &database.store;
    let accounts = [
        json!({ "id": "OLD", "emails": ["twin@example.net"],
                "lines": [{ "number": "+12065550123", "from": "2015-01-01", "to": "2020-06-30" },
                          { "number": "+12065550199", "from": "2015-01-01", "to": "2020-06-30" }] }),
        json!({ "id": "NEW", "emails": ["twin@example.net"], "phones": ["+12065550177"],
                "lines": [{ "number": "+12065550123", "from": "2021-01-01" }],
                "members": [{ "emails": ["kid@example.net"] }] }),
        json!({ "id": "GONE", "deleted": true, "revision": 1 }),
        // An account whose id reads like another's number.
        json!({ "id": "12065550177" }),
    ];
    let accounts: Vec<engine::Account> =
        accounts.into_iter().map(|account| serde_json::from_value(account).unwrap()).collect();
    let progress = store::Progress { feed: "cases".to_owned(), file: "accounts".to_owned(), lines_done: 1 };
    store.load_accounts(&progress, accounts, now()).await.unwrap();
    load_messages(store, [receipt("M-1", "NEW", "2026-04-10T10:00:00Z", "T-1", "86.40")]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    for (typed, account, found_by) in [
        ("NEW", "NEW", FoundBy::Account),
        (" Kid@Example.NET ", "NEW", FoundBy::Email),
        ("(206) 555-0123", "NEW", FoundBy::Phone),
        ("+1 206 555 0199", "OLD", FoundBy::Phone),
        ("M-1", "NEW", FoundBy::Message),
    ] {
        let opened = open(store, &agent, typed).await.unwrap_or_else(|error| panic!("{typed}: {error}"));
        let scope = store.scope_of_lookup(&agent, &opened.id, now()).await.unwrap().unwrap().scope;
        assert_eq!(scope.account().as_str(), account, "{typed}");
        let lookups = store.read_lookups(&scope, None).await.unwrap().lookups;
        assert!(lookups.iter().any(|lookup| lookup.found_by == found_by), "{typed}");
    }
    assert!(failures(database).await.is_empty());
    for (typed, outcome) in [
        ("new", "nothing"),
        ("NE", "nothing"),
        ("nobody@example.net", "nothing"),
        ("twin@example.net", "several"),
        ("12065550177", "several"),
        ("GONE", "deleted"),
        ("%", "nothing"),
        ("", "nothing"),
    ] {
        let refused = open(store, &agent, typed).await.unwrap_err();
        let said = match refused {
            OpenLookupError::Nothing => "nothing",
            OpenLookupError::Several => "several",
            OpenLookupError::Deleted => "deleted",
            other => panic!("{typed}: {other}"),
        };
        assert_eq!(said, outcome, "{typed}");
    }
    assert_eq!(failures(database).await.len(), 8);
    for personal in ["nobody", "twin", "GONE"] {
        let kept = database.rows("lookup_failures").await;
        assert!(!kept.iter().any(|row| row.contains(personal)), "what was typed is not kept: {kept:?}");
    }
});

on_both_databases!(a_search_without_a_reason_is_none, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let find = Find::readings_of("A-1");
    let with = async |reason: &str| store.open_lookup(&agent, &search(&find, reason), now()).await;
    assert!(matches!(with("  a call   ").await.unwrap_err(), OpenLookupError::ReasonShort(6)));
    assert!(matches!(with(&"x".repeat(501)).await.unwrap_err(), OpenLookupError::ReasonLong(501)));
    assert!(matches!(with("a call\nabout a mail").await.unwrap_err(), OpenLookupError::ReasonControl));
    assert!(database.rows("lookups").await.is_empty());
    for reason in [" ñandúñandú ".to_owned(), "x".repeat(500)] {
        with(&reason).await.unwrap();
    }
});

on_both_databases!(whoever_tries_number_after_number_is_stopped, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let other = at_work(store, "Bea", Role::Agent, 8).await;
    for number in 0..20 {
        let refused = open(store, &agent, &format!("B-{number}")).await.unwrap_err();
        assert!(matches!(refused, OpenLookupError::Nothing), "{refused}");
    }
    for typed in ["B-20", "A-1"] {
        let refused = open(store, &agent, typed).await.unwrap_err();
        assert!(matches!(refused, OpenLookupError::TooMany), "{refused}");
    }
    assert_eq!(failures(database).await.len(), 20, "and is not counted on");
    open(store, &other, "A-1").await.unwrap();
    let later = now().plus(Span::minutes(16));
    store.open_lookup(&agent, &search(&Find::readings_of("A-1"), REASON), later).await.unwrap();
    assert_eq!(store.forget_lookup_failures(now()).await.unwrap(), 0);
    assert_eq!(store.forget_lookup_failures(later).await.unwrap(), 20);
});

on_both_databases!(a_customer_reads_who_looked, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1", "A-2"]).await;
    let ada = at_work(store, "Ada", Role::Agent, 7).await;
    let bea = at_work(store, "Bea", Role::Supervisor, 8).await;
    let customer = sign_in(store, "A-1", 10).await;
    let stranger = sign_in(store, "A-2", 11).await;
    assert!(store.read_lookups(&customer, None).await.unwrap().lookups.is_empty());
    let first = open(store, &ada, "A-1").await.unwrap();
    store.close_lookup(&ada, &first.id, None, now().plus(Span::minutes(3))).await.unwrap();
    let later = now().plus(Span::minutes(5));
    store.open_lookup(&bea, &search(&Find::readings_of("A-1"), "Ada asked me to look"), later).await.unwrap();
    database
        .beside()
        .await
        .run("update users set name = 'Nobody', role = 'auditor' where name = 'Ada'")
        .await;

    let page = store.read_lookups(&customer, None).await.unwrap();
    assert_eq!(page.earlier, None);
    let seen: Vec<_> = page
        .lookups
        .iter()
        .map(|lookup| (lookup.user_name.as_str(), lookup.role, lookup.reason.as_str(), lookup.opened_at))
        .collect();
    assert_eq!(
        seen,
        [("Bea", Role::Supervisor, "Ada asked me to look", later), ("Ada", Role::Agent, REASON, now())]
    );
    let much_later = at("2026-05-01T00:00:00Z");
    let lasted: Vec<_> = page.lookups.iter().map(|lookup| lookup.lasted(much_later)).collect();
    assert_eq!(lasted, [Span::minutes(15), Span::minutes(3)]);
    assert_eq!(page.lookups[0].lasted(later.plus(Span::minutes(2))), Span::minutes(2));
    assert!(page.lookups[0].is_open(later) && !page.lookups[1].is_open(later));
    assert!(store.read_lookups(&stranger, None).await.unwrap().lookups.is_empty());
});

on_both_databases!(who_looked_is_read_page_by_page, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let customer = sign_in(store, "A-1", 10).await;
    for number in 0..120 {
        // Some at the same moment.
        let at = now().plus(Span::minutes(number / 3));
        let reason = format!("Call number {number:03}");
        store.open_lookup(&agent, &search(&Find::readings_of("A-1"), &reason), at).await.unwrap();
    }
    let (mut seen, mut sizes, mut before) = (Vec::new(), Vec::new(), None);
    loop {
        let page = store.read_lookups(&customer, before.as_ref()).await.unwrap();
        sizes.push(page.lookups.len());
        seen.extend(page.lookups.into_iter().map(|lookup| (lookup.opened_at, lookup.reason)));
        before = page.earlier;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert!(seen.is_sorted_by(|one, next| one.0 >= next.0));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
});
