//! The names of what a session carries.

/// The id of the user who signed in.
pub const USER: &str = "user";
