use engine::{Instant, Span};

use crate::draw_id::{draw_id, is_drawn};
use crate::hash_password::{Looked, look_at_password};
use crate::{Password, SessionKey, SessionRecord, Store, StoreError, StoreTransaction, UserId, on_both};

/// How long a password that was given again is good for: as long as it takes to do what it was asked for.
pub const CONFIRMED_FOR: Span = Span::minutes(5);
/// Passwords that may be tried in a session before it ends: whoever found it open guesses no more, and whoever forgot
/// theirs has to go the way in anyway.
const TRIES_MAX: i64 = 5;

/// What a session is between its old id and its new one. Only whoever holds this can give it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal(Box<str>);

/// What became of a password that was given again.
#[derive(Debug)]
pub enum Confirmed {
    /// It is right, and the session is to get a new id.
    Renews(Renewal),
    /// It is wrong.
    Wrong,
    /// The session has ended, perhaps by this one wrong password too many.
    Ended,
}

impl Renewal {
    /// As it is handed on within a request.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What [`Renewal::as_str`] gave.
    pub fn of(text: &str) -> Option<Self> {
        is_drawn(text).then(|| Self(text.into()))
    }

    fn key(&self) -> SessionKey {
        SessionKey::of_nobody(&self.0)
    }
}

impl Store {
    /// Takes the password again of the person whose live session this is, and remembers in it that it was right.
    pub async fn confirm_session(
        &self,
        key: &SessionKey,
        password: &Password,
        now: Instant,
    ) -> Result<Confirmed, StoreError> {
        // Counted before it is looked at: tries that are made at once count too.
        let Some(tries) = self.count_try(key, now).await? else {
            self.delete_session(key).await?;
            return Ok(Confirmed::Ended);
        };
        let hash = self.password_hash_of(key, now).await?;
        if look_at_password(password, hash).await? != Looked::Wrong {
            let mut work = self.write().await?;
            let renewal = set_aside(&mut work, key, now, Some(now)).await?;
            work.commit().await?;
            return Ok(renewal.map_or(Confirmed::Ended, Confirmed::Renews));
        }
        if tries < TRIES_MAX {
            return Ok(Confirmed::Wrong);
        }
        self.delete_session(key).await?;
        Ok(Confirmed::Ended)
    }

    /// Until when the password is good that was given again in this live session; `None` where none is.
    pub async fn confirmed_until(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<Instant>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let confirmed: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select confirmed_at from sessions
                 where session_hash = $1 and expires_at > $2 and ends_at > $2 and confirmed_at > $3",
            )
            .bind(key.hash())
            .bind(now.micros())
            .bind(now.minus(CONFIRMED_FOR).micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(confirmed.map(|at| Instant::from_micros(at).plus(CONFIRMED_FOR)))
    }

    /// Gives a session that was set aside its new id; `false` where it was ended meanwhile, or the id is another's, and
    /// then there is none.
    pub async fn renew_session(
        &self,
        renewal: &Renewal,
        key: &SessionKey,
        record: &SessionRecord,
    ) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let renewed = on_both!(&mut work, |connection| {
            sqlx::query(
                "update sessions set session_hash = $2, data = $3, seen_at = $4,
                     expires_at = case when $5 < ends_at then $5 else ends_at end
                 where session_hash = $1 and not exists (select 1 from sessions where session_hash = $2)",
            )
            .bind(renewal.key().hash())
            .bind(key.hash())
            .bind(&record.data)
            .bind(record.seen_at.micros())
            .bind(record.expires_at.micros())
            .execute(connection)
            .await?
            .rows_affected()
        });
        work.commit().await?;
        Ok(renewed > 0)
    }

    /// How many passwords were tried in a live session since the last right one, this one among them; `None` where no
    /// more may be.
    async fn count_try(&self, key: &SessionKey, now: Instant) -> Result<Option<i64>, StoreError> {
        let mut work = self.write().await?;
        let tries = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "update sessions set confirm_tries = confirm_tries + 1
                 where session_hash = $1 and expires_at > $2 and ends_at > $2 and user_id is not null
                   and confirm_tries < $3
                 returning confirm_tries",
            )
            .bind(key.hash())
            .bind(now.micros())
            .bind(TRIES_MAX)
            .fetch_optional(connection)
            .await?
        });
        work.commit().await?;
        Ok(tries)
    }

    async fn password_hash_of(&self, key: &SessionKey, now: Instant) -> Result<Option<String>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let hash = on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select password_hash from users
                 join sessions on sessions.user_id = users.user_id
                 where session_hash = $1 and expires_at > $2 and ends_at > $2",
            )
            .bind(key.hash())
            .bind(now.micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(hash)
    }
}

/// Takes a live session's id away until it gets another; `None` where it has ended. It is one and the same session all the
/// time: whatever ends a person's sessions ends it too.
pub(crate) async fn set_aside(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
    confirmed_at: Option<Instant>,
) -> Result<Option<Renewal>, StoreError> {
    let renewal = Renewal(draw_id()?);
    let changed = on_both!(work, |connection| {
        sqlx::query(
            "update sessions set session_hash = $2, confirm_tries = 0,
                 confirmed_at = coalesce(cast($4 as bigint), confirmed_at)
             where session_hash = $1 and expires_at > $3 and ends_at > $3",
        )
        .bind(key.hash())
        .bind(renewal.key().hash())
        .bind(now.micros())
        .bind(confirmed_at.map(Instant::micros))
        .execute(connection)
        .await?
        .rows_affected()
    });
    Ok((changed > 0).then_some(renewal))
}

/// Whose live session this is, if their password was given again in it and is still good.
pub(crate) async fn confirmed_user(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<UserId>, StoreError> {
    let user: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select user_id from sessions
             where session_hash = $1 and expires_at > $2 and ends_at > $2 and confirmed_at > $3
               and user_id is not null",
        )
        .bind(key.hash())
        .bind(now.micros())
        .bind(now.minus(CONFIRMED_FOR).micros())
        .fetch_optional(connection)
        .await?
    });
    user.map(|user| user.parse().map_err(|_| StoreError::Unreadable("session"))).transpose()
}
