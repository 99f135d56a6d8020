use engine::{Instant, Span};

use crate::dialect::Dialect;
use crate::draw_id::draw_id;
use crate::session::time_max;
use crate::{
    BROWSER_CHARS_MAX, Role, SessionKey, SessionRecord, SignInProof, Store, StoreError, StoreTransaction,
    UserId, on_both,
};

/// When a session was last seen, and so when it ends for want of requests, is known this closely: a page that only reads
/// does not write. It ends that much earlier at the most.
const SEEN_WITHIN: Span = Span::minutes(1);

#[derive(sqlx::FromRow)]
struct SessionRow {
    user_id: Option<String>,
    data: String,
    seen_at: i64,
    expires_at: i64,
    ends_at: i64,
}

impl Store {
    /// Begins a session, in a browser that is told by a few words; `false` where the key is another session's, which stays
    /// as it is. It ends at the latest when one of its person's role does, whatever the record says.
    pub async fn create_session(&self, key: &SessionKey, record: &SessionRecord) -> Result<bool, StoreError> {
        self.create_session_in(key, record, "", None).await
    }

    /// The same in a browser that is told by a few words; with a proof, only while that holds.
    ///
    /// # Errors
    /// [`StoreError::ProofGone`] where the password was changed since.
    pub async fn create_session_in(
        &self,
        key: &SessionKey,
        record: &SessionRecord,
        browser: &str,
        proof: Option<&SignInProof>,
    ) -> Result<bool, StoreError> {
        let handle = draw_id()?;
        let mut transaction = self.write().await?;
        let ends_at = latest_end(&mut transaction, record, proof).await?;
        let browser: String = browser.chars().take(BROWSER_CHARS_MAX).collect();
        let created = on_both!(&mut transaction, |connection| {
            sqlx::query(
                "insert into sessions
                     (session_hash, user_id, data, expires_at, ends_at, handle, began_at, seen_at, browser)
                 values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
                 on conflict (session_hash) do nothing",
            )
            .bind(key.hash())
            .bind(record.user_id.as_ref().map(UserId::as_str))
            .bind(&record.data)
            .bind(record.expires_at.min(ends_at).micros())
            .bind(ends_at.micros())
            .bind(&*handle)
            .bind(record.seen_at.micros())
            .bind(browser)
            .execute(connection)
            .await?
            .rows_affected()
        });
        transaction.commit().await?;
        Ok(created > 0)
    }

    /// Saves a session that exists; `false` where it does not, or is another person's, and then nothing is saved. When it
    /// ends at the latest was settled when it began, and can only be brought forward; whose it is too: whoever signs in
    /// gets another.
    pub async fn save_session(&self, key: &SessionKey, record: &SessionRecord) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let saved = on_both!(&mut transaction, |connection| {
            sqlx::query(
                "update sessions set data = $3, seen_at = case when $6 > seen_at then $6 else seen_at end,
                     expires_at = case when $4 < ends_at then $4 else ends_at end,
                     ends_at = case when $5 < ends_at then $5 else ends_at end
                 where session_hash = $1 and user_id is not distinct from $2",
            )
            .bind(key.hash())
            .bind(record.user_id.as_ref().map(UserId::as_str))
            .bind(&record.data)
            .bind(record.expires_at.min(record.ends_at).micros())
            .bind(record.ends_at.micros())
            .bind(record.seen_at.micros())
            .execute(connection)
            .await?
            .rows_affected()
        });
        transaction.commit().await?;
        Ok(saved > 0)
    }

    /// Whether the same was saved in a session a short time ago, so that saving it again would only wait for the disk.
    pub async fn is_session_saved(
        &self,
        key: &SessionKey,
        record: &SessionRecord,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin_jobs().await?;
        let saved: Option<i64> = on_both!(&mut transaction, |connection| {
            sqlx::query_scalar(
                "select cast(1 as bigint) from sessions
                 where session_hash = $1 and user_id is not distinct from $2 and data = $3 and seen_at > $4
                   and expires_at > $5",
            )
            .bind(key.hash())
            .bind(record.user_id.as_ref().map(UserId::as_str))
            .bind(&record.data)
            .bind(record.seen_at.minus(SEEN_WITHIN).micros())
            .bind(record.seen_at.micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(saved.is_some())
    }

    /// The session with this key, unless it has ended.
    pub async fn load_session(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let mut transaction = self.begin_jobs().await?;
        let row: Option<SessionRow> = on_both!(&mut transaction, |connection| {
            sqlx::query_as(
                "select user_id, data, seen_at, expires_at, ends_at from sessions
                 where session_hash = $1 and expires_at > $2 and ends_at > $2",
            )
            .bind(key.hash())
            .bind(now.micros())
            .fetch_optional(connection)
            .await?
        });
        row.map(SessionRow::into_record).transpose()
    }
}

/// When a session that begins ends at the latest.
async fn latest_end(
    work: &mut StoreTransaction,
    record: &SessionRecord,
    proof: Option<&SignInProof>,
) -> Result<Instant, StoreError> {
    let Some(user) = &record.user_id else { return Ok(record.ends_at) };
    let known: Option<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written("select role, password_hash from users where user_id = $1{locked}"))
            .bind(user.as_str())
            .fetch_optional(connection)
            .await?
    });
    let (role, password_hash) = known.ok_or(StoreError::Unreadable("user"))?;
    let role: Role = role.parse().map_err(|_| StoreError::Unreadable("user"))?;
    if proof.is_some_and(|proof| *proof != SignInProof::of(&password_hash)) {
        return Err(StoreError::ProofGone);
    }
    Ok(record.ends_at.min(record.seen_at.plus(time_max(role))))
}

impl SessionRow {
    fn into_record(self) -> Result<SessionRecord, StoreError> {
        let user_id = self.user_id.map(|user| user.parse()).transpose();
        Ok(SessionRecord {
            user_id: user_id.map_err(|_| StoreError::Unreadable("session"))?,
            data: self.data,
            seen_at: Instant::from_micros(self.seen_at),
            expires_at: Instant::from_micros(self.expires_at),
            ends_at: Instant::from_micros(self.ends_at),
        })
    }
}
