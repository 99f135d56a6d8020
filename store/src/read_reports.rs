use engine::{AccountId, Instant, Kind};

use crate::report::{EntryKind, NOTES_MAX, ReportId, ReportState, Reported, Says};
use crate::report_rows::{NoteRow, ReportRow, select_reports};
use crate::{AccountScope, Role, Store, StoreError, StoreTransaction, UserId, on_both};

/// A report, without its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// Which.
    pub id: ReportId,
    /// By which people speak of it.
    pub number: i64,
    /// What it is about.
    pub about: Reported,
    /// Of what kind that is, where it was known.
    pub kind: Option<Kind>,
    /// What was said of it last.
    pub says: Says,
    /// Whether it may mean that the account is in somebody else's hands.
    pub is_security: bool,
    /// How far it has come.
    pub state: ReportState,
    /// Since when.
    pub state_at: Instant,
    /// When it began.
    pub opened_at: Instant,
    /// Whether its thread takes no more.
    pub is_full: bool,
}

/// An entry of a report's thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// When it was written.
    pub at: Instant,
    /// What it is.
    pub kind: EntryKind,
    /// What whoever wrote it was called then.
    pub user_name: String,
    /// What they were to the operator then.
    pub role: Role,
    /// Its text, lines of it; empty where nothing was added.
    pub text: String,
}

/// A report with its thread, the first entry first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportThread {
    /// The report.
    pub report: ReportView,
    /// The entries.
    pub entries: Vec<EntryView>,
}

/// A page of reports, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// The reports.
    pub reports: Vec<ReportView>,
    /// Behind which earlier ones are.
    pub earlier: Option<ReportId>,
}

/// A page that a person reads in one sitting.
const REPORTS_MAX: usize = 50;
/// Sorts after every report's id.
const AFTER_EVERY_ID: &str = "~";

impl Store {
    /// The reports that the reader may see: a customer their own, the latest or those before one of them; staff, by a
    /// lookup, all of the account's.
    pub async fn read_reports(
        &self,
        scope: &AccountScope,
        before: Option<&ReportId>,
    ) -> Result<ReportPage, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let place = match before {
            Some(id) => report_row(&mut work, scope, id).await?.map(|row| (row.opened_at, row.report_id)),
            None => None,
        };
        let place = place.unwrap_or((i64::MAX, AFTER_EVERY_ID.to_owned()));
        let mut rows = rows_before(&mut work, scope, &place).await?;
        let has_earlier = rows.len() > REPORTS_MAX;
        rows.truncate(REPORTS_MAX);
        let earlier = rows.last().filter(|_| has_earlier).map(ReportRow::id).transpose()?;
        let reports = rows.into_iter().map(ReportRow::into_view).collect::<Result<_, _>>()?;
        Ok(ReportPage { reports, earlier })
    }

    /// One report with its thread; `None` where the reader may see no such report, whoever else may.
    pub async fn read_report(
        &self,
        scope: &AccountScope,
        id: &ReportId,
    ) -> Result<Option<ReportThread>, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let Some(row) = report_row(&mut work, scope, id).await? else { return Ok(None) };
        thread_of(&mut work, scope, row).await.map(Some)
    }

    /// What the reader said of something, or, by a lookup, what was said of it last.
    pub async fn report_about(
        &self,
        scope: &AccountScope,
        about: &Reported,
    ) -> Result<Option<ReportView>, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let row = report_row_about(&mut work, scope, about).await?;
        row.map(ReportRow::into_view).transpose()
    }
}

/// The reader's reports behind a place, with their threads, the oldest first.
pub(crate) async fn threads_after(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    (at, id): (i64, &str),
    limit: usize,
) -> Result<Vec<ReportThread>, StoreError> {
    let rows: Vec<ReportRow> = on_both!(&mut *work, |connection| {
        sqlx::query_as(select_reports!(
            "where account_id = $1 and (opened_at, report_id) > ($2, $3)
               and (cast($4 as text) is null or user_id = $4)
             order by account_id, opened_at, report_id limit $5"
        ))
        .bind(scope.account().as_str())
        .bind(at)
        .bind(id)
        .bind(scope.reader().map(UserId::as_str))
        .bind(i64::try_from(limit).expect("a page's limit is small"))
        .fetch_all(connection)
        .await?
    });
    let mut threads = Vec::with_capacity(rows.len());
    for row in rows {
        threads.push(thread_of(work, scope, row).await?);
    }
    Ok(threads)
}

