//! The names of what a session carries.

/// The id of the user who signed in.
pub const USER: &str = "user";
/// A search at the desk that opened nothing, until the desk has shown it again.
pub const SEARCH: &str = "search";
/// The browser and system in which somebody signed in, in a few words, until the session is first kept.
pub const BROWSER: &str = "browser";
/// That a password was right, and is the person's still when the session is first kept.
pub const PROOF: &str = "proof";
/// The session that this one takes the place of, until it has its new id.
pub const RENEWS: &str = "renews";
/// What an auditor asks of the audit log.
pub const AUDIT: &str = "audit";
/// Whose credential somebody asks about.
pub const SEEN: &str = "seen";
/// What a customer looks for in their history.
pub const HISTORY_SEARCH: &str = "history_search";
