use engine::Instant;

use crate::add_user::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN};
use crate::confirm_session::{confirmed_user, set_aside};
use crate::hash_password::hash_password;
use crate::{Password, Renewal, SessionKey, Store, StoreError, on_both};

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Too short to resist guessing.
    #[error("a password has at least 15 characters; this one has {0}")]
    Short(usize),
    /// Too long to hash at every attempt.
    #[error("a password has at most 1,024 bytes; this one has {0}")]
    Long(usize),
    /// The session has ended, or the password was not given again in it.
    #[error("the password was not given again in this session")]
    NotConfirmed,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Changes the password of the person in whose live session it was given again. All their other sessions end, and this
    /// one is to get a new id.
    pub async fn change_password(
        &self,
        key: &SessionKey,
        password: &Password,
        now: Instant,
    ) -> Result<Renewal, ChangePasswordError> {
        if password.chars() < PASSWORD_CHARS_MIN {
            return Err(ChangePasswordError::Short(password.chars()));
        }
        if password.bytes() > PASSWORD_BYTES_MAX {
            return Err(ChangePasswordError::Long(password.bytes()));
        }
        // Who may not is told so before a core is taken.
        if self.confirmed_until(key, now).await?.is_none() {
            return Err(ChangePasswordError::NotConfirmed);
        }
        let hash = hash_password(password).await?;
        self.keep_password(key, &hash, now).await?.ok_or(ChangePasswordError::NotConfirmed)
    }

    async fn keep_password(
        &self,
        key: &SessionKey,
        hash: &str,
        now: Instant,
    ) -> Result<Option<Renewal>, StoreError> {
        let mut work = self.write().await?;
        let Some(user) = confirmed_user(&mut work, key, now).await? else { return Ok(None) };
        on_both!(&mut work, |connection| {
            sqlx::query("update users set password_hash = $2 where user_id = $1")
                .bind(user.as_str())
                .bind(hash)
                .execute(&mut *connection)
                .await?;
            sqlx::query("delete from sessions where user_id = $1 and session_hash <> $2")
                .bind(user.as_str())
                .bind(key.hash())
                .execute(connection)
                .await?;
        });
        let Some(renewal) = set_aside(&mut work, key, now, None).await? else { return Ok(None) };
        work.commit().await?;
        Ok(Some(renewal))
    }
}
