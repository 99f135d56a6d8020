use engine::Instant;

use crate::{Store, StoreError, StoreTransaction, on_both};

impl Store {
    /// Has every account judged again, as after a change of the catalogue.
    pub async fn requeue_all(&self) -> Result<(), StoreError> {
        let mut work = self.write_bulk().await?;
        queue_all(&mut work).await?;
        work.commit().await
    }

    /// Has the accounts judged again for which something falls due by `now`: a grace, or the time to tell of something.
    pub async fn queue_waiting_due(&self, now: Instant) -> Result<(), StoreError> {
        let mut work = self.write_bulk().await?;
        on_both!(&mut work, |connection| {
            sqlx::query(
                "insert into judge_queue (account_id)
                 select account_id from history where waits_until <= $1
                 on conflict (account_id) do nothing",
            )
            .bind(now.micros())
            .execute(connection)
            .await?;
        });
        work.commit().await
    }

    /// Whether every account is to be judged, after what others were writing.
    pub async fn queues_all_accounts(&self) -> Result<bool, StoreError> {
        // A killed import's last transaction may yet be under way on its server: the lock is had after it.
        let mut work = self.write_bulk().await?;
        let other: Option<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select account_id from accounts
                 where deleted = 0
                   and not exists (select 1 from judge_queue where judge_queue.account_id = accounts.account_id)
                 limit 1",
            )
            .fetch_optional(connection)
            .await?
        });
        Ok(other.is_none())
    }

    /// How many accounts are to be judged.
    pub async fn queued_accounts(&self) -> Result<u64, StoreError> {
        let mut work = self.begin_jobs().await?;
        let count: i64 = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select count(*) from judge_queue").fetch_one(connection).await?
        });
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

/// Has every account judged again.
pub(crate) async fn queue_all(work: &mut StoreTransaction) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into judge_queue (account_id)
             select account_id from accounts where deleted = 0
             on conflict (account_id) do nothing",
        )
        .execute(connection)
        .await?;
    });
    Ok(())
}
