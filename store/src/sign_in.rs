use std::fmt;
use std::net::IpAddr;

use engine::{AccountId, Instant};
use sha2::{Digest, Sha256};

use crate::append_audit::append_audit;
use crate::member_part::member_at;
use crate::offer_link::read_record;
use crate::verify_sign_in::Proved;
use crate::{
    Act, Actor, AuditNote, Password, SessionKey, SignedIn, Store, StoreError, StoreTransaction, UserId,
    on_both,
};

/// What becomes of an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// They are who they say, and are let in, with what begins their session.
    Admitted(SignedIn, SignInProof),
    /// They are who they say, and are suspended.
    Suspended,
    /// They are who they say, and their account's record lists them as a member no longer, or is no more.
    NotListed,
    /// The password is another's, or nobody signs in so.
    Refused,
}

/// That somebody gave the password that was theirs at that moment. A session begins with it only while it still is: a
/// password that was changed meanwhile lets nobody in who had set out before.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInProof(Box<str>);

impl SignInProof {
    /// By the hash of the password, of which it is a hash itself: it opens nothing, and is kept nowhere.
    pub(crate) fn of(password_hash: &str) -> Self {
        let digest = Sha256::digest(password_hash.as_bytes());
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As it is handed on within a request.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What [`SignInProof::as_str`] gave.
    pub fn read(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for SignInProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInProof(…)")
    }
}

impl Store {
    /// Lets in who proves to be who they say, and writes down what became of it; never what was typed. An unknown sign-in
    /// and a wrong password take the same work.
    pub async fn sign_in(
        &self,
        sign_in: &str,
        password: &Password,
        client: Option<IpAddr>,
        now: Instant,
    ) -> Result<Admission, StoreError> {
        let Proved { claimed, proof } = self.prove_sign_in(sign_in, password).await?;
        let mut work = self.write_audited().await?;
        let admission = match (claimed.clone(), proof) {
            (Some(user), Some(proof)) => admit(&mut work, user, proof).await?,
            _ => Admission::Refused,
        };
        append_audit(&mut work, note_of(&admission, claimed.as_ref(), now).from(client)).await?;
        work.commit().await?;
        Ok(admission)
    }

    /// Ends the session of whoever signs out, and writes that down; nothing happens where it has ended.
    pub async fn sign_out(
        &self,
        key: &SessionKey,
        client: Option<IpAddr>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let mut work = self.write_audited().await?;
        let user = crate::open_scope::signed_in(&mut work, key, now).await?;
        on_both!(&mut work, |connection| {
            sqlx::query("delete from sessions where session_hash = $1")
                .bind(key.hash())
                .execute(connection)
                .await?;
        });
        if let Some(user) = user {
            append_audit(&mut work, AuditNote::new(now, Actor::user(&user), Act::SignOut).from(client))
                .await?;
        }
        work.commit().await
    }
}

fn note_of(admission: &Admission, claimed: Option<&SignedIn>, now: Instant) -> AuditNote {
    let proved = || claimed.map_or_else(|| Actor::unproved(None), Actor::user);
    let note = match admission {
        Admission::Admitted(user, _) => AuditNote::new(now, Actor::user(user), Act::SignIn),
        Admission::Suspended => AuditNote::new(now, proved(), Act::SignInRefused).because("suspended"),
        Admission::NotListed => AuditNote::new(now, proved(), Act::SignInRefused).because("not_listed"),
        Admission::Refused => AuditNote::new(now, Actor::unproved(claimed), Act::SignInRefused),
    };
    // It concerns the account of whoever it is, or is said to be: its customer may see who tried.
    let account: Option<&AccountId> = claimed.and_then(|user| user.account.as_ref());
    match account {
        Some(account) => note.of_account(account),
        None => note,
    }
}

async fn admit(
    work: &mut StoreTransaction,
    user: SignedIn,
    proof: SignInProof,
) -> Result<Admission, StoreError> {
    if is_suspended(work, &user.user_id).await? {
        return Ok(Admission::Suspended);
    }
    let is_listed = is_listed(work, &user).await?;
    Ok(if is_listed { Admission::Admitted(user, proof) } else { Admission::NotListed })
}

/// Whether an account's record lists a member still; nobody else needs that.
async fn is_listed(work: &mut StoreTransaction, user: &SignedIn) -> Result<bool, StoreError> {
    let member: Option<String> = on_both!(&mut *work, |connection| {
        sqlx::query_scalar("select member from users where user_id = $1 and member is not null")
            .bind(user.user_id.as_str())
            .fetch_optional(connection)
            .await?
    });
    let (Some(member), Some(account)) = (member, &user.account) else { return Ok(true) };
    let record = read_record(work, account).await?;
    Ok(record.is_some_and(|record| member_at(&record, &member).is_some()))
}

async fn is_suspended(work: &mut StoreTransaction, user: &UserId) -> Result<bool, StoreError> {
    let suspended: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select suspended_at from users where user_id = $1 and suspended_at is not null")
            .bind(user.as_str())
            .fetch_optional(connection)
            .await?
    });
    Ok(suspended.is_some())
}
