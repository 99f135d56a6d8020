use engine::AccountId;

use crate::audit_chain::{AuditEntry, BEFORE_THE_FIRST};
use crate::audit_note::AuditNote;
use crate::dialect::AUDIT_LOCK;
use crate::{AuditHash, Role, Store, StoreError, StoreTransaction, on_both};

/// A reason longer than this is cut: it is a sentence.
const REASON_CHARS_MAX: usize = 1_000;

impl Store {
    /// A transaction that may write, and in which nobody else adds to the audit log. What locks rows besides begins with
    /// this, so that no two ever wait for each other.
    pub(crate) async fn write_audited(&self) -> Result<StoreTransaction, StoreError> {
        let mut work = self.write().await?;
        lock_audit(&mut work).await?;
        Ok(work)
    }

    /// Writes down what was done elsewhere than in the store; the entry's place.
    pub async fn note_in_audit(&self, note: AuditNote) -> Result<i64, StoreError> {
        let mut work = self.write_audited().await?;
        let sequence = append_audit(&mut work, note).await?;
        work.commit().await?;
        Ok(sequence)
    }
}

/// Writes down what a transaction does, in the same transaction, so that neither is there without the other; the
/// entry's place.
pub(crate) async fn append_audit(work: &mut StoreTransaction, note: AuditNote) -> Result<i64, StoreError> {
    lock_audit(work).await?;
    let (last, earlier) = last_entry(work).await?;
    let mut entry = entry_of(note, last + 1);
    entry.hash = entry.hash_after(&earlier).to_vec();
    insert(work, &entry).await?;
    Ok(entry.sequence)
}

/// Of the entries each has the hash of the one before it, so one is added at a time. SQLite has one writer anyway.
async fn lock_audit(work: &mut StoreTransaction) -> Result<(), StoreError> {
    if let StoreTransaction::Postgres(transaction) = work {
        sqlx::query("select pg_advisory_xact_lock($1)").bind(AUDIT_LOCK).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// The place and the hash of the last entry.
pub(crate) async fn last_entry(work: &mut StoreTransaction) -> Result<(i64, AuditHash), StoreError> {
    let last: Option<(i64, Vec<u8>)> = on_both!(work, |connection| {
        sqlx::query_as("select sequence, hash from audit_log order by sequence desc limit 1")
            .fetch_optional(connection)
            .await?
    });
    let Some((sequence, hash)) = last else { return Ok((0, BEFORE_THE_FIRST)) };
    Ok((sequence, hash.try_into().map_err(|_| StoreError::Unreadable("audit entry"))?))
}

fn entry_of(note: AuditNote, sequence: i64) -> AuditEntry {
    AuditEntry {
        sequence,
        at: note.at.micros(),
        actor_kind: note.actor.kind.as_str().to_owned(),
        actor_id: note.actor.id,
        actor_role: note.actor.role.map(Role::as_str).map(str::to_owned),
        actor_name: note.actor.name,
        act: note.act.as_str().to_owned(),
        account_id: note.account.as_ref().map(AccountId::as_str).map(str::to_owned),
        subject: note.subject,
        reason: note.reason.map(|reason| reason.chars().take(REASON_CHARS_MAX).collect()),
        client: note.client.map(|client| client.to_string()),
        hash: Vec::new(),
    }
}

async fn insert(work: &mut StoreTransaction, entry: &AuditEntry) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into audit_log (sequence, at, actor_kind, actor_id, actor_role, actor_name, act, account_id, subject,
                                    reason, client, hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(entry.sequence)
        .bind(entry.at)
        .bind(&entry.actor_kind)
        .bind(&entry.actor_id)
        .bind(&entry.actor_role)
        .bind(&entry.actor_name)
        .bind(&entry.act)
        .bind(&entry.account_id)
        .bind(&entry.subject)
        .bind(&entry.reason)
        .bind(&entry.client)
        .bind(&entry.hash)
        .execute(connection)
        .await?;
    });
    Ok(())
}
