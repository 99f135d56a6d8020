use engine::{AccountId, Instant, Language};

use crate::act::ActWork;
use crate::append_audit::append_audit;
use crate::confirm_session::{confirmed_user, set_aside};
use crate::end_session::delete_others;
use crate::hash_password::{HashedPassword, hash_password};
use crate::offer_link::read_record;
use crate::open_scope::signed_in;
use crate::write_mail::NewMail;
use crate::write_online::OnlineWrite;
use crate::{
    Act, Actor, AuditNote, MailKind, Password, PasswordRefusal, Renewal, SessionKey, SignedIn, Store,
    StoreError, StoreTransaction, UserId, on_both,
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
    /// Hashes another password for the person in whose live session the one they have was given again. `names` are what
    /// everybody guesses first, such as the operator's.
    pub async fn hash_other_password(
        &self,
        key: &SessionKey,
        password: &Password,
        names: &[&str],
        now: Instant,
    ) -> Result<HashedPassword, ChangePasswordError> {
        password.check(names)?;
        // Who may not is told so before a core is taken.
        if self.confirmed_until(key, now).await?.is_none() {
            return Err(ChangePasswordError::NotConfirmed);
        }
        Ok(hash_password(password).await?)
    }
}

impl OnlineWrite<'_> {
    /// Changes the password of the person in whose live session it was given again, and tells a customer of it by mail. All
    /// their other sessions end, and this one is to get a new id. `None` where nothing was changed.
    pub(crate) async fn change_password(
        &mut self,
        key: &SessionKey,
        hash: &HashedPassword,
        language: Language,
        work: &mut ActWork<'_>,
    ) -> Result<Option<Renewal>, StoreError> {
        let now = work.post.now;
        let Some(user) = confirmed_user(&mut self.work, key, now).await? else { return Ok(None) };
        let Some(person) = signed_in(&mut self.work, key, now).await? else { return Ok(None) };
        append_audit(&mut self.work, AuditNote::new(now, Actor::user(&person), Act::PasswordChanged)).await?;
        let sign_in = keep_password(&mut self.work, &user, hash).await?;
        delete_others(&mut self.work, &user, key).await?;
        let renewal = set_aside(&mut self.work, key, now, None).await?;
        self.tell_password_changed(&person, &sign_in, language, work).await?;
        Ok(renewal)
    }

    /// Writes to a customer's sign-in, if it is an address. The staff have no history that a message could stand in.
    async fn tell_password_changed(
        &mut self,
        person: &SignedIn,
        sign_in: &str,
        language: Language,
        work: &mut ActWork<'_>,
    ) -> Result<(), StoreError> {
        let Some(account) = &person.account else { return Ok(()) };
        if !sign_in.contains('@') || !is_there(&mut self.work, account).await? {
            return Ok(());
        }
        let mail = NewMail {
            kind: MailKind::PasswordChanged,
            account,
            recipient: sign_in,
            name: &person.name,
            language,
            link_id: None,
        };
        self.store.write_mail(&mut self.work, &mail, work.post, &mut work.touched).await?;
        work.has_mail = true;
        Ok(())
    }
}

async fn is_there(work: &mut StoreTransaction, account: &AccountId) -> Result<bool, StoreError> {
    Ok(read_record(work, account).await?.is_some())
}

/// What the person signs in as.
async fn keep_password(
    work: &mut StoreTransaction,
    user: &UserId,
    hash: &HashedPassword,
) -> Result<String, StoreError> {
    let sign_in = on_both!(work, |connection| {
        sqlx::query_scalar("update users set password_hash = $2 where user_id = $1 returning sign_in")
            .bind(user.as_str())
            .bind(hash.as_str())
            .fetch_one(connection)
            .await?
    });
    Ok(sign_in)
}
