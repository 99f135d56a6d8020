use engine::{AccountId, Kind, Language};

use crate::act::ActWork;
use crate::append_audit::append_audit;
use crate::change_report::{ReportChange, ReportRefusal, kept_note};
use crate::history_row::HistoryRow;
use crate::offer_link::read_record;
use crate::open_scope::customer_of_session;
use crate::read_message_rows::{read_history_row, read_message_row};
use crate::read_reports::{report_row, report_row_about};
use crate::read_transactions_of::read_transactions_of;
use crate::report::{EntryKind, REPORTS_OPEN_MAX, ReportId, ReportState, Reported, Says, is_security_kind};
use crate::report_rows::{NewNote, ReportRow, add_note, insert_report, is_last_note, update_report};
use crate::write_mail::NewMail;
use crate::write_online::OnlineWrite;
use crate::{
    AccountScope, Act, Actor, AuditNote, MailKind, SignedInScope, StoreError, StoreTransaction, on_both,
};

type Kept = Result<Result<ReportId, ReportRefusal>, StoreError>;

impl OnlineWrite<'_> {
    /// Keeps what a customer says of a message or transaction that they may see. Who said something of it before goes on
    /// in the same thread.
    pub(crate) async fn make_report(
        &mut self,
        change: &ReportChange,
        (about, says): (&Reported, Says),
        note: &str,
        work: &mut ActWork<'_>,
    ) -> Kept {
        let Some(customer) = customer_of_session(&mut self.work, &change.key, work.post.now).await? else {
            return Ok(Err(ReportRefusal::NotAllowed));
        };
        let text = match kept_note(note) {
            Ok(text) => text,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(subject) = find_subject(&mut self.work, &customer.scope, about).await? else {
            return Ok(Err(ReportRefusal::NotFound));
        };
        let by = &customer.user;
        let said = NewNote { by, at: work.post.at, entry: EntryKind::Said(says), text: &text };
        let report = match report_row_about(&mut self.work, &customer.scope, about).await? {
            Some(report) if report.says == says.as_str() && text.is_empty() => return report.id().map(Ok),
            Some(report) if is_last_note(&mut self.work, &report, &said).await? => {
                return report.id().map(Ok);
            }
            Some(report) if report.is_full() => return Ok(Err(ReportRefusal::Full)),
            report => report,
        };
        let is_new = report.is_none();
        let mut report = match report {
            Some(report) => report,
            None if open_reports(&mut self.work, &customer).await? >= REPORTS_OPEN_MAX => {
                return Ok(Err(ReportRefusal::TooMany));
            }
            None => ReportRow::begun(customer.scope.account(), by, (about, says), work.post.at)?,
        };
        report.say(says, subject.kind.as_ref());
        if is_new {
            insert_report(&mut self.work, &mut report).await?;
        }
        self.go_on(change, &customer, report, &said, work).await.map(Ok)
    }

    /// Adds what a customer has to say to a report of their own.
    pub(crate) async fn note_report(
        &mut self,
        change: &ReportChange,
        id: &ReportId,
        note: &str,
        work: &mut ActWork<'_>,
    ) -> Kept {
        let Some(customer) = customer_of_session(&mut self.work, &change.key, work.post.now).await? else {
            return Ok(Err(ReportRefusal::NotAllowed));
        };
        let text = match kept_note(note) {
            Ok(text) if text.is_empty() => return Ok(Err(ReportRefusal::Empty)),
            Ok(text) => text,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(report) = report_row(&mut self.work, &customer.scope, id).await? else {
            return Ok(Err(ReportRefusal::NotFound));
        };
        let said = NewNote { by: &customer.user, at: work.post.at, entry: EntryKind::Note, text: &text };
        if is_last_note(&mut self.work, &report, &said).await? {
            return report.id().map(Ok);
        }
        if report.is_full() {
            return Ok(Err(ReportRefusal::Full));
        }
        self.go_on(change, &customer, report, &said, work).await.map(Ok)
    }

    /// Adds an entry of a customer's to a thread, which waits for the desk from then on; tells of the first by mail.
    async fn go_on(
        &mut self,
        change: &ReportChange,
        customer: &SignedInScope,
        mut report: ReportRow,
        said: &NewNote<'_>,
        work: &mut ActWork<'_>,
    ) -> Result<ReportId, StoreError> {
        add_note(&mut self.work, &mut report, said).await?;
        report.becomes(ReportState::Open, said.at);
        update_report(&mut self.work, &report).await?;
        let (is_first, id) = (report.notes == 1, report.id()?);
        let act = if is_first { Act::ReportMade } else { Act::ReportNoted };
        let note = AuditNote::new(work.post.now, Actor::user(said.by), act).from(change.client);
        append_audit(&mut self.work, note.of_account(customer.scope.account()).to(id.as_str())).await?;
        if is_first {
            self.mail_of_report(customer.scope.account(), &report.user_id, MailKind::ReportReceived, work)
                .await?;
        }
        Ok(id)
    }

    /// Tells whoever made a report of something, where their sign-in is an address: that there is something, and where,
    /// and nothing of what it is.
    pub(crate) async fn mail_of_report(
        &mut self,
        account: &AccountId,
        user: &str,
        kind: MailKind,
        work: &mut ActWork<'_>,
    ) -> Result<(), StoreError> {
        let known: Option<(String, String, Option<String>)> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select sign_in, name, language from users
                 where user_id = $1 and account_id = $2 and role = 'customer'",
            )
            .bind(user)
            .bind(account.as_str())
            .fetch_optional(connection)
            .await?
        });
        let Some((sign_in, name, language)) = known.filter(|(sign_in, ..)| sign_in.contains('@')) else {
            return Ok(());
        };
        let Some(record) = read_record(&mut self.work, account).await? else { return Ok(()) };
        let language = language.map_or_else(|| record.language(), |tag| Language::of_locale(&tag));
        let mail = NewMail { kind, account, recipient: &sign_in, name: &name, language, link_id: None };
        self.store.write_mail(&mut self.work, &mail, work.post, &mut work.touched).await?;
        work.has_mail = true;
        Ok(())
    }
}

impl ReportRow {
    /// Has it say something of a thing of a kind, as far as that is known.
    fn say(&mut self, says: Says, kind: Option<&Kind>) {
        says.as_str().clone_into(&mut self.says);
        self.kind = kind.map(Kind::to_string);
        self.rank = i64::from(!(says == Says::NotMe && kind.is_some_and(is_security_kind)));
    }
}

/// A message or transaction that the customer may see.
struct Subject {
    /// Of what kind it is, if that is known.
    kind: Option<Kind>,
}

async fn find_subject(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    about: &Reported,
) -> Result<Option<Subject>, StoreError> {
    match about {
        Reported::Message(id) => {
            let Some(message) = read_message_row(work, scope, id).await? else { return Ok(None) };
            let row = read_history_row(work, scope, &message).await?;
            let kind = row.as_ref().map(HistoryRow::read_kind).transpose()?.flatten();
            Ok(Some(Subject { kind }))
        }
        Reported::Transaction(id) => {
            let found = read_transactions_of(work, scope, &[id]).await?;
            Ok(found.into_iter().next().map(|transaction| Subject { kind: Some(transaction.kind) }))
        }
    }
}

async fn open_reports(work: &mut StoreTransaction, customer: &SignedInScope) -> Result<i64, StoreError> {
    let open = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select count(*) from reports where account_id = $1 and user_id = $2 and state = 'open'",
        )
        .bind(customer.scope.account().as_str())
        .bind(customer.user.user_id.as_str())
        .fetch_one(connection)
        .await?
    });
    Ok(open)
}
