use engine::Instant;

use crate::{SessionKey, Store, StoreError, StoreTransaction, UserId, on_both};

impl Store {
    /// Ends a session; nothing happens where there is none.
    pub async fn delete_session(&self, key: &SessionKey) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        on_both!(&mut transaction, |connection| {
            sqlx::query("delete from sessions where session_hash = $1")
                .bind(key.hash())
                .execute(connection)
                .await?;
        });
        transaction.commit().await
    }

    /// Ends every session of a person; how many there were.
    pub async fn delete_sessions_of(&self, user: &UserId) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let ended = on_both!(&mut transaction, |connection| {
            let statement = sqlx::query("delete from sessions where user_id = $1").bind(user.as_str());
            statement.execute(connection).await?.rows_affected()
        });
        transaction.commit().await?;
        Ok(ended)
    }

    /// Clears away the sessions that have ended by themselves; how many there were.
    pub async fn delete_expired_sessions(&self, now: Instant) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let ended = on_both!(&mut transaction, |connection| {
            let statement = sqlx::query("delete from sessions where expires_at <= $1").bind(now.micros());
            statement.execute(connection).await?.rows_affected()
        });
        transaction.commit().await?;
        Ok(ended)
    }
}

/// Ends every session of a person but one; how many there were.
pub(crate) async fn delete_others(
    work: &mut StoreTransaction,
    user: &UserId,
    but: &SessionKey,
) -> Result<u64, StoreError> {
    Ok(on_both!(work, |connection| {
        let statement = sqlx::query("delete from sessions where user_id = $1 and session_hash <> $2");
        statement.bind(user.as_str()).bind(but.hash()).execute(connection).await?.rows_affected()
    }))
}
