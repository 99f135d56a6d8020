//! A customer takes their account along as it is at one moment, and states a period of it.

use std::collections::BTreeSet;

use engine::{Span, Verdict};
use store::{
    AccountExport, Act, ExportAsked, ExportRow, ExportTable, Password, Role, SessionKey, StatementQuery,
    Store,
};

use crate::customer::{
    PASSWORD, account_id, add_customer, at, judge, load_accounts, load_messages, load_transactions, now,
    payment, receipt, session_of,
};
use crate::database::on_both_databases;
use crate::lookups::{at_work, open};

async fn session(store: &Store, account: &str, number: i128) -> SessionKey {
    let user = add_customer(store, account).await;
    let key = SessionKey::of(number);
    assert!(store.create_session(&key, &session_of(Some(&user))).await.unwrap());
    key
}

/// Gives the password again: the session has another id from then on.
pub async fn confirm(store: &Store, key: &SessionKey, next: i128) -> SessionKey {
    let confirmed = store.confirm_session(key, &Password::new(PASSWORD), now()).await.unwrap();
    let store::Confirmed::Renews(renewal) = confirmed else { panic!("{confirmed:?}") };
    let renewed = SessionKey::of(next);
    assert!(store.renew_session(&renewal, &renewed, &session_of(None)).await.unwrap());
    renewed
}

async fn begun(store: &Store, key: &SessionKey) -> AccountExport {
    match store.begin_export(key, None, now()).await.unwrap() {
        ExportAsked::Begun(export) => export,
        _ => panic!("it does not begin"),
    }
}

async fn all(export: &mut AccountExport, table: ExportTable) -> (Vec<ExportRow>, usize) {
    let (mut rows, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = export.read(table, after).await.unwrap();
        rows.extend(page.rows);
        pages += 1;
        after = page.next;
        if after.is_none() {
            return (rows, pages);
        }
    }
}

const MESSAGES: usize = 230;

async fn fill(store: &Store) {
    load_accounts(store, &["A-1", "A-2"]).await;
    for account in ["A-1", "A-2"] {
        let payments = (0..MESSAGES).map(|place| {
            let id = format!("T-{account}-{place:03}");
            // Several at a time, so that a page ends among them.
            payment(&id, account, &format!("2026-03-{:02}T09:00:00Z", place / 9 + 1), "86.40")
        });
        load_transactions(store, payments.collect::<Vec<_>>()).await;
        let receipts = (0..MESSAGES).map(|place| {
            let (id, payment) = (format!("M-{account}-{place:03}"), format!("T-{account}-{place:03}"));
            receipt(&id, account, &format!("2026-03-{:02}T10:00:00Z", place / 9 + 1), &payment, "86.40")
        });
        load_messages(store, receipts.collect::<Vec<_>>()).await;
    }
    judge(store).await;
}

on_both_databases!(everything_is_read_once_of_one_moment_and_of_one_account, |database| {
    let store = &database.store;
    fill(store).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    open(store, &agent, "A-1").await.unwrap();
    open(store, &agent, "A-2").await.unwrap();
    let key = confirm(store, &session(store, "A-1", 1).await, 2).await;
    let mut export = begun(store, &key).await;
    assert_eq!(export.account().id, account_id("A-1"));
    assert_eq!(export.sign_in().address, "a-1@example.net");
    // What comes while it is read is of another moment.
    load_messages(store, [receipt("M-late", "A-1", "2026-03-02T11:00:00Z", "T-A-1-000", "86.40")]).await;
    open(store, &agent, "A-1").await.unwrap();
    let mut ids = BTreeSet::new();
    let (messages, pages) = all(&mut export, ExportTable::Messages).await;
    assert!(pages >= 3, "{pages}");
    for row in &messages {
        let ExportRow::Message(message) = row else { panic!("{row:?}") };
        assert!(message.number.is_some() && message.verdict.is_some() && !message.reasons.is_empty());
        assert_eq!(message.verdict == Some(Verdict::Matched), message.transaction.is_some());
        assert!(ids.insert(message.message.id.to_string()), "{} twice", message.message.id);
    }
    assert_eq!(ids, (0..MESSAGES).map(|place| format!("M-A-1-{place:03}")).collect());
    let (transactions, _) = all(&mut export, ExportTable::Transactions).await;
    assert_eq!(transactions.len(), MESSAGES);
    let (lookups, _) = all(&mut export, ExportTable::Lookups).await;
    assert_eq!(lookups.len(), 1);
    let (done, _) = all(&mut export, ExportTable::Security).await;
    let acts: Vec<Act> = (done.iter())
        .map(|row| {
            let ExportRow::Security(done) = row else { panic!("{row:?}") };
            done.act
        })
        .collect();
    assert_eq!(acts, [Act::LookupOpened, Act::UserAdded, Act::AccountExported]);
    for row in messages.iter().chain(&transactions).chain(&lookups).chain(&done) {
        assert_eq!(*row.owner(), account_id("A-1"));
    }
});

