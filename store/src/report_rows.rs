//! Reports and the entries of their threads, as they are kept.

use engine::{AccountId, Instant};

use crate::report::{EntryKind, NOTES_MAX, ReportId, ReportState, Reported, Says};
use crate::{SignedIn, StoreError, StoreTransaction, on_both};

/// A report as it is kept.
#[derive(Clone, sqlx::FromRow)]
pub(crate) struct ReportRow {
    pub account_id: String,
    pub opened_at: i64,
    pub report_id: String,
    pub number: i64,
    pub user_id: String,
    pub about: String,
    pub about_id: String,
    pub kind: Option<String>,
    pub says: String,
    pub rank: i64,
    pub state: String,
    pub state_at: i64,
    pub notes: i64,
}

/// A statement that reads [`ReportRow`]s, from its `where` on.
macro_rules! select_reports {
    ($rest:literal) => {
        concat!(
            "select account_id, opened_at, report_id, number, user_id, about, about_id, kind, says, rank, state,
                    state_at, notes
             from reports ",
            $rest
        )
    };
}

pub(crate) use select_reports;

/// An entry of a thread, as it is kept.
#[derive(sqlx::FromRow)]
pub(crate) struct NoteRow {
    pub account_id: String,
    pub written_at: i64,
    pub entry: String,
    pub user_name: String,
    pub role: String,
    pub text: String,
}

/// An entry that is to be written.
pub(crate) struct NewNote<'a> {
    pub by: &'a SignedIn,
    pub at: Instant,
    pub entry: EntryKind,
    pub text: &'a str,
}

impl ReportRow {
    pub(crate) fn id(&self) -> Result<ReportId, StoreError> {
        self.report_id.parse().map_err(|_| StoreError::Unreadable("report"))
    }

    pub(crate) fn account(&self) -> Result<AccountId, StoreError> {
        self.account_id.parse().map_err(|_| StoreError::Unreadable("report"))
    }

    pub(crate) fn says(&self) -> Result<Says, StoreError> {
        self.says.parse().map_err(|_| StoreError::Unreadable("report"))
    }

    pub(crate) fn state(&self) -> Result<ReportState, StoreError> {
        self.state.parse().map_err(|_| StoreError::Unreadable("report"))
    }

    /// A report that begins, with nothing in its thread.
    pub(crate) fn begun(
        account: &AccountId,
        user: &SignedIn,
        (about, says): (&Reported, Says),
        at: Instant,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            account_id: account.to_string(),
            opened_at: at.micros(),
            report_id: ReportId::draw()?.to_string(),
            number: 0,
            user_id: user.user_id.to_string(),
            about: about.about().to_owned(),
            about_id: about.id().to_owned(),
            kind: None,
            says: says.as_str().to_owned(),
            rank: 1,
            state: ReportState::Open.as_str().to_owned(),
            state_at: at.micros(),
            notes: 0,
        })
    }

    /// Says that it is in another state from a moment on.
    pub(crate) fn becomes(&mut self, state: ReportState, at: Instant) {
        if self.state != state.as_str() {
            state.as_str().clone_into(&mut self.state);
            self.state_at = at.micros();
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.notes >= NOTES_MAX
    }
}

/// Writes a report down for the first time, under the next number. One writes at a time.
pub(crate) async fn insert_report(
    work: &mut StoreTransaction,
    report: &mut ReportRow,
) -> Result<(), StoreError> {
    report.number = on_both!(work, |connection| {
        sqlx::query_scalar(
            "insert into reports (account_id, opened_at, report_id, number, user_id, about, about_id, kind, says, rank,
                                  state, state_at, notes)
             values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from reports), $4, $5, $6, $7, $8, $9, $10, $11, $12)
             returning number",
        )
        .bind(&report.account_id)
        .bind(report.opened_at)
        .bind(&report.report_id)
        .bind(&report.user_id)
        .bind(&report.about)
        .bind(&report.about_id)
        .bind(&report.kind)
        .bind(&report.says)
        .bind(report.rank)
        .bind(&report.state)
        .bind(report.state_at)
        .bind(report.notes)
        .fetch_one(connection)
        .await?
    });
    Ok(())
}

/// Keeps what of a report may change.
pub(crate) async fn update_report(work: &mut StoreTransaction, report: &ReportRow) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "update reports set says = $4, rank = $5, kind = $6, state = $7, state_at = $8, notes = $9
             where account_id = $1 and opened_at = $2 and report_id = $3",
        )
        .bind(&report.account_id)
        .bind(report.opened_at)
        .bind(&report.report_id)
        .bind(&report.says)
        .bind(report.rank)
        .bind(&report.kind)
        .bind(&report.state)
        .bind(report.state_at)
        .bind(report.notes)
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// Adds an entry at the end of a report's thread, and counts it there.
pub(crate) async fn add_note(
    work: &mut StoreTransaction,
    report: &mut ReportRow,
    note: &NewNote<'_>,
) -> Result<(), StoreError> {
    report.notes += 1;
    on_both!(work, |connection| {
        sqlx::query(
            "insert into report_notes (account_id, report_id, place, written_at, entry, user_id, user_name, role, text)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&report.account_id)
        .bind(&report.report_id)
        .bind(report.notes)
        .bind(note.at.micros())
        .bind(note.entry.as_str())
        .bind(note.by.user_id.as_str())
        .bind(&note.by.name)
        .bind(note.by.role.as_str())
        .bind(note.text)
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// Whether the last entry of a thread is this very one: a form that was sent twice says nothing more.
pub(crate) async fn is_last_note(
    work: &mut StoreTransaction,
    report: &ReportRow,
    note: &NewNote<'_>,
) -> Result<bool, StoreError> {
    let last: Option<(String, String, String)> = on_both!(work, |connection| {
        sqlx::query_as(
            "select entry, user_id, text from report_notes
             where account_id = $1 and report_id = $2 and place = $3",
        )
        .bind(&report.account_id)
        .bind(&report.report_id)
        .bind(report.notes)
        .fetch_optional(connection)
        .await?
    });
    Ok(last.is_some_and(|(entry, user, text)| {
        entry == note.entry.as_str() && user == note.by.user_id.as_str() && text == note.text
    }))
}
