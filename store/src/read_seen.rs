use std::collections::BTreeMap;

use engine::Instant;

use crate::append_audit::append_audit;
use crate::open_scope::signed_in;
use crate::read_audit::actor_id_of;
use crate::{Act, Actor, AuditNote, Role, SessionKey, Store, StoreError, StoreTransaction, on_both};

/// Whose data a credential has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenReport {
    /// By what the audit log names the credential.
    pub id: String,
    /// Whose credential it is, as far as that is known.
    pub by: SeenBy,
    /// Each account, the one that was seen first before the others.
    pub accounts: Vec<SeenAccount>,
}

/// Whose credential it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeenBy {
    /// A person's.
    User {
        /// What they are called.
        name: String,
        /// What they are to the operator.
        role: Role,
        /// Since when they are suspended.
        suspended_at: Option<Instant>,
    },
    /// An ingest key: with it records are handed in, and nothing is read.
    Key {
        /// Whose it is, or what for.
        name: String,
    },
    /// Nobody's.
    Nobody,
}

/// An account that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenAccount {
    /// Which.
    pub account: String,
    /// When first.
    pub first_at: Instant,
    /// When last.
    pub last_at: Instant,
    /// How often.
    pub times: u64,
    /// Why, each reason once, in the order in which they were given.
    pub reasons: Vec<String>,
}

/// Reasons told of one account: more of them say nothing more.
const REASONS_MAX: usize = 10;

#[derive(sqlx::FromRow)]
struct SeenRow {
    at: i64,
    account_id: String,
    reason: Option<String>,
}

impl Store {
    /// Whose data a credential has seen since a moment: a person's sign-in or id, or an ingest key's id.
    pub async fn read_seen(&self, typed: &str, since: Instant) -> Result<SeenReport, StoreError> {
        let mut work = self.begin_jobs().await?;
        let id = actor_id_of(&mut work, typed).await?;
        let by = read_by(&mut work, &id).await?;
        let rows = rows_of(&mut work, &id, since).await?;
        Ok(SeenReport { id, by, accounts: by_account(rows) })
    }

    /// The same for a supervisor's or an auditor's live session; `None` for anybody else. That they ask is written down
    /// by [`Store::note_seen_report`].
    pub async fn read_seen_for(
        &self,
        key: &SessionKey,
        typed: &str,
        since: Instant,
        now: Instant,
    ) -> Result<Option<SeenReport>, StoreError> {
        let asker = signed_in(&mut self.begin_jobs().await?, key, now).await?;
        if !asker.is_some_and(|user| may_ask(user.role)) {
            return Ok(None);
        }
        self.read_seen(typed, since).await.map(Some)
    }

    /// Writes down that somebody asks whose data a credential has seen; `false` where they may not.
    pub async fn note_seen_report(
        &self,
        key: &SessionKey,
        typed: &str,
        client: Option<std::net::IpAddr>,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write_audited().await?;
        let asker = signed_in(&mut work, key, now).await?.filter(|user| may_ask(user.role));
        let Some(asker) = asker else { return Ok(false) };
        let id = actor_id_of(&mut work, typed).await?;
        let note = AuditNote::new(now, Actor::user(&asker), Act::SeenReported).from(client);
        // What nobody is called by is only what somebody typed.
        let is_known = read_by(&mut work, &id).await? != SeenBy::Nobody;
        append_audit(&mut work, if is_known { note.to(id) } else { note }).await?;
        work.commit().await?;
        Ok(true)
    }
}

/// Supervisors see to what their agents do, and auditors to what everybody does.
fn may_ask(role: Role) -> bool {
    matches!(role, Role::Supervisor | Role::Auditor)
}

async fn read_by(work: &mut StoreTransaction, id: &str) -> Result<SeenBy, StoreError> {
    let user: Option<(String, String, Option<i64>)> = on_both!(&mut *work, |connection| {
        sqlx::query_as("select name, role, suspended_at from users where user_id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?
    });
    if let Some((name, role, suspended_at)) = user {
        let role = role.parse().map_err(|_| StoreError::Unreadable("user"))?;
        return Ok(SeenBy::User { name, role, suspended_at: suspended_at.map(Instant::from_micros) });
    }
    let key: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar("select name from ingest_keys where key_id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?
    });
    Ok(key.map_or(SeenBy::Nobody, |name| SeenBy::Key { name }))
}

async fn rows_of(work: &mut StoreTransaction, id: &str, since: Instant) -> Result<Vec<SeenRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(
            "select at, account_id, reason from audit_log
             where actor_id = $1 and at >= $2 and act in ($3, $4) and actor_kind = 'user' and account_id is not null
             order by at, sequence",
        )
        .bind(id)
        .bind(since.micros())
        .bind(Act::LookupOpened.as_str())
        // A customer's own.
        .bind(Act::SignIn.as_str())
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

fn by_account(rows: Vec<SeenRow>) -> Vec<SeenAccount> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut accounts: Vec<SeenAccount> = Vec::new();
    for row in rows {
        let at = Instant::from_micros(row.at);
        let place = *places.entry(row.account_id.clone()).or_insert_with(|| {
            let account = row.account_id;
            accounts.push(SeenAccount { account, first_at: at, last_at: at, times: 0, reasons: Vec::new() });
            accounts.len() - 1
        });
        let seen = &mut accounts[place];
        seen.last_at = at;
        seen.times += 1;
        let reason = row.reason.filter(|reason| !seen.reasons.contains(reason));
        seen.reasons.extend(reason.filter(|_| seen.reasons.len() < REASONS_MAX));
    }
    accounts
}
