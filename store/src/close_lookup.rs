use std::net::IpAddr;

use engine::{AccountId, Instant};

use crate::append_audit::append_audit;
use crate::staff_of_session::staff_of_session;
use crate::{Act, Actor, AuditNote, LookupId, SessionKey, Store, StoreError, on_both};

impl Store {
    /// Closes a lookup before its time; `false` where it is not open to whoever asks, and then nothing changes.
    pub async fn close_lookup(
        &self,
        key: &SessionKey,
        id: &LookupId,
        client: Option<IpAddr>,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write_audited().await?;
        let Some(staff) = staff_of_session(&mut work, key, now).await? else { return Ok(false) };
        let closed: Option<String> = on_both!(&mut work, |connection| {
            let statement = sqlx::query_scalar(
                "update lookups set closed_at = $3
                 where lookup_id = $1 and closes_at > $3 and closed_at is null
                   and (account_id, opened_at) in
                       (select account_id, opened_at from lookup_ids where lookup_id = $1 and user_id = $2)
                 returning account_id",
            );
            let statement = statement.bind(id.as_str()).bind(staff.user_id.as_str()).bind(now.micros());
            statement.fetch_optional(connection).await?
        });
        let Some(account) = closed else { return Ok(false) };
        let account: AccountId = account.parse().map_err(|_| StoreError::Unreadable("lookup"))?;
        let note = AuditNote::new(now, Actor::user(&staff), Act::LookupClosed).from(client);
        append_audit(&mut work, note.of_account(&account).to(id.as_str())).await?;
        work.commit().await?;
        Ok(true)
    }
}
