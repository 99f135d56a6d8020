//! What is kept of the audit log outside the database, so that a log that was cut or written anew is found.

use engine::{Instant, TokenKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::audit_chain::{AuditHash, BEFORE_THE_FIRST};

/// The last entry of the log at some time: its place and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditCheckpoint {
    /// Its place; 0 where there was no entry yet.
    pub sequence: i64,
    /// Its hash.
    pub hash: AuditHash,
    /// When it was looked at.
    pub at: Instant,
}

/// Why a text is no checkpoint of this log.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It was not written by this program, or only in part.
    #[error("it is not a checkpoint: a line of five words that begins `{FORMAT}`")]
    Unreadable,
    /// Whoever wrote it did not have the key, or it is another database's.
    #[error("it was not written with this key: somebody changed it, or it is another database's")]
    Forged,
}

/// The first word of a checkpoint's line.
const FORMAT: &str = "counterfoil-audit-1";
/// What the key is used for, so that no other keyed hash of ours is ever taken for one of these.
const PURPOSE: &[u8] = b"counterfoil audit checkpoint 1";

impl AuditCheckpoint {
    /// The line that a file has of it. Who has the database alone can't write one: it ends with a keyed hash
    /// (HMAC-SHA-256) of the rest.
    pub fn to_line(&self, key: &TokenKey) -> String {
        let Self { sequence, hash, at } = self;
        let (hash, seal) = (digits(hash), digits(&self.sealing(key).finalize().into_bytes()));
        format!("{FORMAT} {sequence} {hash} {at} {seal}\n")
    }

    /// Reads such a line.
    pub fn from_line(line: &str, key: &TokenKey) -> Result<Self, CheckpointError> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [FORMAT, sequence, hash, at, seal] = words[..] else { return Err(CheckpointError::Unreadable) };
        let unreadable = CheckpointError::Unreadable;
        let (Ok(sequence), Ok(at)) = (sequence.parse(), at.parse()) else { return Err(unreadable) };
        let (Some(hash), Some(seal)) = (bytes(hash), bytes(seal)) else { return Err(unreadable) };
        let checkpoint = Self { sequence, hash, at };
        let sealed = checkpoint.sealing(key).verify_slice(&seal);
        sealed.map(|()| checkpoint).map_err(|_| CheckpointError::Forged)
    }

    fn sealing(&self, key: &TokenKey) -> Hmac<Sha256> {
        let keyed = Hmac::<Sha256>::new_from_slice(key.secret()).expect("HMAC takes keys of any length");
        // Each part has a length of its own that never changes.
        keyed
            .chain_update(PURPOSE)
            .chain_update(self.sequence.to_be_bytes())
            .chain_update(self.hash)
            .chain_update(self.at.micros().to_be_bytes())
    }
}

fn digits(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a String takes whatever is written");
        digits
    })
}

fn bytes(digits: &str) -> Option<AuditHash> {
    let mut bytes = BEFORE_THE_FIRST;
    if digits.len() != 2 * bytes.len() || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, place) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&digits[place..place + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_read_as_it_was_written_and_no_other_is() {
        let (key, other) = (TokenKey::new([7; 16]), TokenKey::new([8; 16]));
        let at = "2026-04-20T12:00:00.000001Z".parse().unwrap();
        let checkpoint = AuditCheckpoint { sequence: 42, hash: [9; 32], at };
        let line = checkpoint.to_line(&key);
        assert_eq!(AuditCheckpoint::from_line(&line, &key), Ok(checkpoint));
        assert_eq!(AuditCheckpoint::from_line(&line, &other), Err(CheckpointError::Forged));
        for (from, to) in [(" 42 ", " 41 "), (" 0909", " 0908"), (":00.000001Z", ":00Z")] {
            assert!(line.contains(from), "{from}");
            let forged = AuditCheckpoint::from_line(&line.replace(from, to), &key);
            assert_eq!(forged, Err(CheckpointError::Forged), "{from}");
        }
        for bad in ["", "x", line.split_at(line.len() / 2).0, &line.replace("audit-1", "audit-2")] {
            assert_eq!(AuditCheckpoint::from_line(bad, &key), Err(CheckpointError::Unreadable), "{bad}");
        }
    }
}
