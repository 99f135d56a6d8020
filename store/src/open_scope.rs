use engine::{AccountId, Instant};

use crate::user::UserRow;
use crate::{SessionKey, SignedIn, Store, StoreError, StoreTransaction, UserId, on_both};

/// Leave to read the data of one account. Only the store makes it, from what the reader has proved; every read of
/// customers' data takes one.
#[derive(Debug)]
pub struct AccountScope {
    account: AccountId,
    /// The customer who reads; `None` for staff, by a lookup.
    reader: Option<UserId>,
}

/// A customer who is signed in, and their leave to read their account.
#[derive(Debug)]
pub struct SignedInScope {
    /// The leave.
    pub scope: AccountScope,
    /// The customer.
    pub user: SignedIn,
}

impl AccountScope {
    /// For those two alone that prove it first: a customer's session, and a lookup that is open.
    pub(crate) fn of(account: AccountId) -> Self {
        Self { account, reader: None }
    }

    /// The same for one of the account's own people, of whose threads with the desk each reads their own.
    pub(crate) fn read_by(self, user: &UserId) -> Self {
        Self { reader: Some(user.clone()), ..self }
    }

    /// The customer who reads, unless it is staff.
    pub(crate) fn reader(&self) -> Option<&UserId> {
        self.reader.as_ref()
    }

    /// The account that may be read.
    pub fn account(&self) -> &AccountId {
        &self.account
    }
}

impl Store {
    /// The scope of a customer's live session; `None` where the session has ended, nobody is signed in, it is not a
    /// customer, or the account is no more.
    pub async fn scope_of_session(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<SignedInScope>, StoreError> {
        customer_of_session(&mut self.begin_jobs().await?, key, now).await
    }

    /// Who is signed in with a live session, of whatever role.
    pub async fn user_of_session(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<SignedIn>, StoreError> {
        signed_in(&mut self.begin_jobs().await?, key, now).await
    }
}

/// The customer of a live session and their scope, as of this moment.
pub(crate) async fn customer_of_session(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<SignedInScope>, StoreError> {
    let row: Option<UserRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select users.user_id, users.role, users.name, users.account_id, users.language, users.time_zone
             from sessions
             join users on users.user_id = sessions.user_id
             join accounts on accounts.account_id = users.account_id
             where session_hash = $1 and expires_at > $2 and ends_at > $2
               and users.role = 'customer' and users.suspended_at is null and accounts.deleted = 0",
        )
        .bind(key.hash())
        .bind(now.micros())
        .fetch_optional(connection)
        .await?
    });
    let Some(user) = row.map(UserRow::into_signed_in).transpose()? else { return Ok(None) };
    let account = user.account.clone().ok_or(StoreError::Unreadable("user"))?;
    Ok(Some(SignedInScope { scope: AccountScope::of(account).read_by(&user.user_id), user }))
}

/// Who is signed in with a live session, and the role that they have at this moment.
pub(crate) async fn signed_in(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let row: Option<UserRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select users.user_id, users.role, users.name, users.account_id, users.language, users.time_zone
             from sessions
             join users on users.user_id = sessions.user_id
             where session_hash = $1 and expires_at > $2 and ends_at > $2 and users.suspended_at is null",
        )
        .bind(key.hash())
        .bind(now.micros())
        .fetch_optional(connection)
        .await?
    });
    row.map(UserRow::into_signed_in).transpose()
}
