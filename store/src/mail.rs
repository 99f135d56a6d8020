use std::fmt;
use std::sync::Arc;

use engine::{CounterfoilNumber, Language};

use crate::Digest;

/// What a mail of our own tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Somebody asked for a link with which to set a password.
    Link,
    /// The holder of an account wants a member of it to sign in; with a link to set a password.
    Invitation,
    /// A password was set by a link.
    PasswordSet,
    /// It was changed by whoever was signed in.
    PasswordChanged,
    /// An e-mail address or number of the account became another.
    ContactChanged,
    /// A report of theirs was received.
    ReportReceived,
    /// There is an answer to a report of theirs.
    ReportAnswered,
    /// Messages were flagged.
    Flagged {
        /// How many.
        messages: u64,
    },
    /// Somebody of the staff opened the account.
    LookedAt {
        /// How often.
        times: u64,
    },
    /// What was sent, in numbers.
    Digest {
        /// How often it comes.
        digest: Digest,
        /// How many messages were sent.
        messages: u64,
        /// How many entries came to need attention.
        attention: u64,
    },
}

/// A mail that is to be worded.
#[derive(Clone, Debug)]
pub struct MailAsked {
    /// What it tells of.
    pub kind: MailKind,
    /// In which language.
    pub language: Language,
    /// What whoever gets it is called.
    pub name: String,
    /// Its own counterfoil number.
    pub number: CounterfoilNumber,
}

/// A mail's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// Its subject.
    pub subject: String,
    /// Its plain text, with [`LINK_PLACE`] where a link is to stand.
    pub text: String,
    /// What stands in the link's place wherever the mail is kept.
    pub link_left_out: &'static str,
}

/// Where in a mail's text its link is to stand.
pub const LINK_PLACE: &str = "{link}";

/// Who words our own mail, and whom it comes from. The store has no words.
#[derive(Clone)]
pub struct MailDesk {
    /// The address that it comes from.
    pub sender: String,
    /// Words a mail.
    pub word: Arc<dyn Fn(&MailAsked) -> MailText + Send + Sync>,
}

impl MailKind {
    /// The template that the mail is of, and the kind of transaction that vouches for it: as `engine/data/rules.toml` has
    /// it.
    pub(crate) fn template(self) -> (&'static str, &'static str) {
        match self {
            Self::Link => ("counterfoil.link", "sign_in.link_requested"),
            Self::Invitation => ("counterfoil.invitation", "member.invited"),
            Self::PasswordSet | Self::PasswordChanged => ("counterfoil.password", "credential.changed"),
            Self::ContactChanged => ("counterfoil.contact", "contact.changed"),
            Self::ReportReceived => ("counterfoil.report", "report.received"),
            Self::ReportAnswered => ("counterfoil.answer", "report.answered"),
            Self::Flagged { .. } => ("counterfoil.flagged", "message.flagged"),
            Self::LookedAt { .. } => ("counterfoil.lookup", "lookup.opened"),
            Self::Digest { .. } => ("counterfoil.digest", "digest.made"),
        }
    }
}

impl MailText {
    /// The text as it is kept for the customer to read: whoever looks at it must not be able to use its link.
    pub(crate) fn kept(&self) -> String {
        self.text.replace(LINK_PLACE, self.link_left_out)
    }
}

impl fmt::Debug for MailDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailDesk").field("sender", &self.sender).finish_non_exhaustive()
    }
}
