use std::fmt;

use engine::Instant;
use sha2::{Digest, Sha256};

use crate::UserId;

/// What a session is found by: the SHA-256 of its id. The id itself, which opens it, is not kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 32]);

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Who is signed in, if anybody.
    pub user_id: Option<UserId>,
    /// What the server keeps in it.
    pub data: String,
    /// When it ends if nothing more is saved in it.
    pub expires_at: Instant,
    /// When it ends however busy it is.
    pub ends_at: Instant,
}

impl SessionKey {
    /// The key of the session with this id.
    pub fn of(session_id: i128) -> Self {
        Self(Sha256::digest(session_id.to_be_bytes()).into())
    }

    pub(crate) fn hash(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(secret)")
    }
}
