//! What a store refuses to work with.

use engine::TokenKey;
use store::{Settings, Store, StoreError};

use crate::database::{TestDatabase, on_both_databases, settings};

on_both_databases!(migrating_twice_changes_nothing, |database| {
    let before = database.everything().await;
    database.store.migrate().await.unwrap();
    database.store.check_migrations().await.unwrap();
    assert_eq!(database.everything().await, before);
});

on_both_databases!(another_token_key_is_refused, |database| {
    let other = Settings { url: database.url.clone(), token_key: TokenKey::new([8; 16]) };
    assert!(matches!(Store::open(&other).await, Err(StoreError::TokenKey)));
    Store::open(&settings(&database.url)).await.expect("the key it was made with opens it").close().await;
});

on_both_databases!(a_migration_from_the_future_is_refused, |database| {
    let mut beside = database.beside().await;
    beside
        .run(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             values (9999, 'later', true, '', 0)",
        )
        .await;
    assert!(matches!(database.store.check_migrations().await, Err(StoreError::FutureMigration(9999))));
    assert!(matches!(database.store.migrate().await, Err(StoreError::FutureMigration(9999))));
    let shown = database.store.check_migrations().await.unwrap_err().to_string();
    assert!(shown.contains("from the future"), "{shown}");
});

on_both_databases!(an_absent_migration_says_what_to_run, |database| {
    database.beside().await.run("delete from _sqlx_migrations").await;
    let shown = database.store.check_migrations().await.unwrap_err().to_string();
    assert!(shown.contains("counterfoil migrate"), "{shown}");
});

#[tokio::test]
async fn databases_of_one_cluster_migrate_at_once() {
    if TestDatabase::postgres().await.is_none() {
        return;
    }
    let migrating: Vec<_> = (0..6).map(|_| tokio::spawn(TestDatabase::postgres())).collect();
    for database in migrating {
        database.await.expect("it migrated").expect("there is a cluster").leave().await;
    }
}

#[tokio::test]
async fn a_directory_that_cant_be_written_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let refused = Store::open(&settings(&format!("sqlite://{}/store.db", file.display()))).await.unwrap_err();
    let shown = refused.to_string();
    assert!(matches!(refused, StoreError::Directory { .. }) && shown.contains("a-file"), "{shown}");
}

#[tokio::test]
async fn a_password_is_in_no_error() {
    for url in ["mysql://me:s3cret@db/x", "postgres://me:s3cret@ /x", "postgres://me:s3cret@127.0.0.1:1/x"] {
        let refused = Store::open(&settings(url)).await.unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("s3cret"), "{refused:?}");
    }
}
