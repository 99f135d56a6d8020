use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fmt::Write;
use std::str::FromStr;

use engine::{AccountId, Instant};
use sqlx::AssertSqlSafe;

use crate::dialect::Dialect;
use crate::find_user::user_id_of;
use crate::json_list::json_list;
use crate::open_scope::signed_in;
use crate::{
    Act, AuditEntry, AuditNote, Role, SessionKey, SignedIn, Store, StoreError, StoreTransaction, on_both,
};

/// Which entries of the audit log are asked for.
#[derive(Clone, Default)]
pub struct AuditQuery {
    /// Those of this act alone.
    pub act: Option<Act>,
    /// Those of this actor alone: a sign-in, a user's id, a key's, the name of a command, as it was typed.
    pub actor: Option<String>,
    /// Those about this account alone.
    pub account: Option<AccountId>,
    /// From this moment on.
    pub from: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
}

/// A place in the audit log, as an address may carry it: it names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPlace {
    at: i64,
    sequence: i64,
}

/// Entries, the latest first.
#[derive(Clone, Debug, Default)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Where earlier ones are.
    pub earlier: Option<AuditPlace>,
    /// What the people are called to whom something was done, by their ids.
    pub people: BTreeMap<String, String>,
}

/// Why a text is no place in the audit log.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in the audit log: start from the latest")]
pub struct AuditPlaceError;

const COLUMNS: &str =
    "sequence, at, actor_kind, actor_id, actor_role, actor_name, act, account_id, subject, reason, client,
                       hash";
/// Two times 64 bits, in hexadecimal.
const PLACE_DIGITS: usize = 32;

impl Store {
    /// Entries of the audit log before a place, for a live session of an auditor; `None` for anybody else.
    pub async fn read_audit(
        &self,
        key: &SessionKey,
        query: &AuditQuery,
        before: Option<AuditPlace>,
        entries_max: usize,
        now: Instant,
    ) -> Result<Option<AuditPage>, StoreError> {
        let mut work = self.begin_jobs().await?;
        if auditor_of_session(&mut work, key, now).await?.is_none() {
            return Ok(None);
        }
        let actor = match &query.actor {
            Some(typed) => Some(actor_id_of(&mut work, typed).await?),
            None => None,
        };
        let until = AuditPlace { at: query.until.map_or(i64::MAX, Instant::micros), sequence: 0 };
        let before = before.unwrap_or(until);
        let mut entries = entries_before(&mut work, query, actor, before, entries_max + 1).await?;
        let has_earlier = entries.len() > entries_max;
        entries.truncate(entries_max);
        let earlier = entries.last().filter(|_| has_earlier);
        let earlier = earlier.map(|entry| AuditPlace { at: entry.at, sequence: entry.sequence });
        let people = people_among(&mut work, &entries).await?;
        Ok(Some(AuditPage { entries, earlier, people }))
    }

    /// Writes down that an auditor reads the log out into a file of a format; `false` for anybody else, and then nothing
    /// may be read out.
    pub async fn begin_audit_export(
        &self,
        key: &SessionKey,
        note: impl FnOnce(&SignedIn) -> AuditNote,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut work = self.write_audited().await?;
        let Some(auditor) = auditor_of_session(&mut work, key, now).await? else { return Ok(false) };
        crate::append_audit::append_audit(&mut work, note(&auditor)).await?;
        work.commit().await?;
        Ok(true)
    }

    /// How often each act that is an alarm was written down.
    pub async fn count_alarms(&self) -> Result<Vec<(Act, i64)>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let mut counted = Vec::new();
        for act in Act::ALARMS {
            let count = on_both!(&mut work, |connection| {
                sqlx::query_scalar("select count(*) from audit_log where act = $1")
                    .bind(act.as_str())
                    .fetch_one(connection)
                    .await?
            });
            counted.push((act, count));
        }
        Ok(counted)
    }
}

/// Whoever is signed in with a live session and reads what others did, by the role that they have at this moment.
async fn auditor_of_session(
    work: &mut StoreTransaction,
    key: &SessionKey,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    Ok(signed_in(work, key, now).await?.filter(|user| user.role == Role::Auditor))
}

/// By what the log names whom somebody typed: a person's id, if they sign in so; else just that.
pub(crate) async fn actor_id_of(work: &mut StoreTransaction, typed: &str) -> Result<String, StoreError> {
    let user = user_id_of(work, typed).await?;
    let typed = typed.trim();
    Ok(user.unwrap_or_else(|| typed.strip_prefix("cfk_").unwrap_or(typed).to_owned()))
}

async fn people_among(
    work: &mut StoreTransaction,
    entries: &[AuditEntry],
) -> Result<BTreeMap<String, String>, StoreError> {
    let subjects: BTreeSet<&String> = entries.iter().filter_map(|entry| entry.subject.as_ref()).collect();
    let subjects = json_list(subjects);
    let people: Vec<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written("select user_id, name from users where user_id in ({texts})"))
            .bind(subjects)
            .fetch_all(connection)
            .await?
    });
    Ok(people.into_iter().collect())
}

async fn entries_before(
    work: &mut StoreTransaction,
    query: &AuditQuery,
    actor: Option<String>,
    before: AuditPlace,
    entries_max: usize,
) -> Result<Vec<AuditEntry>, StoreError> {
    let filters = [
        ("act", query.act.map(|act| act.as_str().to_owned())),
        ("actor_id", actor),
        ("account_id", query.account.as_ref().map(AccountId::to_string)),
    ];
    let filters: Vec<_> =
        filters.into_iter().filter_map(|(column, value)| value.map(|value| (column, value))).collect();
    // Only what is asked for is in the statement, so that it is found by that one's index.
    let mut statement =
        format!("select {COLUMNS} from audit_log where (at, sequence) < ($1, $2) and at >= $3");
    for (place, (column, _)) in filters.iter().enumerate() {
        write!(statement, " and {column} = ${}", place + 5).expect("a String takes whatever is written");
    }
    statement.push_str(" order by at desc, sequence desc limit $4");
    let entries = on_both!(work, |connection| {
        let mut asked = sqlx::query_as::<Driver, AuditEntry>(AssertSqlSafe(statement))
            .bind(before.at)
            .bind(before.sequence)
            .bind(query.from.map_or(i64::MIN, Instant::micros))
            .bind(i64::try_from(entries_max).unwrap_or(i64::MAX));
        for (_, value) in filters {
            asked = asked.bind(value);
        }
        asked.fetch_all(connection).await?
    });
    Ok(entries)
}

impl fmt::Display for AuditPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.at, self.sequence)
    }
}

impl FromStr for AuditPlace {
    type Err = AuditPlaceError;

    fn from_str(text: &str) -> Result<Self, AuditPlaceError> {
        if text.len() != PLACE_DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(AuditPlaceError);
        }
        let half =
            |digits: &str| u64::from_str_radix(digits, 16).map(u64::cast_signed).map_err(|_| AuditPlaceError);
        let (at, sequence) = text.split_at(PLACE_DIGITS / 2);
        Ok(Self { at: half(at)?, sequence: half(sequence)? })
    }
}

impl fmt::Debug for AuditQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuditQuery(…)")
    }
}
