use engine::{AccountId, Instant, Span};

use crate::draw_id::draw_id;
use crate::find_account::{Found, find_account};
use crate::staff_of_session::staff_of_session;
use crate::{Find, FoundBy, LookupId, SessionKey, SignedIn, Store, StoreError, StoreTransaction, on_both};

/// How long a lookup is open: as long as a call mostly lasts. Whoever needs longer says again why, and the customer sees
/// that too.
pub const LOOKUP_TIME_MAX: Span = Span::minutes(15);
/// A word or two is no reason.
pub const REASON_CHARS_MIN: usize = 10;
/// A reason is read by the customer beside many others.
pub const REASON_CHARS_MAX: usize = 500;
/// Who mistypes so often in [`FAILURES_SPAN`] is not mistyping: enough for a bad line on the phone, and too few for
/// trying out numbers one after the other.
const FAILURES_MAX: i64 = 20;
const FAILURES_SPAN: Span = Span::minutes(15);

/// A lookup that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What opens the account's pages, for whoever opened it.
    pub id: LookupId,
    /// Until when, unless it is closed before.
    pub closes_at: Instant,
}

/// Why a lookup was not opened. Of what was searched for it tells no more than this.
#[derive(Debug, thiserror::Error)]
pub enum OpenLookupError {
    /// Nobody is signed in who may look accounts up.
    #[error("only an agent or a supervisor who is signed in looks an account up")]
    NotAllowed,
    /// Too little to tell the customer.
    #[error("a reason has at least {REASON_CHARS_MIN} characters; this one has {0}")]
    ReasonShort(usize),
    /// More than the customer would read.
    #[error("a reason has at most {REASON_CHARS_MAX} characters; this one has {0}")]
    ReasonLong(usize),
    /// What would not show as it was written.
    #[error("a reason is one line of text")]
    ReasonControl,
    /// No account has it.
    #[error("no account was found")]
    Nothing,
    /// Several accounts have it.
    #[error("more than one account was found: look for it by its account number")]
    Several,
    /// The operator has taken the account back.
    #[error("the account was deleted")]
    Deleted,
    /// Too many searches that opened nothing.
    #[error("too many searches found nothing: wait a quarter of an hour")]
    TooMany,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Opens an account for one of the staff, for a reason, and writes that down; or writes down that nothing was
    /// opened. `finds` are the readings of what was typed ([`Find::readings_of`]): together they must mean one account.
    pub async fn open_lookup(
        &self,
        key: &SessionKey,
        finds: &[Find],
        reason: &str,
        now: Instant,
    ) -> Result<Opened, OpenLookupError> {
        let reason = check_reason(reason)?;
        let mut work = self.write().await?;
        let staff = staff_of_session(&mut work, key, now).await?.ok_or(OpenLookupError::NotAllowed)?;
        if failures_since(&mut work, &staff, now.minus(FAILURES_SPAN)).await? >= FAILURES_MAX {
            return Err(OpenLookupError::TooMany);
        }
        let (refusal, outcome) = match find_account(&mut work, finds, self.token_key(), now).await? {
            Found::One(account, found_by) => {
                let opened = write_lookup(&mut work, &staff, (&account, found_by), reason, now).await?;
                work.commit().await?;
                return Ok(opened);
            }
            Found::Nothing => (OpenLookupError::Nothing, "nothing"),
            Found::Several => (OpenLookupError::Several, "several"),
            Found::Deleted => (OpenLookupError::Deleted, "deleted"),
        };
        let found_by = finds.first().map_or(FoundBy::Account, Find::by);
        write_failure(&mut work, &staff, (found_by, outcome), now).await?;
        work.commit().await?;
        Err(refusal)
    }

    /// Forgets the searches from before a moment that opened nothing; how many there were.
    pub async fn forget_lookup_failures(&self, before: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            let statement =
                sqlx::query("delete from lookup_failures where tried_at < $1").bind(before.micros());
            statement.execute(connection).await?.rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

fn check_reason(reason: &str) -> Result<&str, OpenLookupError> {
    let reason = reason.trim();
    match reason.chars().count() {
        chars if chars < REASON_CHARS_MIN => Err(OpenLookupError::ReasonShort(chars)),
        chars if chars > REASON_CHARS_MAX => Err(OpenLookupError::ReasonLong(chars)),
        _ if reason.contains(char::is_control) => Err(OpenLookupError::ReasonControl),
        _ => Ok(reason),
    }
}

async fn write_lookup(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    (account, found_by): (&AccountId, FoundBy),
    reason: &str,
    now: Instant,
) -> Result<Opened, StoreError> {
    let opened = Opened { id: LookupId::draw()?, closes_at: now.plus(LOOKUP_TIME_MAX) };
    on_both!(work, |connection| {
        sqlx::query(
            "insert into lookups (account_id, opened_at, lookup_id, user_id, user_name, role, reason, found_by, closes_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(account.as_str())
        .bind(now.micros())
        .bind(opened.id.as_str())
        .bind(staff.user_id.as_str())
        .bind(&staff.name)
        .bind(staff.role.as_str())
        .bind(reason)
        .bind(found_by.as_str())
        .bind(opened.closes_at.micros())
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "insert into lookup_ids (lookup_id, account_id, opened_at, user_id) values ($1, $2, $3, $4)",
        )
        .bind(opened.id.as_str())
        .bind(account.as_str())
        .bind(now.micros())
        .bind(staff.user_id.as_str())
        .execute(&mut *connection)
        .await?;
    });
    Ok(opened)
}

async fn write_failure(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    (found_by, outcome): (FoundBy, &'static str),
    now: Instant,
) -> Result<(), StoreError> {
    let id = draw_id()?;
    on_both!(work, |connection| {
        sqlx::query(
            "insert into lookup_failures (user_id, tried_at, failure_id, found_by, outcome)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(staff.user_id.as_str())
        .bind(now.micros())
        .bind(&*id)
        .bind(found_by.as_str())
        .bind(outcome)
        .execute(connection)
        .await?;
    });
    Ok(())
}

async fn failures_since(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    since: Instant,
) -> Result<i64, StoreError> {
    let failures = on_both!(work, |connection| {
        sqlx::query_scalar("select count(*) from lookup_failures where user_id = $1 and tried_at > $2")
            .bind(staff.user_id.as_str())
            .bind(since.micros())
            .fetch_one(connection)
            .await?
    });
    Ok(failures)
}
