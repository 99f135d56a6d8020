use engine::{AccountId, Instant, Language};
use tokio::sync::{mpsc, oneshot};

use crate::change_report::{ReportChange, ReportDone};
use crate::hash_password::HashedPassword;
use crate::touched::Touched;
use crate::write_mail::Post;
use crate::write_online::OnlineWrite;
use crate::{LinkToken, MailDesk, StoreError, UserId};

/// What somebody does to a sign-in, or to a report. It is written and told of in one transaction, and is part of the account's history:
/// so it goes the way of the records, through their one writer.
pub enum SignInChange {
    /// Somebody says that an address is theirs, and asks for a link to set a password. Nobody waits for what becomes of
    /// it: how long that takes would tell whether anybody has the address.
    OfferLink {
        /// The address as it was typed.
        address: String,
    },
    /// Whoever has a link sets a password.
    SetPassword {
        /// The link's.
        token: LinkToken,
        /// The password, hashed.
        password: HashedPassword,
        /// In which language they are spoken to.
        language: Language,
        /// Whoever waits to be signed in.
        reply: oneshot::Sender<Result<PasswordSet, ActNotDone>>,
    },
    /// Somebody does something to a report, of which its customer is told.
    Report {
        /// What.
        change: ReportChange,
        /// Whoever waits.
        reply: oneshot::Sender<Result<ReportDone, ActNotDone>>,
    },
}

/// Where acts are handed in.
pub type Acts = mpsc::Sender<SignInChange>;

/// What setting a password came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSet {
    /// It is this person's from now on.
    For(UserId),
    /// The link had been used, or its time was over.
    LinkGone,
}

/// That an act was not done, and nothing of it was kept; why is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActNotDone {
    /// More is waiting than can be done soon.
    #[error("too much is waiting to be written")]
    Busy,
    /// It failed.
    #[error("it could not be written")]
    Failed,
}

/// What became of an act.
#[derive(Debug)]
pub struct ActDone {
    /// Whether mail waits to be sent.
    pub has_mail: bool,
    /// Whether accounts are left to be judged.
    pub is_queued: bool,
    /// For whoever waits to be signed in.
    pub password: Option<PasswordSet>,
    /// For whoever waits for what became of a report.
    pub report: Option<ReportDone>,
}

/// What an act needs besides the records' transaction.
pub(crate) struct ActWork<'a> {
    pub post: Post<'a>,
    pub touched: Touched,
    pub has_mail: bool,
}

/// Hands in that an address asks for a link, unless too many wait.
pub fn offer_link(acts: &Acts, address: String) -> Result<(), ActNotDone> {
    acts.try_send(SignInChange::OfferLink { address }).map_err(|_| ActNotDone::Busy)
}

/// Sets the password of whoever has a link.
pub async fn set_password(
    acts: &Acts,
    token: LinkToken,
    password: HashedPassword,
    language: Language,
) -> Result<PasswordSet, ActNotDone> {
    let (reply, done) = oneshot::channel();
    let act = SignInChange::SetPassword { token, password, language, reply };
    acts.try_send(act).map_err(|_| ActNotDone::Busy)?;
    done.await.map_err(|_| ActNotDone::Failed)?
}

impl OnlineWrite<'_> {
    /// Does what somebody asks for, with the mail that tells of it. `now` is the machine's time, by which links end; the
    /// records' time is the judging's.
    pub async fn act(
        mut self,
        act: &SignInChange,
        desk: &MailDesk,
        now: Instant,
    ) -> Result<ActDone, StoreError> {
        let post = Post { desk, now, at: self.judging.at };
        let mut work = ActWork { post, touched: Touched::keeping_changes(), has_mail: false };
        let (mut password_set, mut report) = (None, None);
        match act {
            SignInChange::OfferLink { address } => self.offer_link(address, &mut work).await?,
            SignInChange::SetPassword { token, password, language, .. } => {
                password_set = Some(self.set_password(token, password, *language, &mut work).await?);
            }
            SignInChange::Report { change, .. } => {
                report = Some(self.change_report(change, &mut work).await?);
            }
        }
        let ActWork { touched, has_mail, .. } = work;
        let (_, is_queued) = self.judge_and_commit(touched).await?;
        Ok(ActDone { has_mail, is_queued, password: password_set, report })
    }
}

/// Whose account an act is on, and whom it concerns.
pub(crate) struct Concerned {
    pub account: AccountId,
    pub sign_in: String,
    pub name: String,
}
