//! What people do to reports, as it is handed to the one writer: each is told of by mail, or may be.

use std::net::IpAddr;

use tokio::sync::oneshot;

use crate::act::ActWork;
use crate::report::{NOTE_CHARS_MAX, ReportId, Reported, Says};
use crate::write_online::OnlineWrite;
use crate::{ActNotDone, Acts, LookupId, SessionKey, SignInChange, StoreError};

/// What somebody does to a report.
pub struct ReportChange {
    /// Whose session it is.
    pub key: SessionKey,
    /// From where.
    pub client: Option<IpAddr>,
    /// What they do.
    pub step: ReportStep,
}

/// One step in a report's thread.
pub enum ReportStep {
    /// A customer says of a message or transaction whether they did it. What they said of it before is gone on with.
    Make {
        /// Of which.
        about: Reported,
        /// What.
        says: Says,
        /// What they add, if anything.
        note: String,
    },
    /// A customer adds something to a report of theirs, and so opens it again.
    Note {
        /// To which.
        report: ReportId,
        /// What.
        note: String,
    },
    /// One of the staff answers, while a lookup of theirs is open.
    Answer {
        /// By which lookup.
        lookup: LookupId,
        /// To which report of its account.
        report: ReportId,
        /// What.
        answer: String,
    },
    /// One of the staff closes it, once it is answered, while a lookup of theirs is open.
    Close {
        /// By which lookup.
        lookup: LookupId,
        /// Which report of its account.
        report: ReportId,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportDone {
    /// The report says so from now on.
    Kept(ReportId),
    /// Nothing was kept.
    Refused(ReportRefusal),
}

/// Why nothing was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportRefusal {
    /// Nobody is signed in who may.
    NotAllowed,
    /// There is no such report, message or transaction that is theirs to see.
    NotFound,
    /// Nothing was written.
    Empty,
    /// More was written than [`NOTE_CHARS_MAX`].
    Long,
    /// As many of their reports are open as may be.
    TooMany,
    /// The thread has as many entries as it may.
    Full,
    /// It is closed once it is answered, and not before.
    Unanswered,
}

/// Does something to a report.
pub async fn change_report(acts: &Acts, change: ReportChange) -> Result<ReportDone, ActNotDone> {
    let (reply, done) = oneshot::channel();
    acts.try_send(SignInChange::Report { change, reply }).map_err(|_| ActNotDone::Busy)?;
    done.await.map_err(|_| ActNotDone::Failed)?
}

impl OnlineWrite<'_> {
    pub(crate) async fn change_report(
        &mut self,
        change: &ReportChange,
        work: &mut ActWork<'_>,
    ) -> Result<ReportDone, StoreError> {
        let done = match &change.step {
            ReportStep::Make { about, says, note } => {
                self.make_report(change, (about, *says), note, work).await?
            }
            ReportStep::Note { report, note } => self.note_report(change, report, note, work).await?,
            ReportStep::Answer { lookup, report, answer } => {
                self.answer_report(change, (lookup, report), answer, work).await?
            }
            ReportStep::Close { lookup, report } => self.close_report(change, (lookup, report), work).await?,
        };
        Ok(done.map_or_else(ReportDone::Refused, ReportDone::Kept))
    }
}

/// What was written, as it is kept: lines of text, without blanks around them. It may be empty.
pub(crate) fn kept_note(written: &str) -> Result<String, ReportRefusal> {
    let lines = written.replace("\r\n", "\n").replace(|c: char| c.is_control() && c != '\n', " ");
    let text = lines.trim();
    if text.chars().count() > NOTE_CHARS_MAX { Err(ReportRefusal::Long) } else { Ok(text.to_owned()) }
}
