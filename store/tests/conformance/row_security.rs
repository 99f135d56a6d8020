//! What PostgreSQL itself keeps from the role that reads for customers, whatever the statement forgets.

use sqlx::{Connection, PgConnection};
use store::Role;

use crate::customer::{judge, load_accounts, load_messages, load_transactions, now, payment, receipt};
use crate::database::TestDatabase;
use crate::incidents::statement;
use crate::lookups::{at_work, open};

const PERSONAL: [&str; 14] = [
    "accounts",
    "transactions",
    "transaction_ids",
    "messages",
    "message_ids",
    "counterfoil_numbers",
    "fresh_numbers",
    "history",
    "history_versions",
    "lookups",
    "reports",
    "report_notes",
    "touched_messages",
    "disclosed_accounts",
];

/// How many rows of a table the role sees in a transaction begun as the store begins a customer's.
async fn rows_seen(url: &str, account: Option<&str>, table: &str) -> i64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    sqlx::query("set local role counterfoil_app").execute(&mut *transaction).await.unwrap();
    if let Some(account) = account {
        let set = sqlx::query("select set_config('counterfoil.account', $1, true)").bind(account);
        set.execute(&mut *transaction).await.unwrap();
    }
    let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
    sqlx::query_scalar(count).fetch_one(&mut *transaction).await.unwrap()
}

#[tokio::test]
async fn a_statement_without_an_account_sees_only_the_scopes_rows() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let (store, url) = (&database.store, &database.url);
    load_accounts(store, &["A-1", "A-2"]).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    for (account, payments) in [("A-1", &["T-1"][..]), ("A-2", &["T-8", "T-9"])] {
        for id in payments {
            load_transactions(store, [payment(id, account, "2026-04-10T09:00:00Z", "86.40")]).await;
            let message = receipt(&id.replace('T', "M"), account, "2026-04-10T10:00:00Z", id, "86.40");
            load_messages(store, [message]).await;
            open(store, &agent, account).await.unwrap();
        }
    }
    judge(store).await;
    // As rows: what a report brings with it besides is elsewhere.
    let reports = "begin; set local role counterfoil_jobs;
                   insert into reports select account_id, 1, message_id, row_number() over (), 'u', 'message', message_id,
                       null, 'did', 1, 'open', 1, 1 from messages;
                   insert into report_notes select account_id, report_id, 1, 1, 'did', 'u', 'u', 'customer', '' from reports;
                   commit";
    database.beside().await.run(reports).await;
    let covers = "[covers]\nbatches = [\"receipts\"]\n[disclosed]\naccounts = [\"A-1\", \"A-2\"]";
    store.publish_incident(&statement("one", 1, covers), now()).await.unwrap();
    // Numbers are in either of two tables; here in both.
    let settle = "begin; set local role counterfoil_jobs;
                  insert into counterfoil_numbers select number, message_id from fresh_numbers; commit";
    database.beside().await.run(settle).await;
    for table in PERSONAL {
        assert_eq!(rows_seen(url, Some("A-1"), table).await, 1, "{table}");
        let of_second =
            if ["accounts", "disclosed_accounts", "history_versions"].contains(&table) { 1 } else { 2 };
        assert_eq!(rows_seen(url, Some("A-2"), table).await, of_second, "{table}");
        for nobody in [None, Some(""), Some("A-3")] {
            assert_eq!(rows_seen(url, nobody, table).await, 0, "{table} of {nobody:?}");
        }
    }
}

#[tokio::test]
async fn the_role_that_reads_for_customers_sees_no_other_table_and_changes_none() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let (store, url) = (&database.store, &database.url);
    load_accounts(store, &["A-1"]).await;
    let attempts = [
        "select count(*) from accounts",
        "select count(*) from users",
        "select count(*) from sessions",
        "select count(*) from settings",
        "select count(*) from addresses",
        "select count(*) from known_tokens",
        "select count(*) from cited_tokens",
        "select count(*) from unresolved_messages",
        "select count(*) from lookup_ids",
        "select count(*) from lookup_failures",
        "select count(*) from outbox",
        "select count(*) from sign_in_links",
        "select count(*) from sign_in_tries",
        "select count(*) from known_devices",
        "select count(*) from incident_covers",
        "select count(*) from incident_shapes",
        "update incidents set state = 'withdrawn'",
        "delete from touched_messages",
        "update lookups set closed_at = 1",
        "delete from lookups",
        "update reports set state = 'closed'",
        "insert into report_notes values ('A-1', 'r', 1, 1, 'note', 'u', 'u', 'customer', '')",
        "update accounts set deleted = 1",
        "delete from counterfoil_numbers",
        "delete from messages",
    ];
    let mut connection = PgConnection::connect(url).await.unwrap();
    for (place, attempt) in attempts.into_iter().enumerate() {
        let mut transaction = connection.begin().await.unwrap();
        sqlx::query("set local role counterfoil_app").execute(&mut *transaction).await.unwrap();
        let done = sqlx::query(attempt).execute(&mut *transaction).await;
        assert_eq!(done.is_ok(), place == 0, "{attempt}: {done:?}");
    }
}

#[tokio::test]
async fn what_was_looked_up_is_never_unsaid() {
    let Some(database) = TestDatabase::postgres().await else { return };
    load_accounts(&database.store, &["A-1"]).await;
    let agent = at_work(&database.store, "Ada", Role::Agent, 7).await;
    open(&database.store, &agent, "A-1").await.unwrap();
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    for (attempt, may) in [
        ("update lookups set closed_at = 1", true),
        ("update lookups set reason = 'another'", false),
        ("update lookups set user_name = 'another'", false),
        ("delete from lookups", false),
        ("delete from lookup_ids", false),
        ("update reports set state = 'closed'", true),
        ("update reports set account_id = 'A-2'", false),
        ("delete from reports", false),
        ("update report_notes set text = 'another'", false),
        ("delete from report_notes", false),
    ] {
        let mut transaction = connection.begin().await.unwrap();
        sqlx::query("set local role counterfoil_jobs").execute(&mut *transaction).await.unwrap();
        let done = sqlx::query(attempt).execute(&mut *transaction).await;
        assert_eq!(done.is_ok(), may, "{attempt}: {done:?}");
    }
}

/// Tables that have an account and are not under row-level security, forced on their owner too.
const UNGUARDED: &str = "select relname from pg_class
     where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
       and not (relrowsecurity and relforcerowsecurity)
       and exists (select from pg_attribute
                   where attrelid = pg_class.oid and attname in ('account_id', 'account') and not attisdropped)
     order by relname";

#[tokio::test]
async fn every_table_that_has_an_account_is_under_row_level_security() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let unguarded: Vec<String> = sqlx::query_scalar(UNGUARDED).fetch_all(&mut connection).await.unwrap();
    assert!(unguarded.is_empty(), "{unguarded:?}");
    // One that lacks it is found, in part or in whole.
    let lacking = "create table half (account_id text); alter table half enable row level security;
                   create table open (account_id text)";
    sqlx::raw_sql(lacking).execute(&mut connection).await.unwrap();
    let unguarded: Vec<String> = sqlx::query_scalar(UNGUARDED).fetch_all(&mut connection).await.unwrap();
    assert_eq!(unguarded, ["half", "open"]);
}
