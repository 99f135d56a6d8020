//! The audit log's checkpoint: a file outside the database, so that a log that was cut or written anew is found.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use engine::TokenKey;
use store::{AuditBreak, AuditCheckpoint, CheckpointError, Store, StoreError, VerifyAuditError};

use crate::clock::now;

/// Where the checkpoint is kept, and the key without which nobody can write one.
#[derive(Clone, Debug)]
pub struct CheckpointFile {
    path: PathBuf,
    key: TokenKey,
}

/// Why the log does not stand, or that was not found out.
#[derive(Debug, thiserror::Error)]
pub enum AuditFailure {
    /// The log is not what was once written.
    #[error("the audit log is not as it was written: {0}")]
    Broken(#[from] AuditBreak),
    /// The checkpoint is not one.
    #[error("the checkpoint in {} does not hold: {why}", path.display())]
    Checkpoint {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        why: CheckpointError,
    },
    /// The checkpoint can't be read or written.
    #[error("the checkpoint in {} can't be read or written: {why}", path.display())]
    File {
        /// Its file.
        path: PathBuf,
        /// What the operating system says.
        why: io::Error,
    },
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<VerifyAuditError> for AuditFailure {
    fn from(error: VerifyAuditError) -> Self {
        match error {
            VerifyAuditError::Broken(broken) => Self::Broken(broken),
            VerifyAuditError::Store(error) => Self::Store(error),
        }
    }
}

impl AuditFailure {
    /// Whether somebody changed something, and not only that it could not be looked at.
    pub fn is_alarm(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Checkpoint { .. })
    }
}

impl CheckpointFile {
    /// The checkpoint of a store in a file.
    pub fn new(path: PathBuf, key: TokenKey) -> Self {
        Self { path, key }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The checkpoint; `None` where there is none yet.
    pub fn read(&self) -> Result<Option<AuditCheckpoint>, AuditFailure> {
        let line = match std::fs::read_to_string(&self.path) {
            Ok(line) => line,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(self.file_failure(why)),
        };
        let read = AuditCheckpoint::from_line(&line, &self.key);
        read.map(Some).map_err(|why| AuditFailure::Checkpoint { path: self.path.clone(), why })
    }

    /// Walks the whole log and holds it to the checkpoint. It writes nothing.
    pub async fn verify(&self, store: &Store) -> Result<AuditCheckpoint, AuditFailure> {
        Ok(store.verify_audit(self.read()?, now()).await?)
    }

    /// Walks what was added since the checkpoint, and puts a later one in its place. One that the log does not agree with
    /// stays, so that a cut is found for as long as it is there.
    pub async fn advance(&self, store: &Store) -> Result<AuditCheckpoint, AuditFailure> {
        let known = self.read()?;
        let next = match &known {
            Some(known) => store.advance_checkpoint(known, now()).await?,
            None => store.verify_audit(None, now()).await?,
        };
        if known.is_none_or(|known| known.sequence < next.sequence) {
            self.write(&next)?;
        }
        Ok(next)
    }

    /// Puts a checkpoint of the log as it is in the place of whatever is there, which is kept beside it.
    pub async fn replace(&self, store: &Store) -> Result<AuditCheckpoint, AuditFailure> {
        let next = store.verify_audit(None, now()).await?;
        if self.path.exists() {
            let aside = self.path.with_extension(format!("replaced-{}", now().micros()));
            std::fs::rename(&self.path, aside).map_err(|why| self.file_failure(why))?;
        }
        self.write(&next)?;
        Ok(next)
    }

    fn write(&self, checkpoint: &AuditCheckpoint) -> Result<(), AuditFailure> {
        self.try_write(&checkpoint.to_line(&self.key)).map_err(|why| self.file_failure(why))
    }

    /// The file has one line or the other, and never a part of one.
    fn try_write(&self, line: &str) -> io::Result<()> {
        let partial = self.path.with_extension(format!("partial-{}", std::process::id()));
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&partial, &self.path)?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn file_failure(&self, why: io::Error) -> AuditFailure {
        AuditFailure::File { path: self.path.clone(), why }
    }
}
