use std::net::IpAddr;

use engine::{AccountId, Instant};

use crate::append_audit::append_audit;
use crate::{
    Act, Actor, AuditNote, Password, SessionKey, SignedIn, Store, StoreError, StoreTransaction, UserId,
    on_both,
};

/// What becomes of an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// They are who they say, and are let in.
    Admitted(SignedIn),
    /// They are who they say, and are suspended.
    Suspended,
    /// The password is another's, or nobody signs in so.
    Refused,
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
        let (claimed, is_proved) = self.prove_sign_in(sign_in, password).await?;
        let mut work = self.write_audited().await?;
        let admission = match claimed.clone() {
            Some(user) if is_proved && is_suspended(&mut work, &user.user_id).await? => Admission::Suspended,
            Some(user) if is_proved => Admission::Admitted(user),
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
    match admission {
        Admission::Admitted(user) => of_own(AuditNote::new(now, Actor::user(user), Act::SignIn), user),
        Admission::Suspended => {
            let actor = claimed.map_or_else(|| Actor::unproved(None), Actor::user);
            AuditNote::new(now, actor, Act::SignInRefused).because("suspended")
        }
        Admission::Refused => AuditNote::new(now, Actor::unproved(claimed), Act::SignInRefused),
    }
}

/// A customer who signs in opens their own account.
fn of_own(note: AuditNote, user: &SignedIn) -> AuditNote {
    let account: Option<&AccountId> = user.account.as_ref();
    match account {
        Some(account) => note.of_account(account),
        None => note,
    }
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
