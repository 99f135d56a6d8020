//! What is kept of the store as a whole: a text under a name.

use std::str::FromStr;

use crate::{StoreError, StoreTransaction, on_both};

/// A setting, where it is kept.
pub(crate) async fn read_setting(
    work: &mut StoreTransaction,
    name: &str,
) -> Result<Option<String>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_scalar("select value from settings where name = $1")
            .bind(name)
            .fetch_optional(connection)
            .await?
    }))
}

/// A setting that is a number, where it is kept.
pub(crate) async fn read_number<N: FromStr>(
    work: &mut StoreTransaction,
    name: &str,
) -> Result<Option<N>, StoreError> {
    let kept = read_setting(work, name).await?;
    kept.map(|kept| kept.parse().map_err(|_| StoreError::Unreadable("setting"))).transpose()
}

/// Keeps a setting, in place of what was kept.
pub(crate) async fn keep_setting(
    work: &mut StoreTransaction,
    name: &str,
    value: &str,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into settings (name, value) values ($1, $2)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// Forgets a setting.
pub(crate) async fn drop_setting(work: &mut StoreTransaction, name: &str) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("delete from settings where name = $1").bind(name).execute(connection).await?;
    });
    Ok(())
}
