use engine::Instant;

use crate::staff_of_session::staff_of_session;
use crate::{LookupId, SessionKey, Store, StoreError, on_both};

impl Store {
    /// Closes a lookup before its time; `false` where it is not open to whoever asks, and then nothing changes.
    pub async fn close_lookup(
        &self,
        key: &SessionKey,
        id: &LookupId,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let Some(staff) = staff_of_session(&mut work, key, now).await? else { return Ok(false) };
        let closed = on_both!(&mut work, |connection| {
            let statement = sqlx::query(
                "update lookups set closed_at = $3
                 where lookup_id = $1 and closes_at > $3 and closed_at is null
                   and (account_id, opened_at) in
                       (select account_id, opened_at from lookup_ids where lookup_id = $1 and user_id = $2)",
            );
            let statement = statement.bind(id.as_str()).bind(staff.user_id.as_str()).bind(now.micros());
            statement.execute(connection).await?.rows_affected()
        });
        work.commit().await?;
        Ok(closed > 0)
    }
}
