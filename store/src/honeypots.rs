use engine::{AccountId, Instant};

use crate::add_user::is_known;
use crate::append_audit::append_audit;
use crate::{Act, Actor, AuditNote, Store, StoreError, StoreTransaction, on_both};

/// Why an account is no honeypot.
#[derive(Debug, thiserror::Error)]
pub enum HoneypotError {
    /// An account that is not known is found by no search.
    #[error("the account {0} is not known: import it first, as any other account")]
    AccountUnknown(AccountId),
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes a made-up account one that nobody has a reason to open: who does is suspended at once. `false` where it is
    /// one already.
    pub async fn add_honeypot(&self, account: &AccountId, now: Instant) -> Result<bool, HoneypotError> {
        let mut work = self.write_audited().await?;
        if !is_known(&mut work, account).await? {
            return Err(HoneypotError::AccountUnknown(account.clone()));
        }
        let added = on_both!(&mut work, |connection| {
            let statement = sqlx::query(
                "insert into honeypots (account_id, added_at) values ($1, $2) on conflict (account_id) do nothing",
            );
            let statement = statement.bind(account.as_str()).bind(now.micros());
            statement.execute(connection).await.map_err(StoreError::from)?.rows_affected()
        });
        if added > 0 {
            let note = AuditNote::new(now, Actor::command("honeypot add"), Act::HoneypotAdded);
            append_audit(&mut work, note.of_account(account)).await?;
            work.commit().await?;
        }
        Ok(added > 0)
    }

    /// Makes it an account like any other; `false` where it is one.
    pub async fn remove_honeypot(&self, account: &AccountId, now: Instant) -> Result<bool, StoreError> {
        let mut work = self.write_audited().await?;
        let removed = on_both!(&mut work, |connection| {
            let statement = sqlx::query("delete from honeypots where account_id = $1");
            statement.bind(account.as_str()).execute(connection).await?.rows_affected()
        });
        if removed > 0 {
            let note = AuditNote::new(now, Actor::command("honeypot remove"), Act::HoneypotRemoved);
            append_audit(&mut work, note.of_account(account)).await?;
            work.commit().await?;
        }
        Ok(removed > 0)
    }

    /// Every honeypot, and since when it is one.
    pub async fn read_honeypots(&self) -> Result<Vec<(String, Instant)>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let rows: Vec<(String, i64)> = on_both!(&mut work, |connection| {
            sqlx::query_as("select account_id, added_at from honeypots order by account_id")
                .fetch_all(connection)
                .await?
        });
        Ok(rows.into_iter().map(|(account, at)| (account, Instant::from_micros(at))).collect())
    }
}

/// Whether nobody has a reason to open an account.
pub(crate) async fn is_honeypot(
    work: &mut StoreTransaction,
    account: &AccountId,
) -> Result<bool, StoreError> {
    let found: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select added_at from honeypots where account_id = $1")
            .bind(account.as_str())
            .fetch_optional(connection)
            .await?
    });
    Ok(found.is_some())
}
