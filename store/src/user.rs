use std::fmt;
use std::str::FromStr;

use engine::{AccountId, Language};

use crate::draw_id::{draw_id, is_drawn};
use crate::{Preferences, Role, StoreError};

/// A person who may sign in: 32 hexadecimal digits, drawn at random.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(Box<str>);

/// Why a text is not a user's id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user's id is 32 hexadecimal digits")]
pub struct UserIdError;

/// Who a person is, once that is proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub user_id: UserId,
    /// What they are to the operator.
    pub role: Role,
    /// What they are called.
    pub name: String,
    /// The account that a customer signs in for.
    pub account: Option<AccountId>,
    /// How they want to be spoken to.
    pub preferences: Preferences,
}

/// A person as they are kept.
#[derive(sqlx::FromRow)]
pub(crate) struct UserRow {
    pub user_id: String,
    pub role: String,
    pub name: String,
    pub account_id: Option<String>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
}

impl UserId {
    /// The id as the store keeps it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn draw() -> Result<Self, StoreError> {
        draw_id().map(Self)
    }
}

impl FromStr for UserId {
    type Err = UserIdError;

    fn from_str(text: &str) -> Result<Self, UserIdError> {
        if is_drawn(text) { Ok(Self(text.into())) } else { Err(UserIdError) }
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl UserRow {
    pub(crate) fn into_signed_in(self) -> Result<SignedIn, StoreError> {
        self.read().ok_or(StoreError::Unreadable("user"))
    }

    fn read(self) -> Option<SignedIn> {
        Some(SignedIn {
            user_id: self.user_id.parse().ok()?,
            role: self.role.parse().ok()?,
            name: self.name,
            account: self.account_id.map(|account| account.parse()).transpose().ok()?,
            preferences: Preferences {
                language: self.language.map(|tag| Language::of_locale(&tag)),
                // One that the calendars of another version no longer know keeps nobody out.
                time_zone: self.time_zone.and_then(|name| name.try_into().ok()),
            },
        })
    }
}

/// A sign-in as it is kept: what people type differs in case and in blanks around it.
pub(crate) fn kept_sign_in(typed: &str) -> String {
    typed.trim().to_lowercase()
}
