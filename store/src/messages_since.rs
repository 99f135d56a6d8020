use engine::Instant;

use crate::setting::{drop_setting, keep_setting, read_setting};
use crate::touched::Touched;
use crate::{StoreError, StoreTransaction, on_both};

const SETTING: &str = "messages_since";

/// Where the record of messages begins, in which nobody is told of anything before.
pub(crate) async fn read_messages_since(work: &mut StoreTransaction) -> Result<Option<Instant>, StoreError> {
    let kept = read_setting(work, SETTING).await?;
    kept.map(|kept| kept.parse().map_err(|_| StoreError::Unreadable("setting"))).transpose()
}

/// Keeps where the record of messages begins, after a batch: `arrived` is its earliest message, `gone` the earliest that
/// it took away. Where the beginning moves, other transactions of any account may be untold, so all are touched.
pub(crate) async fn keep_messages_since(
    work: &mut StoreTransaction,
    arrived: Option<Instant>,
    gone: Option<Instant>,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let kept = read_messages_since(work).await?;
    let begins = if kept.is_some() && gone.is_some_and(|gone| Some(gone) <= kept) {
        earliest_of_all(work).await?
    } else {
        kept.into_iter().chain(arrived).min()
    };
    if begins == kept {
        return Ok(());
    }
    touched.add_every_account();
    write_messages_since(work, begins).await
}

/// It reads every message's id: only for when the earliest is taken away.
async fn earliest_of_all(work: &mut StoreTransaction) -> Result<Option<Instant>, StoreError> {
    let earliest: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select min(sent_at) from message_ids where deleted = 0")
            .fetch_one(connection)
            .await?
    });
    Ok(earliest.map(Instant::from_micros))
}

async fn write_messages_since(
    work: &mut StoreTransaction,
    begins: Option<Instant>,
) -> Result<(), StoreError> {
    match begins {
        Some(begins) => keep_setting(work, SETTING, &begins.to_string()).await,
        None => drop_setting(work, SETTING).await,
    }
}
