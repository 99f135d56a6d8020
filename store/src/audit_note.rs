//! What is written down in the audit log: who did what, to which account, why, and from where.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use engine::{AccountId, Instant};

use crate::{KeyId, Role, SignedIn};

/// Something that was done, before it is written down.
#[derive(Clone, Debug)]
pub struct AuditNote {
    pub(crate) at: Instant,
    pub(crate) actor: Actor,
    pub(crate) act: Act,
    pub(crate) account: Option<AccountId>,
    pub(crate) subject: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) client: Option<IpAddr>,
}

/// Who did it, as they were then.
#[derive(Clone, Debug)]
pub struct Actor {
    pub(crate) kind: ActorKind,
    pub(crate) id: Option<String>,
    pub(crate) role: Option<Role>,
    pub(crate) name: Option<String>,
}

/// Why a text names no act, or nobody who acts.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the audit log of this version has nothing of that name")]
pub struct ActError;

/// A closed set with a name for each in the store.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$one])* $variant,)+
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in the store, in exports, and on the command line.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl FromStr for $name {
            type Err = ActError;

            fn from_str(text: &str) -> Result<Self, ActError> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or(ActError)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

named! {
    /// What sort of actor it is.
    ActorKind {
        /// A person who is signed in.
        User = "user",
        /// Somebody who claimed to be a person and did not prove it; the id, where there is one, is of whom they claimed
        /// to be.
        Unproved = "unproved",
        /// A system that hands in records.
        Key = "key",
        /// Whoever ran a command on the machine.
        Command = "command",
        /// The server itself.
        Job = "job",
    }
}

named! {
    /// What was done.
    Act {
        /// Somebody proved who they are, and was let in.
        SignIn = "sign_in",
        /// Somebody was not let in.
        SignInRefused = "sign_in_refused",
        /// Somebody ended their session.
        SignOut = "sign_out",
        /// A password became another.
        PasswordChanged = "password_changed",
        /// A holder has a member of their account sign in.
        MemberInvited = "member_invited",
        /// They took a member's sign-in away.
        MemberWithdrawn = "member_withdrawn",
        /// Personal pages were closed to everybody; the reason says why.
        PagesClosed = "pages_closed",
        /// They were opened again.
        PagesOpened = "pages_opened",
        /// An account was opened, for a reason.
        LookupOpened = "lookup_opened",
        /// It was closed by hand before its time.
        LookupClosed = "lookup_closed",
        /// A search opened nothing; the reason says why.
        LookupRefused = "lookup_refused",
        /// A search opened nothing, because its maker has opened as many accounts as they may.
        BudgetExceeded = "budget_exceeded",
        /// An account was searched for that nobody has a reason to open.
        HoneypotTouched = "honeypot_touched",
        /// An account is a honeypot from now on.
        HoneypotAdded = "honeypot_added",
        /// It is none any longer.
        HoneypotRemoved = "honeypot_removed",
        /// A person was added.
        UserAdded = "user_added",
        /// A person may not sign in any longer.
        UserSuspended = "user_suspended",
        /// A person may sign in again.
        UserReinstated = "user_reinstated",
        /// An ingest key was made.
        KeyAdded = "key_added",
        /// An ingest key was taken back.
        KeyRevoked = "key_revoked",
        /// A feed was imported.
        RecordsImported = "records_imported",
        /// Another catalogue is judged by from now on.
        CataloguePublished = "catalogue_published",
        /// The database was copied.
        BackupMade = "backup_made",
        /// The audit log was read out into a file.
        AuditExported = "audit_exported",
        /// A customer took all of their account along as a file.
        AccountExported = "account_exported",
        /// How customers want to be told things was read out into a file.
        PreferencesExported = "preferences_exported",
        /// A checkpoint took the place of one that the log does not agree with.
        CheckpointReplaced = "checkpoint_replaced",
        /// Somebody asked whose data a user or a key has seen.
        SeenReported = "seen_reported",
        /// A customer said of a message or transaction whether they did it.
        ReportMade = "report_made",
        /// A customer added something to a report.
        ReportNoted = "report_noted",
        /// The desk answered a report.
        ReportAnswered = "report_answered",
        /// The desk closed a report.
        ReportClosed = "report_closed",
        /// A statement about what went wrong is shown from now on.
        IncidentPublished = "incident_published",
        /// It is shown no longer.
        IncidentWithdrawn = "incident_withdrawn",
    }
}

impl Act {
    /// Those that somebody is to look at, at once.
    pub const ALARMS: [Self; 3] = [Self::BudgetExceeded, Self::HoneypotTouched, Self::UserSuspended];
}

impl AuditNote {
    /// That somebody did something at a time.
    pub fn new(at: Instant, actor: Actor, act: Act) -> Self {
        Self { at, actor, act, account: None, subject: None, reason: None, client: None }
    }

    /// The same, with the account that it was done to.
    #[must_use]
    pub fn of_account(self, account: &AccountId) -> Self {
        Self { account: Some(account.clone()), ..self }
    }

    /// The same, with what it was done to besides: the id of a lookup, a user, a key.
    #[must_use]
    pub fn to(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    /// The same, with why. Never what somebody typed to find an account or to prove themselves.
    #[must_use]
    pub fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }

    /// The same, with the address that it was asked from.
    #[must_use]
    pub fn from(self, client: Option<IpAddr>) -> Self {
        Self { client, ..self }
    }
}

impl Actor {
    /// A person who is signed in.
    pub fn user(user: &SignedIn) -> Self {
        Self::of_user(ActorKind::User, user)
    }

    /// Somebody who did not prove to be this person, or named nobody.
    pub fn unproved(user: Option<&SignedIn>) -> Self {
        let nobody = Self { kind: ActorKind::Unproved, id: None, role: None, name: None };
        user.map_or(nobody, |user| Self::of_user(ActorKind::Unproved, user))
    }

    /// A system that hands in records.
    pub fn key(key: &KeyId) -> Self {
        Self { kind: ActorKind::Key, id: Some(key.as_str().to_owned()), role: None, name: None }
    }

    /// Whoever ran a command, by the command's name.
    pub fn command(name: &str) -> Self {
        Self { kind: ActorKind::Command, id: Some(name.to_owned()), role: None, name: None }
    }

    /// The server itself, by the job's name.
    pub fn job(name: &str) -> Self {
        Self { kind: ActorKind::Job, id: Some(name.to_owned()), role: None, name: None }
    }

    fn of_user(kind: ActorKind, user: &SignedIn) -> Self {
        Self {
            kind,
            id: Some(user.user_id.to_string()),
            role: Some(user.role),
            name: Some(user.name.clone()),
        }
    }
}
