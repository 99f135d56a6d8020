use std::fmt;
use std::str::FromStr;

/// What a person who signs in is to the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Signs in for an account.
    Customer,
    /// Looks up and helps.
    Agent,
    /// Also releases holds and publishes incidents.
    Supervisor,
    /// Reads the audit log.
    Auditor,
}

/// Why a text is not a role.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is one of customer, agent, supervisor, auditor")]
pub struct RoleError;

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Agent, Self::Supervisor, Self::Auditor];

    /// The role's name on the command line and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
        }
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(RoleError)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
