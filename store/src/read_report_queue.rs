use std::fmt;
use std::str::FromStr;

use engine::{Instant, Kind};

use crate::report::{ReportId, ReportState, Says};
use crate::staff_of_session::staff_of_session;
use crate::{SessionKey, Store, StoreError, StoreTransaction, on_both};

/// That a report waits for the desk, as is seen before it is opened: of whom it is, and what is written in it, is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedReport {
    /// Which.
    pub id: ReportId,
    /// By which people speak of it.
    pub number: i64,
    /// What was said.
    pub says: Says,
    /// Whether of a message; else of a transaction.
    pub of_message: bool,
    /// Of what kind that is, where it was known.
    pub kind: Option<Kind>,
    /// Whether it may mean that an account is in somebody else's hands.
    pub is_security: bool,
    /// Since when it waits.
    pub since: Instant,
    /// Whether it was answered before, and its customer went on.
    pub goes_on: bool,
}

/// A page of the reports that wait: those of security first, and the oldest of each first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportQueue {
    /// The reports.
    pub reports: Vec<QueuedReport>,
    /// Where the next page begins.
    pub next: Option<QueuePlace>,
}

/// A place between two reports of the queue, as an address may carry it. It names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuePlace {
    rank: i64,
    since: i64,
    number: i64,
}

/// Why a text is not a place in the queue.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a place in the queue: start from its beginning")]
pub struct QueuePlaceError;

/// A page that an agent looks over.
const QUEUED_MAX: usize = 50;
/// Before every report of the queue.
const BEGINNING: QueuePlace = QueuePlace { rank: -1, since: 0, number: 0 };

#[derive(sqlx::FromRow)]
struct QueuedRow {
    report_id: String,
    number: i64,
    says: String,
    about: String,
    kind: Option<String>,
    rank: i64,
    state_at: i64,
    goes_on: i64,
}

impl Store {
    /// The reports that wait for the desk; `None` unless an agent or a supervisor asks.
    pub async fn read_report_queue(
        &self,
        key: &SessionKey,
        after: Option<QueuePlace>,
        now: Instant,
    ) -> Result<Option<ReportQueue>, StoreError> {
        let mut work = self.begin_jobs().await?;
        if staff_of_session(&mut work, key, now).await?.is_none() {
            return Ok(None);
        }
        let mut rows = rows_after(&mut work, after.unwrap_or(BEGINNING)).await?;
        let has_next = rows.len() > QUEUED_MAX;
        rows.truncate(QUEUED_MAX);
        let next = rows.last().filter(|_| has_next).map(QueuedRow::place);
        let reports = rows.into_iter().map(QueuedRow::into_queued).collect::<Result<_, _>>()?;
        Ok(Some(ReportQueue { reports, next }))
    }
}

async fn rows_after(work: &mut StoreTransaction, after: QueuePlace) -> Result<Vec<QueuedRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(
            "select report_id, number, says, about, kind, rank, state_at,
                    cast(case when exists
                             (select 1 from report_notes
                              where report_notes.account_id = reports.account_id
                                and report_notes.report_id = reports.report_id and entry = 'answer')
                         then 1 else 0 end as bigint) as goes_on
             from reports join accounts on accounts.account_id = reports.account_id and accounts.deleted = 0
             where state = $1 and (rank, state_at, number) > ($2, $3, $4)
             order by state, rank, state_at, number limit $5",
        )
        .bind(ReportState::Open.as_str())
        .bind(after.rank)
        .bind(after.since)
        .bind(after.number)
        .bind(i64::try_from(QUEUED_MAX + 1).expect("a page's limit is small"))
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

impl QueuedRow {
    fn place(&self) -> QueuePlace {
        QueuePlace { rank: self.rank, since: self.state_at, number: self.number }
    }

    fn into_queued(self) -> Result<QueuedReport, StoreError> {
        self.read().ok_or(StoreError::Unreadable("report"))
    }

    fn read(self) -> Option<QueuedReport> {
        Some(QueuedReport {
            id: self.report_id.parse().ok()?,
            number: self.number,
            says: self.says.parse().ok()?,
            of_message: self.about == "message",
            kind: self.kind.map(|kind| kind.parse()).transpose().ok()?,
            is_security: self.rank == 0,
            since: Instant::from_micros(self.state_at),
            goes_on: self.goes_on == 1,
        })
    }
}

impl fmt::Display for QueuePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.rank, self.since, self.number)
    }
}

impl FromStr for QueuePlace {
    type Err = QueuePlaceError;

    fn from_str(text: &str) -> Result<Self, QueuePlaceError> {
        let mut parts = text.splitn(3, '.').map(|part| part.parse().map_err(|_| QueuePlaceError));
        let mut part = || parts.next().unwrap_or(Err(QueuePlaceError));
        Ok(Self { rank: part()?, since: part()?, number: part()? })
    }
}
