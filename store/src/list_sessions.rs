use engine::Instant;

use crate::confirm_session::confirmed_user;
use crate::end_session::delete_others;
use crate::{SessionHandle, SessionKey, Store, StoreError, on_both};

/// A session as its person is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// What it is called by.
    pub handle: SessionHandle,
    /// When it began.
    pub began_at: Instant,
    /// When something was last asked for in it.
    pub seen_at: Instant,
    /// Its browser and system in a few words; empty where they are not known.
    pub browser: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The most sessions that are listed: more than anybody has devices. All others are ended with those that are.
const LISTED_MAX: i64 = 100;

#[derive(sqlx::FromRow)]
struct SessionRow {
    handle: String,
    began_at: i64,
    seen_at: i64,
    browser: String,
    is_this: bool,
}

impl Store {
    /// The live sessions of the person whose live session this is: this one first, then the last seen; none where it has
    /// ended.
    pub async fn sessions_of(&self, key: &SessionKey, now: Instant) -> Result<Vec<SessionView>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let rows: Vec<SessionRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select handle, began_at, seen_at, browser, session_hash = $1 as is_this from sessions
                 where expires_at > $2 and ends_at > $2 and user_id =
                     (select user_id from sessions
                      where session_hash = $1 and expires_at > $2 and ends_at > $2)
                 order by case when session_hash = $1 then 0 else 1 end, seen_at desc, handle limit $3",
            )
            .bind(key.hash())
            .bind(now.micros())
            .bind(LISTED_MAX)
            .fetch_all(connection)
            .await?
        });
        rows.into_iter().map(SessionRow::into_view).collect()
    }

    /// Ends a session of the person whose live session this is, by its handle; `false` where they have no such.
    pub async fn end_session_of(
        &self,
        key: &SessionKey,
        handle: &SessionHandle,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let ended = on_both!(&mut work, |connection| {
            sqlx::query(
                "delete from sessions
                 where handle = $3 and user_id =
                     (select user_id from sessions
                      where session_hash = $1 and expires_at > $2 and ends_at > $2)",
            )
            .bind(key.hash())
            .bind(now.micros())
            .bind(handle.as_str())
            .execute(connection)
            .await?
            .rows_affected()
        });
        work.commit().await?;
        Ok(ended > 0)
    }

    /// Ends every other session of the person whose live session this is; how many there were, or `None` where their
    /// password was not given again in it, and then none ends.
    pub async fn end_other_sessions(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<u64>, StoreError> {
        let mut work = self.write().await?;
        let Some(user) = confirmed_user(&mut work, key, now).await? else { return Ok(None) };
        let ended = delete_others(&mut work, &user, key).await?;
        work.commit().await?;
        Ok(Some(ended))
    }
}

impl SessionRow {
    fn into_view(self) -> Result<SessionView, StoreError> {
        Ok(SessionView {
            handle: self.handle.parse().map_err(|_| StoreError::Unreadable("session"))?,
            began_at: Instant::from_micros(self.began_at),
            seen_at: Instant::from_micros(self.seen_at),
            browser: self.browser,
            is_this: self.is_this,
        })
    }
}
