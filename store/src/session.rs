use std::fmt;

use engine::{Instant, Span};
use sha2::{Digest, Sha256};

use crate::draw_id::is_drawn;
use crate::{Role, UserId};

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
    /// When something was last asked for in it.
    pub seen_at: Instant,
    /// When it ends if nothing more is saved in it.
    pub expires_at: Instant,
    /// When it ends however busy it is.
    pub ends_at: Instant,
}

/// How long a session lasts in which nothing is asked for.
pub const SESSION_IDLE_MAX: Span = Span::minutes(15);
/// How long a session lasts at most, from its beginning: a day in which somebody looks after their account.
pub const SESSION_TIME_MAX: Span = Span::hours(12);
/// The same where somebody of the staff is signed in, who see many people's accounts: a shift.
pub const STAFF_SESSION_TIME_MAX: Span = Span::hours(8);
/// The longest words that a session's browser is told by.
pub const BROWSER_CHARS_MAX: usize = 60;

/// How long a person's session lasts at most.
pub(crate) fn time_max(role: Role) -> Span {
    match role {
        Role::Customer => SESSION_TIME_MAX,
        Role::Agent | Role::Supervisor | Role::Auditor => STAFF_SESSION_TIME_MAX,
    }
}

/// What a page calls a session by: drawn for it, and good for nothing but to end it, by whoever's it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionHandle(Box<str>);

/// Why a text is no session's handle.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a session's handle is 32 hexadecimal digits")]
pub struct SessionHandleError;

impl SessionHandle {
    /// The handle as the store keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for SessionHandle {
    type Err = SessionHandleError;

    fn from_str(text: &str) -> Result<Self, SessionHandleError> {
        if is_drawn(text) { Ok(Self(text.into())) } else { Err(SessionHandleError) }
    }
}

impl SessionKey {
    /// The key of the session with this id.
    pub fn of(session_id: i128) -> Self {
        Self(Sha256::digest(session_id.to_be_bytes()).into())
    }

    /// A key that is no id's: a session under it is out of everybody's reach.
    pub(crate) fn of_nobody(drawn: &str) -> Self {
        Self(Sha256::digest(drawn.as_bytes()).into())
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
