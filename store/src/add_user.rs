use engine::{AccountId, Instant};

use crate::append_audit::append_audit;
use crate::hash_password::hash_password;
use crate::member_part::member_at;
use crate::offer_link::read_record;
use crate::user::kept_sign_in;
use crate::{
    Act, Actor, AuditNote, Password, PasswordRefusal, Role, Store, StoreError, StoreTransaction, UserId,
    on_both,
};

/// A person who shall be able to sign in.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What the person types to say who they are; case and blanks around it don't count.
    pub sign_in: String,
    /// What they are called.
    pub name: String,
    /// What they are to the operator.
    pub role: Role,
    /// The account that a customer signs in for.
    pub account: Option<AccountId>,
    /// What they prove it with.
    pub password: Password,
}

/// Why a person was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddUserError {
    /// The password may not be chosen.
    #[error(transparent)]
    Password(#[from] PasswordRefusal),
    /// Nothing, or what no address is.
    #[error("a sign-in is 1 to 254 characters without spaces, such as dana@example.net")]
    SignIn,
    /// Nothing, or more than a page shows.
    #[error("a name is 1 to 256 characters")]
    Name,
    /// Somebody else has the sign-in.
    #[error("somebody already signs in as that")]
    Taken,
    /// A customer without an account.
    #[error("a customer signs in for an account: say which")]
    AccountMissing,
    /// An account that is not known.
    #[error("the account {0} is not known: import it first")]
    AccountUnknown(AccountId),
    /// A member whom the account's record does not list, or does not list alone under that address.
    #[error("the account's record lists no member, or somebody else too, under that address")]
    NotAMember,
    /// An account for one of the staff.
    #[error("only a customer has an account; this is the {0} role")]
    AccountOfStaff(Role),
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Longer than any that a person types, and short enough to be hashed at every attempt.
pub(crate) const PASSWORD_BYTES_MAX: usize = 1024;
/// The longest address that mail can be sent to (RFC 5321, erratum 1690).
pub(crate) const SIGN_IN_CHARS_MAX: usize = 254;
const NAME_CHARS_MAX: usize = 256;

impl Store {
    /// Adds a person who may sign in.
    pub async fn add_user(&self, user: NewUser, now: Instant) -> Result<UserId, AddUserError> {
        self.add(user, false, now).await
    }

    /// Adds a customer who is a member of the account: their sign-in is the address under which its record lists them.
    pub async fn add_member(&self, user: NewUser, now: Instant) -> Result<UserId, AddUserError> {
        self.add(user, true, now).await
    }

    async fn add(&self, user: NewUser, is_member: bool, now: Instant) -> Result<UserId, AddUserError> {
        let sign_in = check(&user)?;
        let hash = hash_password(&user.password).await?;
        let user_id = UserId::draw()?;
        let mut transaction = self.write_audited().await?;
        if let Some(account) = &user.account {
            let record = read_record(&mut transaction, account).await?;
            let record = record.ok_or_else(|| AddUserError::AccountUnknown(account.clone()))?;
            if is_member && member_at(&record, &sign_in).is_none() {
                return Err(AddUserError::NotAMember);
            }
        }
        let member = is_member.then_some(sign_in.as_str());
        let added = on_both!(&mut transaction, |connection| {
            let statement = sqlx::query(
                "insert into users (user_id, sign_in, name, password_hash, role, account_id, created_at, member)
                 values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (sign_in) do nothing",
            );
            let statement =
                statement.bind(user_id.as_str()).bind(&sign_in).bind(user.name.trim()).bind(hash.as_str());
            let account = user.account.as_ref().map(AccountId::as_str);
            let statement = statement.bind(user.role.as_str()).bind(account).bind(now.micros()).bind(member);
            statement.execute(connection).await.map_err(StoreError::from)?.rows_affected()
        });
        if added == 0 {
            return Err(AddUserError::Taken);
        }
        if let (Some(member), Some(account)) = (member, &user.account) {
            on_both!(&mut transaction, |connection| {
                let statement = sqlx::query(
                    "insert into member_invitations (account_id, member, invited_at, joined_at)
                     values ($1, $2, $3, $3)
                     on conflict (account_id, member) do update set joined_at = $3, withdrawn_at = null",
                );
                let statement = statement.bind(account.as_str()).bind(member).bind(now.micros());
                statement.execute(connection).await.map_err(StoreError::from)?;
            });
        }
        let note = AuditNote::new(now, Actor::command("user add"), Act::UserAdded);
        let note = note.to(user_id.as_str()).because(user.role.as_str());
        append_audit(&mut transaction, user.account.iter().fold(note, AuditNote::of_account)).await?;
        transaction.commit().await?;
        Ok(user_id)
    }
}

/// Refuses what can be refused without the database; gives the sign-in as it is kept.
fn check(user: &NewUser) -> Result<String, AddUserError> {
    match (user.role, &user.account) {
        (Role::Customer, None) => return Err(AddUserError::AccountMissing),
        (Role::Customer, Some(_)) | (_, None) => {}
        (role, Some(_)) => return Err(AddUserError::AccountOfStaff(role)),
    }
    user.password.check(&[&user.name, &user.sign_in])?;
    if !is_line(&user.name, NAME_CHARS_MAX) {
        return Err(AddUserError::Name);
    }
    let sign_in = kept_sign_in(&user.sign_in);
    if !is_line(&sign_in, SIGN_IN_CHARS_MAX) || sign_in.contains(char::is_whitespace) {
        return Err(AddUserError::SignIn);
    }
    Ok(sign_in)
}

/// Whether a text is a line of something, and no longer than that.
pub(crate) fn is_line(text: &str, chars_max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= chars_max && !text.contains(char::is_control)
}

/// Whether there is such an account.
pub(crate) async fn is_known(
    transaction: &mut StoreTransaction,
    account: &AccountId,
) -> Result<bool, StoreError> {
    let known: Option<i64> = on_both!(transaction, |connection| {
        sqlx::query_scalar("select cast(1 as bigint) from accounts where account_id = $1 and deleted = 0")
            .bind(account.as_str())
            .fetch_optional(connection)
            .await?
    });
    Ok(known.is_some())
}
