//! How entries of the audit log hang together, and where they do not.

use engine::Instant;
use sha2::{Digest, Sha256};

use crate::AuditCheckpoint;

/// An entry of the audit log, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditEntry {
    /// Its place: 1 for the first, and one more for each.
    pub sequence: i64,
    /// When it was, in microseconds since 1970.
    pub at: i64,
    /// What sort of actor it was.
    pub actor_kind: String,
    /// Who: a user's id, a key's, the name of a command or job.
    pub actor_id: Option<String>,
    /// What they were to the operator then.
    pub actor_role: Option<String>,
    /// What they were called then.
    pub actor_name: Option<String>,
    /// What was done.
    pub act: String,
    /// To which account.
    pub account_id: Option<String>,
    /// To what besides.
    pub subject: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// From which address.
    pub client: Option<String>,
    /// The hash of all that, and of the entry before it.
    pub hash: Vec<u8>,
}

/// A SHA-256.
pub type AuditHash = [u8; 32];

/// What the first entry has in place of an earlier one's hash.
pub(crate) const BEFORE_THE_FIRST: AuditHash = [0; 32];

/// What the hash is for, so that no other hash of ours is ever taken for one of these.
const PURPOSE: &[u8] = b"counterfoil audit entry 1";

/// Where the audit log is not what was once written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditBreak {
    /// Entries are not there, or stand elsewhere.
    #[error("entry {0} is missing, or not in its place")]
    Missing(i64),
    /// An entry does not have the hash of what it says and of what is before it.
    #[error("entry {0} was changed, or another was put in its place")]
    Changed(i64),
    /// The log ends before an entry that the checkpoint knows.
    #[error("the log was cut: it ends with entry {last}, and the checkpoint knows entry {known}")]
    Cut {
        /// Its last entry.
        last: i64,
        /// The checkpoint's.
        known: i64,
    },
    /// The log hangs together, but is another than at the checkpoint.
    #[error("the log was written anew: entry {0} is not the one that the checkpoint knows")]
    Rewritten(i64),
}

/// A walk along the log, from its first entry or from one that is known, of which only the last hash is kept.
#[derive(Clone, Debug)]
pub struct AuditWalk {
    sequence: i64,
    hash: AuditHash,
    checkpoint: Option<AuditCheckpoint>,
}

impl AuditEntry {
    /// When it was.
    pub fn time(&self) -> Instant {
        Instant::from_micros(self.at)
    }

    /// The hash of all that the entry says, behind an earlier entry's. Each field is written with whether it is there and
    /// how long it is, so that no two entries are hashed alike.
    pub fn hash_after(&self, earlier: &AuditHash) -> AuditHash {
        let mut hasher = Sha256::new();
        let mut add = |field: Option<&[u8]>| match field {
            None => hasher.update([0]),
            Some(bytes) => {
                hasher.update([1]);
                hasher.update((bytes.len() as u64).to_be_bytes());
                hasher.update(bytes);
            }
        };
        add(Some(PURPOSE));
        add(Some(earlier));
        add(Some(&self.sequence.to_be_bytes()));
        add(Some(&self.at.to_be_bytes()));
        for text in self.texts() {
            add(text.map(str::as_bytes));
        }
        hasher.finalize().into()
    }

    fn texts(&self) -> [Option<&str>; 9] {
        [
            Some(&self.actor_kind),
            self.actor_id.as_deref(),
            self.actor_role.as_deref(),
            self.actor_name.as_deref(),
            Some(&self.act),
            self.account_id.as_deref(),
            self.subject.as_deref(),
            self.reason.as_deref(),
            self.client.as_deref(),
        ]
    }
}

impl AuditWalk {
    /// From the first entry, to be held to a checkpoint where there is one.
    pub fn from_first(checkpoint: Option<AuditCheckpoint>) -> Self {
        Self { sequence: 0, hash: BEFORE_THE_FIRST, checkpoint }
    }

    /// From a checkpoint whose entry is known to be as it was.
    pub(crate) fn from_checkpoint(checkpoint: &AuditCheckpoint) -> Self {
        Self { sequence: checkpoint.sequence, hash: checkpoint.hash, checkpoint: None }
    }

    /// Takes the next entry.
    pub fn step(&mut self, entry: &AuditEntry) -> Result<(), AuditBreak> {
        let expected = self.sequence + 1;
        if entry.sequence != expected {
            return Err(AuditBreak::Missing(expected));
        }
        let hash = entry.hash_after(&self.hash);
        if entry.hash != hash {
            return Err(AuditBreak::Changed(expected));
        }
        if self.checkpoint.is_some_and(|known| known.sequence == expected && known.hash != hash) {
            return Err(AuditBreak::Rewritten(expected));
        }
        (self.sequence, self.hash) = (expected, hash);
        Ok(())
    }

    /// Ends the walk behind the last entry: its place and hash, unless the checkpoint knows a later one.
    pub fn end(self) -> Result<(i64, AuditHash), AuditBreak> {
        match self.checkpoint {
            Some(known) if known.sequence > self.sequence => {
                Err(AuditBreak::Cut { last: self.sequence, known: known.sequence })
            }
            _ => Ok((self.sequence, self.hash)),
        }
    }
}

#[cfg(test)]
mod tests;
