use engine::{AccountId, Instant};

use crate::append_audit::append_audit;
use crate::invite_member::confirmed_holder;
use crate::user::kept_sign_in;
use crate::{Act, Actor, AuditNote, SessionKey, Store, StoreError, StoreTransaction, on_both};

impl Store {
    /// Takes a member's sign-in away: their sessions end at once, links that were sent to them open nothing, and they sign
    /// in again only by another invitation. `None` where the holder's password was not given again in this session; else
    /// whether there was anything to take away.
    pub async fn withdraw_member(
        &self,
        key: &SessionKey,
        address: &str,
        now: Instant,
    ) -> Result<Option<bool>, StoreError> {
        let mut work = self.write_audited().await?;
        let Some((holder, account)) = confirmed_holder(&mut work, key, now).await? else { return Ok(None) };
        let member = kept_sign_in(address);
        if !withdraw(&mut work, &account, &member, now).await? {
            return Ok(Some(false));
        }
        end_sign_in(&mut work, &account, &member, now).await?;
        let note = AuditNote::new(now, Actor::user(&holder), Act::MemberWithdrawn);
        append_audit(&mut work, note.of_account(&account)).await?;
        work.commit().await?;
        Ok(Some(true))
    }
}

async fn withdraw(
    work: &mut StoreTransaction,
    account: &AccountId,
    member: &str,
    now: Instant,
) -> Result<bool, StoreError> {
    let changed = on_both!(work, |connection| {
        sqlx::query(
            "update member_invitations set withdrawn_at = $3
             where account_id = $1 and member = $2 and withdrawn_at is null",
        )
        .bind(account.as_str())
        .bind(member)
        .bind(now.micros())
        .execute(connection)
        .await?
        .rows_affected()
    });
    Ok(changed > 0)
}

/// Sessions and known devices go with the person. One whom the operator has suspended stays, so that no invitation undoes
/// that.
async fn end_sign_in(
    work: &mut StoreTransaction,
    account: &AccountId,
    member: &str,
    now: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        for statement in [
            "delete from sessions where user_id in
                 (select user_id from users where account_id = $1 and member = $2)",
            "delete from users where account_id = $1 and member = $2 and suspended_at is null",
        ] {
            sqlx::query(statement).bind(account.as_str()).bind(member).execute(&mut *connection).await?;
        }
        sqlx::query(
            "update sign_in_links set expires_at = $3
             where account_id = $1 and member = $2 and expires_at > $3",
        )
        .bind(account.as_str())
        .bind(member)
        .bind(now.micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}
