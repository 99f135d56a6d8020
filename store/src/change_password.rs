use engine::Instant;

use crate::append_audit::append_audit;
use crate::confirm_session::{confirmed_user, set_aside};
use crate::end_session::delete_others;
use crate::hash_password::{HashedPassword, hash_password};
use crate::open_scope::signed_in;
use crate::{
    Act, Actor, AuditNote, Password, PasswordRefusal, Renewal, SessionKey, Store, StoreError, on_both,
};

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// It may not be chosen.
    #[error(transparent)]
    Refused(#[from] PasswordRefusal),
    /// The session has ended, or the password was not given again in it.
    #[error("the password was not given again in this session")]
    NotConfirmed,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Changes the password of the person in whose live session it was given again. All their other sessions end, and this
    /// one is to get a new id. `names` are what everybody guesses first, such as the operator's.
    pub async fn change_password(
        &self,
        key: &SessionKey,
        password: &Password,
        names: &[&str],
        now: Instant,
    ) -> Result<Renewal, ChangePasswordError> {
        password.check(names)?;
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
        hash: &HashedPassword,
        now: Instant,
    ) -> Result<Option<Renewal>, StoreError> {
        let mut work = self.write_audited().await?;
        let Some(user) = confirmed_user(&mut work, key, now).await? else { return Ok(None) };
        if let Some(person) = signed_in(&mut work, key, now).await? {
            append_audit(&mut work, AuditNote::new(now, Actor::user(&person), Act::PasswordChanged)).await?;
        }
        on_both!(&mut work, |connection| {
            sqlx::query("update users set password_hash = $2 where user_id = $1")
                .bind(user.as_str())
                .bind(hash.as_str())
                .execute(connection)
                .await?;
        });
        delete_others(&mut work, &user, key).await?;
        let Some(renewal) = set_aside(&mut work, key, now, None).await? else { return Ok(None) };
        work.commit().await?;
        Ok(Some(renewal))
    }
}
