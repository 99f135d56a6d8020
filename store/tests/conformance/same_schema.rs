//! Both databases keep the same.

use crate::database::{Beside, TestDatabase};

#[tokio::test]
async fn both_schemas_have_the_same_tables_columns_and_keys() {
    let Some(postgres) = TestDatabase::postgres().await else { return };
    let sqlite = TestDatabase::sqlite().await;
    let (mut one, mut other) = (sqlite.beside().await, postgres.beside().await);
    let tables = one.tables().await;
    assert_eq!(tables, other.tables().await);
    assert!(tables.contains(&"history".to_owned()));
    for table in tables {
        let expected = other.columns(&table).await.into_iter().map(|(name, (kind, null))| {
            let kind = match kind.as_str() {
                "bigint" => "integer",
                "bytea" => "blob",
                same => same,
            };
            (name, (kind.to_owned(), null))
        });
        assert_eq!(one.columns(&table).await, expected.collect(), "{table}");
        assert_eq!(one.keys(&table).await, other.keys(&table).await, "{table}");
    }
    drop((one, other));
    sqlite.leave().await;
    postgres.leave().await;
}

#[tokio::test]
async fn what_has_an_account_is_under_forced_row_level_security() {
    let Some(postgres) = TestDatabase::postgres().await else { return };
    let mut beside = postgres.beside().await;
    let secured = beside
        .texts("select relname::text from pg_class where relkind = 'r' and relrowsecurity and relforcerowsecurity")
        .await;
    for table in beside.tables().await {
        let columns = beside.columns(&table).await;
        let personal = columns.contains_key("account_id") || columns.contains_key("message_id");
        assert_eq!(secured.contains(&table), personal, "{table}");
    }
    drop(beside);
    postgres.leave().await;
}

#[tokio::test]
async fn a_scoped_role_sees_its_account_alone() {
    let Some(postgres) = TestDatabase::postgres().await else { return };
    let mut beside = postgres.beside().await;
    beside.run("insert into accounts values ('A', '{}', 0, 0, 0), ('B', '{}', 0, 0, 0)").await;
    let seen = |account: &str| {
        format!("begin; set local role counterfoil_app; set local counterfoil.account = '{account}'")
    };
    for (account, expected) in [("A", vec!["A"]), ("B", vec!["B"]), ("", vec![])] {
        beside.run(&seen(account)).await;
        assert_eq!(beside.texts("select account_id from accounts").await, expected, "{account}");
        beside.run("rollback").await;
    }
    beside.run("begin; set local role counterfoil_jobs").await;
    assert_eq!(beside.texts("select account_id from accounts order by 1").await, ["A", "B"]);
    beside.run("rollback; begin; set local role counterfoil_app").await;
    let Beside::Postgres(connection) = &mut beside else { unreachable!() };
    assert!(
        sqlx::query("select 1 from known_tokens").execute(connection).await.is_err(),
        "tokens are the jobs' alone"
    );
    drop(beside);
    postgres.leave().await;
}
