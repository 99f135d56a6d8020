use engine::Instant;

use crate::append_audit::last_entry;
use crate::audit_chain::{AuditBreak, AuditEntry, AuditWalk};
use crate::{AuditCheckpoint, AuditHash, Store, StoreError, StoreTransaction, on_both};

/// Why the audit log was not found whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyAuditError {
    /// It is not what was once written; the first place where that shows.
    #[error(transparent)]
    Broken(#[from] AuditBreak),
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Entries read at once: some hundred KiB.
const ENTRIES_AT_ONCE: i64 = 1_000;

impl Store {
    /// Walks the whole log as it is at one moment, in bounded memory, and holds it to a checkpoint where there is one.
    /// Gives what may be the next checkpoint.
    pub async fn verify_audit(
        &self,
        checkpoint: Option<AuditCheckpoint>,
        now: Instant,
    ) -> Result<AuditCheckpoint, VerifyAuditError> {
        let mut work = self.begin_check().await?;
        // From before any place that an entry may have, so that none in front of the first is passed over.
        walk(&mut work, AuditWalk::from_first(checkpoint), i64::MIN, now).await
    }

    /// The same from a checkpoint on: what was added since hangs together, and the checkpoint's own entry is there.
    pub async fn advance_checkpoint(
        &self,
        known: &AuditCheckpoint,
        now: Instant,
    ) -> Result<AuditCheckpoint, VerifyAuditError> {
        let mut work = self.begin_check().await?;
        if known.sequence > 0 {
            match hash_of(&mut work, known.sequence).await? {
                Some(hash) if hash == known.hash => {}
                Some(_) => return Err(AuditBreak::Rewritten(known.sequence).into()),
                None => {
                    let (last, _) = last_entry(&mut work).await?;
                    let known = known.sequence;
                    let missing = AuditBreak::Missing(known);
                    return Err(if last < known { AuditBreak::Cut { last, known } } else { missing }.into());
                }
            }
        }
        walk(&mut work, AuditWalk::from_checkpoint(known), known.sequence, now).await
    }
}

async fn walk(
    work: &mut StoreTransaction,
    mut walk: AuditWalk,
    mut after: i64,
    now: Instant,
) -> Result<AuditCheckpoint, VerifyAuditError> {
    loop {
        let entries = entries_after(work, after).await?;
        let Some(last) = entries.last() else { break };
        after = last.sequence;
        for entry in &entries {
            walk.step(entry)?;
        }
    }
    let (sequence, hash) = walk.end()?;
    Ok(AuditCheckpoint { sequence, hash, at: now })
}

async fn entries_after(work: &mut StoreTransaction, after: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let entries = on_both!(work, |connection| {
        sqlx::query_as(
            "select sequence, at, actor_kind, actor_id, actor_role, actor_name, act, account_id, subject, reason, client,
                    hash
             from audit_log where sequence > $1 order by sequence limit $2",
        )
        .bind(after)
        .bind(ENTRIES_AT_ONCE)
        .fetch_all(connection)
        .await?
    });
    Ok(entries)
}

async fn hash_of(work: &mut StoreTransaction, sequence: i64) -> Result<Option<AuditHash>, StoreError> {
    let hash: Option<Vec<u8>> = on_both!(work, |connection| {
        sqlx::query_scalar("select hash from audit_log where sequence = $1")
            .bind(sequence)
            .fetch_optional(connection)
            .await?
    });
    hash.map(|hash| hash.try_into().map_err(|_| StoreError::Unreadable("audit entry"))).transpose()
}
