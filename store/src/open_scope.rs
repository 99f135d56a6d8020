use engine::{AccountId, Instant};

use crate::member_part::MemberPart;
use crate::record_rows::account_of_record;
use crate::user::UserRow;
use crate::{SessionKey, SignedIn, Store, StoreError, StoreTransaction, on_both};

/// Leave to read the data of one account, or a member's part of it. Only the store makes it, from what the reader has
/// proved; every read of customers' data takes one.
#[derive(Debug)]
pub struct AccountScope {
    account: AccountId,
    part: Option<MemberPart>,
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
        Self { account, part: None }
    }

    /// The account that may be read, whole or in part.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it is good for a member's part alone.
    pub fn is_members(&self) -> bool {
        self.part.is_some()
    }

    /// The account, for a read that is its holder's alone.
    ///
    /// # Errors
    /// [`StoreError::HoldersAlone`] for a member.
    pub(crate) fn whole(&self) -> Result<&AccountId, StoreError> {
        if self.is_members() { Err(StoreError::HoldersAlone) } else { Ok(&self.account) }
    }

    /// Whether a message to a recipient may be read.
    pub(crate) fn is_recipient(&self, recipient: &str) -> bool {
        self.part().is_none_or(|part| part.has_recipient(recipient))
    }

    pub(crate) fn part(&self) -> Option<&MemberPart> {
        self.part.as_ref()
    }

    /// Of a member, the JSON list of their addresses, as [`AccountScope::written`] compares them.
    pub(crate) fn recipients(&self) -> Option<&str> {
        self.part().map(|part| part.recipients.as_str())
    }

    /// Of a member, the JSON list of their lines.
    pub(crate) fn lines(&self) -> Option<&str> {
        self.part().map(|part| part.lines.as_str())
    }
}

#[derive(sqlx::FromRow)]
struct ScopeRow {
    #[sqlx(flatten)]
    user: UserRow,
    member: Option<String>,
    /// The account's record, where the customer is a member of it.
    record: Option<String>,
}

impl ScopeRow {
    /// `None` where the record lists the member no longer: the feed says who is one, at every moment.
    fn into_scope(self) -> Result<Option<SignedInScope>, StoreError> {
        let user = self.user.into_signed_in()?;
        let account = user.account.clone().ok_or(StoreError::Unreadable("user"))?;
        let Some(member) = self.member else {
            return Ok(Some(SignedInScope { scope: AccountScope::of(account), user }));
        };
        let record = account_of_record(&self.record.ok_or(StoreError::Unreadable("account"))?)?;
        let part = MemberPart::of(&record, &member);
        Ok(part.map(|part| SignedInScope { scope: AccountScope { account, part: Some(part) }, user }))
    }
}

impl Store {
    /// The scope of a customer's live session: of their account, or of a member's part of it. `None` where the session has
    /// ended, nobody is signed in, it is not a customer, the account is no more, or its record lists the member no longer.
    pub async fn scope_of_session(
        &self,
        key: &SessionKey,
        now: Instant,
    ) -> Result<Option<SignedInScope>, StoreError> {
        let mut transaction = self.begin_jobs().await?;
        let row: Option<ScopeRow> = on_both!(&mut transaction, |connection| {
            sqlx::query_as(
                "select users.user_id, users.role, users.name, users.account_id, users.language,
                        users.time_zone, users.member,
                        case when users.member is not null then accounts.record end as record
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
        row.map(ScopeRow::into_scope).transpose().map(Option::flatten)
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
