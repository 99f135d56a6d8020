//! Nobody opens more accounts than their work takes, and whose data a credential has seen is known at once.

use engine::{Instant, Span};
use store::{
    Act, BudgetSpan, Find, LookupBudget, OpenLookupError, Opened, Role, Search, SeenBy, SessionKey, Store,
    Suspending,
};

use crate::customer::{account_id, add_customer, load_accounts, now};
use crate::database::on_both_databases;
use crate::lookups::at_work;

const REASON: &str = "Asks about a trade-in message";
const BUDGET: LookupBudget = LookupBudget { per_hour: 3, per_day: 5 };

async fn open_at(
    store: &Store,
    key: &SessionKey,
    typed: &str,
    budget: LookupBudget,
    at: Instant,
) -> Result<Opened, OpenLookupError> {
    let finds = Find::readings_of(typed);
    store.open_lookup(key, &Search { finds: &finds, reason: REASON, client: None, budget }, at).await
}

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("A-{number}")).collect()
}

async fn load(store: &Store, names: &[String]) {
    load_accounts(store, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

on_both_databases!(
    the_account_beyond_the_budget_is_refused_and_those_opened_cost_nothing_again,
    |database| {
        let store = &database.store;
        let names = names(32);
        load(store, &names).await;
        let agent = at_work(store, "Ada", Role::Agent, 7).await;
        let other = at_work(store, "Bea", Role::Supervisor, 8).await;
        for name in &names[..30] {
            open_at(store, &agent, name, LookupBudget::DEFAULT, now()).await.unwrap();
        }
        for name in &names[..30] {
            open_at(store, &agent, name, LookupBudget::DEFAULT, now()).await.unwrap();
        }
        let refused = open_at(store, &agent, &names[30], LookupBudget::DEFAULT, now()).await.unwrap_err();
        assert!(matches!(refused, OpenLookupError::BudgetSpent { span: BudgetSpan::Hour, .. }), "{refused}");
        assert!(refused.to_string().contains("ask a supervisor"), "it says what to do: {refused}");
        assert_eq!(database.rows("lookups").await.len(), 60);
        open_at(store, &other, &names[30], LookupBudget::DEFAULT, now()).await.expect("each has their own");
    }
);

on_both_databases!(an_hour_and_a_day_have_a_budget_each, |database| {
    let store = &database.store;
    let names = names(8);
    load(store, &names).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let minute = |minute| now().plus(Span::minutes(minute));
    // A session of these cases lasts an hour: what was opened is put back in time instead.
    let back = async |minutes: i64| {
        let micros = Span::minutes(minutes).micros();
        database.beside().await.run(&format!("update lookup_ids set opened_at = opened_at - {micros}")).await;
    };
    for name in &names[..3] {
        open_at(store, &agent, name, BUDGET, now()).await.unwrap();
    }
    let refused = open_at(store, &agent, &names[3], BUDGET, minute(59)).await.unwrap_err();
    assert!(matches!(refused, OpenLookupError::BudgetSpent { span: BudgetSpan::Hour, .. }), "{refused}");
    back(60).await;
    for name in &names[3..5] {
        open_at(store, &agent, name, BUDGET, now()).await.unwrap();
    }
    let refused = open_at(store, &agent, &names[5], BUDGET, now()).await.unwrap_err();
    assert!(matches!(refused, OpenLookupError::BudgetSpent { span: BudgetSpan::Day, .. }), "{refused}");
    open_at(store, &agent, &names[0], BUDGET, now()).await.expect("it was opened today");
    back(24 * 60).await;
    open_at(store, &agent, &names[5], BUDGET, now()).await.unwrap();
});

on_both_databases!(who_goes_on_asking_is_suspended, |database| {
    let store = &database.store;
    let names = names(8);
    load(store, &names).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    for name in &names[..3] {
        open_at(store, &agent, name, BUDGET, now()).await.unwrap();
    }
    for _ in 0..2 {
        let refused = open_at(store, &agent, &names[3], BUDGET, now()).await.unwrap_err();
        assert!(matches!(refused, OpenLookupError::BudgetSpent { .. }), "{refused}");
    }
    assert!(store.user_of_session(&agent, now()).await.unwrap().is_some());
    let refused = open_at(store, &agent, &names[4], BUDGET, now()).await.unwrap_err();
    let because = Act::BudgetExceeded;
    assert!(
        matches!(refused, OpenLookupError::Suspended { because: it, entry: 7 } if it == because),
        "{refused:?}"
    );
    assert!(store.user_of_session(&agent, now()).await.unwrap().is_none(), "every session is ended");
    let refused = open_at(store, &agent, &names[0], BUDGET, now()).await.unwrap_err();
    assert!(matches!(refused, OpenLookupError::NotAllowed), "{refused}");
    let alarms = store.count_alarms().await.unwrap();
    assert_eq!(alarms, [(Act::BudgetExceeded, 3), (Act::HoneypotTouched, 0), (Act::UserSuspended, 1)]);
});

on_both_databases!(what_was_done_before_somebody_was_reinstated_counts_no_longer, |database| {
    let store = &database.store;
    let names = names(4);
    load(store, &names).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    for name in &names[..3] {
        open_at(store, &agent, name, BUDGET, now()).await.unwrap();
    }
    for _ in 0..2 {
        open_at(store, &agent, &names[3], BUDGET, now()).await.unwrap_err();
    }
    let later = now().plus(Span::minutes(1));
    assert_eq!(store.suspend_user("ada@desk.example", later).await.unwrap(), Suspending::Done);
    assert_eq!(store.reinstate_user("ada@desk.example", later).await.unwrap(), Suspending::Done);
    let agent = SessionKey::of(70);
    let password = store::Password::new(crate::customer::PASSWORD);
    let user = store.verify_sign_in("ada@desk.example", &password).await.unwrap().unwrap().user_id;
    store.create_session(&agent, &crate::customer::session_of(Some(&user))).await.unwrap();
    let again = later.plus(Span::minutes(1));
    let refused = open_at(store, &agent, &names[3], BUDGET, again).await.unwrap_err();
    assert!(matches!(refused, OpenLookupError::BudgetSpent { .. }), "the first since then: {refused}");
});

on_both_databases!(who_touches_a_honeypot_is_suspended_at_once, |database| {
    let store = &database.store;
    load(store, &names(2)).await;
    let agent = at_work(store, "Ada", Role::Supervisor, 7).await;
    let unknown = store.add_honeypot(&account_id("A-3"), now()).await.unwrap_err();
    assert!(unknown.to_string().contains("A-3 is not known"), "{unknown}");
    assert!(store.add_honeypot(&account_id("A-2"), now()).await.unwrap());
    assert!(!store.add_honeypot(&account_id("A-2"), now()).await.unwrap());
    assert_eq!(store.read_honeypots().await.unwrap(), [("A-2".to_owned(), now())]);
    open_at(store, &agent, "A-1", BUDGET, now()).await.unwrap();
    let refused = open_at(store, &agent, "A-2@example.net", BUDGET, now()).await.unwrap_err();
    let because = Act::HoneypotTouched;
    assert!(matches!(refused, OpenLookupError::Suspended { because: it, .. } if it == because), "{refused}");
    assert!(store.user_of_session(&agent, now()).await.unwrap().is_none());
    assert_eq!(database.rows("lookups").await.len(), 1, "nothing of it was opened");
    assert!(store.remove_honeypot(&account_id("A-2"), now()).await.unwrap());
    let other = at_work(store, "Bea", Role::Agent, 8).await;
    open_at(store, &other, "A-2", BUDGET, now()).await.unwrap();
});

on_both_databases!(whose_data_a_credential_has_seen, |database| {
    let store = &database.store;
    load(store, &names(3)).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let supervisor = at_work(store, "Bea", Role::Supervisor, 8).await;
    let auditor = at_work(store, "Cay", Role::Auditor, 9).await;
    let later = now().plus(Span::minutes(30));
    for (typed, at) in [("A-2", now()), ("A-1", now().plus(Span::minutes(1))), ("A-2", later)] {
        open_at(store, &agent, typed, BUDGET, at).await.unwrap();
    }
    open_at(store, &supervisor, "A-3", BUDGET, now()).await.unwrap();
    let seen = store.read_seen("ADA@desk.example", now()).await.unwrap();
    assert!(
        matches!(&seen.by, SeenBy::User { name, role: Role::Agent, suspended_at: None } if name == "Ada")
    );
    let told: Vec<_> = seen.accounts.iter().map(|it| (it.account.as_str(), it.times, it.last_at)).collect();
    assert_eq!(told, [("A-2", 2, later), ("A-1", 1, now().plus(Span::minutes(1)))]);
    assert_eq!(seen.accounts[0].reasons, [REASON]);
    assert_eq!(store.read_seen("ada@desk.example", later).await.unwrap().accounts.len(), 1);

    let key = store.add_ingest_key("billing", later, now()).await.unwrap();
    let of_key = store.read_seen(&format!("cfk_{}", key.id().as_str()), now()).await.unwrap();
    assert_eq!(of_key.by, SeenBy::Key { name: "billing".to_owned() });
    assert!(of_key.accounts.is_empty(), "with a key nothing is read");
    add_customer(store, "A-1").await;
    let password = store::Password::new(crate::customer::PASSWORD);
    store.sign_in("a-1@example.net", &password, None, now()).await.unwrap();
    assert_eq!(store.read_seen("a-1@example.net", now()).await.unwrap().accounts[0].account, "A-1");
    assert_eq!(store.read_seen("nobody", now()).await.unwrap().by, SeenBy::Nobody);

    for (key, may) in [(&agent, false), (&supervisor, true), (&auditor, true)] {
        let read = store.read_seen_for(key, "ada@desk.example", now(), now()).await.unwrap();
        assert_eq!(read.is_some(), may);
        assert_eq!(store.note_seen_report(key, "ada@desk.example", None, now()).await.unwrap(), may);
    }
});
