use engine::Instant;

use crate::{SessionKey, SessionRecord, Store, StoreError, UserId, on_both};

#[derive(sqlx::FromRow)]
struct SessionRow {
    user_id: Option<String>,
    data: String,
    expires_at: i64,
    ends_at: i64,
}

impl Store {
    /// Begins a session; `false` where the key is another session's, which stays as it is.
    pub async fn create_session(&self, key: &SessionKey, record: &SessionRecord) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let created = on_both!(&mut transaction, |connection| {
            let statement = sqlx::query(
                "insert into sessions (session_hash, user_id, data, expires_at, ends_at) values ($1, $2, $3, $4, $5)
                 on conflict (session_hash) do nothing",
            );
            let statement = statement.bind(key.hash()).bind(record.user_id.as_ref().map(UserId::as_str));
            let expires_at = record.expires_at.min(record.ends_at);
            let statement =
                statement.bind(&record.data).bind(expires_at.micros()).bind(record.ends_at.micros());
            statement.execute(connection).await?.rows_affected()
        });
        transaction.commit().await?;
        Ok(created > 0)
    }

    /// Saves a session that exists; `false` where it does not, and then nothing is saved. When it ends at the latest
    /// was settled when it began, and can only be brought forward.
    pub async fn save_session(&self, key: &SessionKey, record: &SessionRecord) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let saved = on_both!(&mut transaction, |connection| {
            let statement = sqlx::query(
                "update sessions set user_id = $2, data = $3,
                     expires_at = case when $4 < ends_at then $4 else ends_at end,
                     ends_at = case when $5 < ends_at then $5 else ends_at end
                 where session_hash = $1",
            );
            let statement = statement.bind(key.hash()).bind(record.user_id.as_ref().map(UserId::as_str));
            let expires_at = record.expires_at.min(record.ends_at);
            let statement =
                statement.bind(&record.data).bind(expires_at.micros()).bind(record.ends_at.micros());
            statement.execute(connection).await?.rows_affected()
        });
        transaction.commit().await?;
        Ok(saved > 0)
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
                "select user_id, data, expires_at, ends_at from sessions
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

impl SessionRow {
    fn into_record(self) -> Result<SessionRecord, StoreError> {
        let user_id = self.user_id.map(|user| user.parse()).transpose();
        Ok(SessionRecord {
            user_id: user_id.map_err(|_| StoreError::Unreadable("session"))?,
            data: self.data,
            expires_at: Instant::from_micros(self.expires_at),
            ends_at: Instant::from_micros(self.ends_at),
        })
    }
}