on_both_databases!(it_takes_a_password_given_again_and_is_done_so_often_a_day, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    let key = session(store, "A-1", 1).await;
    let asked = async |key: &SessionKey, at| store.begin_export(key, None, at).await.unwrap();
    assert!(matches!(asked(&key, now()).await, ExportAsked::Unconfirmed));
    assert!(matches!(asked(&SessionKey::of(9), now()).await, ExportAsked::SignedOut));
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    assert!(matches!(asked(&agent, now()).await, ExportAsked::SignedOut));
    let key = confirm(store, &key, 2).await;
    let later = now().plus(Span::minutes(5));
    assert!(matches!(asked(&key, later).await, ExportAsked::Unconfirmed));
    for time in 0..20 {
        assert!(matches!(asked(&key, now()).await, ExportAsked::Begun(_)), "{time}");
    }
    assert!(matches!(asked(&key, now()).await, ExportAsked::TooMany));
    let entries =
        database.beside().await.texts("select act from audit_log where act = 'account_exported'").await;
    assert_eq!(entries.len(), 20, "each is in the log");
});

on_both_databases!(verdicts_that_others_took_the_place_of_are_in_it, |database| {
    let store = &database.store;
    load_accounts(store, &["A-1"]).await;
    load_messages(store, [receipt("M-1", "A-1", "2026-04-10T10:00:00Z", "T-1", "86.40")]).await;
    judge(store).await;
    load_transactions(store, [payment("T-1", "A-1", "2026-04-10T09:00:00Z", "86.40")]).await;
    judge(store).await;
    let key = confirm(store, &session(store, "A-1", 1).await, 2).await;
    let (rows, _) = all(&mut begun(store, &key).await, ExportTable::PastVerdicts).await;
    let [ExportRow::PastVerdict(past)] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((past.message.as_str(), past.verdict), ("M-1", Verdict::Unmatched));
});

on_both_databases!(a_statement_has_the_messages_of_its_days, |database| {
    let store = &database.store;
    fill(store).await;
    let sim = serde_json::json!({
        "id": "T-sim", "account": "A-1", "kind": "sim.changed", "occurred_at": "2026-03-05T12:00:00Z",
        "recorded_at": "2026-03-05T12:00:00Z",
    });
    load_transactions(store, [sim, payment("T-quiet", "A-1", "2026-03-05T13:00:00Z", "1.00")]).await;
    judge(store).await;
    let scope = crate::customer::sign_in(store, "A-1", 1).await;
    let of = |from: &str, until: &str, attention_only, limit| StatementQuery {
        from: at(from),
        until: at(until),
        attention_only,
        limit,
    };
    let march_5 = of("2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", false, 100);
    let stated = store.read_statement(&scope, &march_5).await.unwrap();
    assert_eq!((stated.entries.len(), stated.more), (10, false), "nine messages and what was untold");
    assert!(stated.entries.is_sorted_by_key(|entry| entry.entry.at));
    for stated in &stated.entries {
        assert_eq!(stated.entry.owner, account_id("A-1"));
        let is_message = stated.entry.message.is_some();
        assert_eq!((stated.recipient.is_some(), stated.number.is_some()), (is_message, is_message));
        assert!(is_message || stated.entry.untold);
    }
    let flagged = StatementQuery { attention_only: true, ..march_5 };
    let flagged = store.read_statement(&scope, &flagged).await.unwrap().entries;
    assert!(flagged.iter().any(|stated| stated.entry.untold));
    assert!(flagged.iter().all(|stated| stated.entry.attention));
    let all = of("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", false, 100);
    let all = store.read_statement(&scope, &all).await.unwrap();
    assert_eq!((all.entries.len(), all.more), (100, true), "the latest of more than fit");
    assert!(all.entries[0].entry.at > at("2026-03-10T00:00:00Z"));
    let none = of("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z", false, 100);
    assert!(store.read_statement(&scope, &none).await.unwrap().entries.is_empty());
});
