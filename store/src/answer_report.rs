use engine::Instant;

use crate::act::ActWork;
use crate::append_audit::append_audit;
use crate::change_report::{ReportChange, ReportRefusal, kept_note};
use crate::report::{EntryKind, ReportId, ReportState};
use crate::report_rows::{NewNote, ReportRow, add_note, is_last_note, select_reports, update_report};
use crate::scope_of_lookup::open_rows;
use crate::staff_of_session::staff_of_session;
use crate::write_online::OnlineWrite;
use crate::{
    Act, Actor, AuditNote, LookupId, MailKind, SessionKey, SignedIn, StoreError, StoreTransaction, on_both,
};

type Kept = Result<Result<ReportId, ReportRefusal>, StoreError>;

impl OnlineWrite<'_> {
    /// Keeps what one of the staff answers to a report of an account that is open to them, and has its customer told that
    /// there is an answer: once, however often it is sent.
    pub(crate) async fn answer_report(
        &mut self,
        change: &ReportChange,
        (lookup, id): (&LookupId, &ReportId),
        answer: &str,
        work: &mut ActWork<'_>,
    ) -> Kept {
        let (staff, mut report) =
            match at_desk(&mut self.work, &change.key, (lookup, id), work.post.now).await? {
                Ok(found) => found,
                Err(refusal) => return Ok(Err(refusal)),
            };
        let text = match kept_note(answer) {
            Ok(text) if text.is_empty() => return Ok(Err(ReportRefusal::Empty)),
            Ok(text) => text,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let note = NewNote { by: &staff, at: work.post.at, entry: EntryKind::Answer, text: &text };
        if is_last_note(&mut self.work, &report, &note).await? {
            return report.id().map(Ok);
        }
        if report.is_full() {
            return Ok(Err(ReportRefusal::Full));
        }
        report.becomes(ReportState::Answered, note.at);
        self.keep_step(change, Act::ReportAnswered, &mut report, &note, work).await?;
        let account = report.account()?;
        self.mail_of_report(&account, &report.user_id, MailKind::ReportAnswered, work).await?;
        report.id().map(Ok)
    }

    /// Closes a report that is answered. Its customer sees that, and who did; there is nothing in it to be told of.
    pub(crate) async fn close_report(
        &mut self,
        change: &ReportChange,
        (lookup, id): (&LookupId, &ReportId),
        work: &mut ActWork<'_>,
    ) -> Kept {
        let (staff, mut report) =
            match at_desk(&mut self.work, &change.key, (lookup, id), work.post.now).await? {
                Ok(found) => found,
                Err(refusal) => return Ok(Err(refusal)),
            };
        match report.state()? {
            ReportState::Open => return Ok(Err(ReportRefusal::Unanswered)),
            ReportState::Closed => return report.id().map(Ok),
            ReportState::Answered => {}
        }
        report.becomes(ReportState::Closed, work.post.at);
        let note = NewNote { by: &staff, at: work.post.at, entry: EntryKind::Closed, text: "" };
        self.keep_step(change, Act::ReportClosed, &mut report, &note, work).await?;
        report.id().map(Ok)
    }

    /// Keeps a step of the desk's, and writes it down.
    async fn keep_step(
        &mut self,
        change: &ReportChange,
        act: Act,
        report: &mut ReportRow,
        note: &NewNote<'_>,
        work: &ActWork<'_>,
    ) -> Result<(), StoreError> {
        add_note(&mut self.work, report, note).await?;
        update_report(&mut self.work, report).await?;
        let audit = AuditNote::new(work.post.now, Actor::user(note.by), act).from(change.client);
        append_audit(&mut self.work, audit.of_account(&report.account()?).to(&report.report_id)).await?;
        Ok(())
    }
}

/// Whoever of the staff asks, and the report, if it is of the account that a lookup of theirs has open.
async fn at_desk(
    work: &mut StoreTransaction,
    key: &SessionKey,
    (lookup, id): (&LookupId, &ReportId),
    now: Instant,
) -> Result<Result<(SignedIn, ReportRow), ReportRefusal>, StoreError> {
    let Some(staff) = staff_of_session(work, key, now).await? else {
        return Ok(Err(ReportRefusal::NotAllowed));
    };
    let Some(open) = open_rows(work, &staff.user_id, Some(lookup), now).await?.pop() else {
        return Ok(Err(ReportRefusal::NotAllowed));
    };
    let report: Option<ReportRow> = on_both!(work, |connection| {
        sqlx::query_as(select_reports!("where report_id = $1 and account_id = $2"))
            .bind(id.as_str())
            .bind(&open.account_id)
            .fetch_optional(connection)
            .await?
    });
    Ok(report.map(|report| (staff, report)).ok_or(ReportRefusal::NotFound))
}
