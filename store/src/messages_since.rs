use engine::Instant;

use crate::queue_accounts::queue_all;
use crate::{StoreError, StoreTransaction, on_both};

const SETTING: &str = "messages_since";

/// Where the record of messages begins, in which nobody is told of anything before.
pub(crate) async fn read_messages_since(work: &mut StoreTransaction) -> Result<Option<Instant>, StoreError> {
    let kept: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar("select value from settings where name = $1").bind(SETTING).fetch_optional(connection).await?
    });
    kept.map(|kept| kept.parse().map_err(|_| StoreError::Unreadable("setting"))).transpose()
}

/// Keeps where the record of messages begins. Where that falls, more of each account's transactions may turn out untold,
/// so all are judged again.
pub(crate) async fn keep_messages_since(
    work: &mut StoreTransaction,
    earliest: Option<Instant>,
) -> Result<(), StoreError> {
    let Some(earliest) = earliest else { return Ok(()) };
    if read_messages_since(work).await?.is_some_and(|kept| kept <= earliest) {
        return Ok(());
    }
    on_both!(&mut *work, |connection| {
        sqlx::query(
            "insert into settings (name, value) values ($1, $2)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(SETTING)
        .bind(earliest.to_string())
        .execute(connection)
        .await?;
    });
    queue_all(work).await
}
