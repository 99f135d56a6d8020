use engine::Instant;

use crate::append_audit::append_audit;
use crate::user::kept_sign_in;
use crate::{Act, Actor, AuditNote, Store, StoreError, StoreTransaction, on_both};

/// What became of a wish to suspend somebody or to let them in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspending {
    /// It is so from now on.
    Done,
    /// It was so already.
    WasSo,
    /// Nobody signs in so.
    Nobody,
}

impl Store {
    /// Keeps a person from signing in, and ends every session of theirs.
    pub async fn suspend_user(&self, sign_in: &str, now: Instant) -> Result<Suspending, StoreError> {
        let mut work = self.write_audited().await?;
        let Some(user) = user_id_of(&mut work, sign_in).await? else { return Ok(Suspending::Nobody) };
        if suspend(&mut work, &user, Actor::command("user suspend"), None, now).await?.is_none() {
            return Ok(Suspending::WasSo);
        }
        work.commit().await?;
        Ok(Suspending::Done)
    }

    /// Lets a person sign in again. What they did before counts no longer towards being suspended.
    pub async fn reinstate_user(&self, sign_in: &str, now: Instant) -> Result<Suspending, StoreError> {
        let mut work = self.write_audited().await?;
        let Some(user) = user_id_of(&mut work, sign_in).await? else { return Ok(Suspending::Nobody) };
        let changed = on_both!(&mut work, |connection| {
            let statement = sqlx::query(
                "update users set suspended_at = null, reinstated_at = $2
                 where user_id = $1 and suspended_at is not null",
            );
            statement.bind(&user).bind(now.micros()).execute(connection).await?.rows_affected()
        });
        if changed == 0 {
            return Ok(Suspending::WasSo);
        }
        let note = AuditNote::new(now, Actor::command("user reinstate"), Act::UserReinstated).to(user);
        append_audit(&mut work, note).await?;
        work.commit().await?;
        Ok(Suspending::Done)
    }
}

/// Suspends a person, in the transaction in which what for is written down; the place of the entry that says so, unless
/// they are suspended.
pub(crate) async fn suspend(
    work: &mut StoreTransaction,
    user: &str,
    by: Actor,
    reason: Option<&str>,
    now: Instant,
) -> Result<Option<i64>, StoreError> {
    let changed = on_both!(&mut *work, |connection| {
        let statement =
            sqlx::query("update users set suspended_at = $2 where user_id = $1 and suspended_at is null");
        let changed = statement.bind(user).bind(now.micros()).execute(&mut *connection).await?;
        sqlx::query("delete from sessions where user_id = $1").bind(user).execute(connection).await?;
        changed.rows_affected()
    });
    if changed == 0 {
        return Ok(None);
    }
    let note = AuditNote::new(now, by, Act::UserSuspended).to(user);
    let note = match reason {
        Some(reason) => note.because(reason),
        None => note,
    };
    append_audit(work, note).await.map(Some)
}

async fn user_id_of(work: &mut StoreTransaction, sign_in: &str) -> Result<Option<String>, StoreError> {
    let user = on_both!(work, |connection| {
        sqlx::query_scalar("select user_id from users where sign_in = $1")
            .bind(kept_sign_in(sign_in))
            .fetch_optional(connection)
            .await?
    });
    Ok(user)
}
