use engine::Instant;

use crate::record_rows::account_id;
use crate::staff_of_session::staff_of_session;
use crate::{AccountScope, LookupId, SessionKey, Store, StoreError, StoreTransaction, UserId, on_both};

/// A lookup that is open to whoever asks, and their leave to read its account until it closes.
#[derive(Debug)]
pub struct OpenLookup {
    /// Which.
    pub id: LookupId,
    /// The leave.
    pub scope: AccountScope,
    /// Why it was opened.
    pub reason: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// Until when it is open, unless it is closed before.
    pub closes_at: Instant,
}

#[derive(sqlx::FromRow)]
pub(crate) struct LookupRow {
    lookup_id: String,
    pub account_id: String,
    reason: String,
    opened_at: i64,
    closes_at: i64,
}

/// The most lookups that a person's list of open ones has: more calls than anybody is on within a lookup's time.
const OPEN_MAX: i64 = 20;

impl Store {
    /// The scope of a lookup; `None` unless the session is live and of the very person who opened it, who still may look
    /// accounts up, the lookup has neither run out nor been closed, and the account is not deleted.
    pub async fn scope_of_lookup(
        &self,
        key: &SessionKey,
        id: &LookupId,
        now: Instant,
    ) -> Result<Option<OpenLookup>, StoreError> {
        Ok(self.read_open(key, Some(id), now).await?.pop())
    }

    /// Every lookup that is open to whoever is signed in, the latest first.
    pub async fn open_lookups(&self, key: &SessionKey, now: Instant) -> Result<Vec<OpenLookup>, StoreError> {
        self.read_open(key, None, now).await
    }

    async fn read_open(
        &self,
        key: &SessionKey,
        id: Option<&LookupId>,
        now: Instant,
    ) -> Result<Vec<OpenLookup>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let Some(staff) = staff_of_session(&mut work, key, now).await? else { return Ok(Vec::new()) };
        let rows = open_rows(&mut work, &staff.user_id, id, now).await?;
        rows.into_iter().map(LookupRow::into_open).collect()
    }
}

/// What is open to somebody of the staff: all of it, or one lookup.
pub(crate) async fn open_rows(
    work: &mut StoreTransaction,
    user: &UserId,
    id: Option<&LookupId>,
    now: Instant,
) -> Result<Vec<LookupRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(
            "select lookups.lookup_id, lookups.account_id, lookups.reason, lookups.opened_at, lookups.closes_at
             from lookup_ids
             join lookups on lookups.account_id = lookup_ids.account_id
                 and lookups.opened_at = lookup_ids.opened_at and lookups.lookup_id = lookup_ids.lookup_id
             join accounts on accounts.account_id = lookups.account_id
             where lookup_ids.user_id = $1 and lookup_ids.opened_at > $2
               and (cast($3 as text) is null or lookup_ids.lookup_id = $3)
               and lookups.closes_at > $4 and lookups.closed_at is null and accounts.deleted = 0
             order by lookups.opened_at desc, lookups.lookup_id limit $5",
        )
        .bind(user.as_str())
        // What was opened longer ago has run out: the index leaves it aside.
        .bind(now.minus(crate::LOOKUP_TIME_MAX).micros())
        .bind(id.map(LookupId::as_str))
        .bind(now.micros())
        .bind(OPEN_MAX)
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

impl LookupRow {
    pub(crate) fn id(&self) -> Result<LookupId, StoreError> {
        self.lookup_id.parse().map_err(|_| StoreError::Unreadable("lookup"))
    }

    fn into_open(self) -> Result<OpenLookup, StoreError> {
        Ok(OpenLookup {
            id: self.id()?,
            scope: AccountScope::of(account_id(&self.account_id)?),
            reason: self.reason,
            opened_at: Instant::from_micros(self.opened_at),
            closes_at: Instant::from_micros(self.closes_at),
        })
    }
}