/// A report with the entries of its thread.
async fn thread_of(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    row: ReportRow,
) -> Result<ReportThread, StoreError> {
    let notes = note_rows(work, scope, &row.id()?).await?;
    let entries = notes.into_iter().map(NoteRow::into_view).collect::<Result<_, _>>()?;
    Ok(ReportThread { report: row.into_view()?, entries })
}

async fn rows_before(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    (at, id): &(i64, String),
) -> Result<Vec<ReportRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(select_reports!(
            "where account_id = $1 and (opened_at, report_id) < ($2, $3)
               and (cast($4 as text) is null or user_id = $4)
             order by account_id desc, opened_at desc, report_id desc limit $5"
        ))
        .bind(scope.account().as_str())
        .bind(*at)
        .bind(id)
        .bind(scope.reader().map(UserId::as_str))
        .bind(i64::try_from(REPORTS_MAX + 1).expect("a page's limit is small"))
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

/// What the reader said of something, or, by a lookup, what was said of it last.
pub(crate) async fn report_row_about(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    about: &Reported,
) -> Result<Option<ReportRow>, StoreError> {
    let row = on_both!(work, |connection| {
        sqlx::query_as(select_reports!(
            "where account_id = $1 and about = $2 and about_id = $3
               and (cast($4 as text) is null or user_id = $4)
             order by state_at desc, number desc limit 1"
        ))
        .bind(scope.account().as_str())
        .bind(about.about())
        .bind(about.id())
        .bind(scope.reader().map(UserId::as_str))
        .fetch_optional(connection)
        .await?
    });
    Ok(row)
}

/// A report that the reader may read: a customer's own, or by a lookup any of the account.
pub(crate) async fn report_row(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    id: &ReportId,
) -> Result<Option<ReportRow>, StoreError> {
    let row = on_both!(work, |connection| {
        sqlx::query_as(select_reports!(
            "where report_id = $2 and account_id = $1
               and (cast($3 as text) is null or user_id = $3)"
        ))
        .bind(scope.account().as_str())
        .bind(id.as_str())
        .bind(scope.reader().map(UserId::as_str))
        .fetch_optional(connection)
        .await?
    });
    Ok(row)
}

async fn note_rows(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    id: &ReportId,
) -> Result<Vec<NoteRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, written_at, entry, user_name, role, text from report_notes
             where account_id = $1 and report_id = $2 order by place limit $3",
        )
        .bind(scope.account().as_str())
        .bind(id.as_str())
        // Beside as many as may be written, that it was closed.
        .bind(NOTES_MAX * 2)
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

impl ReportRow {
    fn into_view(self) -> Result<ReportView, StoreError> {
        let unreadable = || StoreError::Unreadable("report");
        Ok(ReportView {
            owner: self.account()?,
            id: self.id()?,
            number: self.number,
            about: Reported::read(&self.about, &self.about_id).map_err(|_| unreadable())?,
            kind: self.kind.as_deref().map(str::parse).transpose().map_err(|_| unreadable())?,
            says: self.says()?,
            is_security: self.rank == 0,
            state: self.state()?,
            state_at: Instant::from_micros(self.state_at),
            opened_at: Instant::from_micros(self.opened_at),
            is_full: self.is_full(),
        })
    }
}

impl NoteRow {
    fn into_view(self) -> Result<EntryView, StoreError> {
        self.read().ok_or(StoreError::Unreadable("report"))
    }

    fn read(self) -> Option<EntryView> {
        Some(EntryView {
            owner: self.account_id.parse().ok()?,
            at: Instant::from_micros(self.written_at),
            kind: self.entry.parse().ok()?,
            user_name: self.user_name,
            role: self.role.parse().ok()?,
            text: self.text,
        })
    }
}
