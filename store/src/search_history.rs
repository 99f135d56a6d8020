use engine::Kind;
use tokio::sync::Semaphore;

use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::narrow_reasons::narrow_rows;
use crate::page_rows::Place;
use crate::read_history::{cursor_of, read_entries};
use crate::record_rows::TransactionRow;
use crate::{
    AccountScope, Cursor, HistoryEntry, HistoryQuery, Page, Store, StoreError, StoreTransaction,
    TransactionView, on_both,
};

/// What a search looks at in an entry: both sides, as they were sent and recorded.
#[derive(Debug)]
pub struct SearchedEntry {
    /// What the message claims; what the transaction is, where there is no message.
    pub kind: Option<Kind>,
    /// The message's subject.
    pub subject: Option<String>,
    /// The beginning of its text as sent.
    pub text: Option<String>,
    /// The beginning of its HTML as sent.
    pub html: Option<String>,
    /// What vouches for the message, or what it is about; or what no message tells of.
    pub transaction: Option<TransactionView>,
}

/// How well an entry fits what is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It has what was typed.
    Exactly,
    /// It has what was typed but for slips.
    Nearly,
}

/// What a search finds in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How well it fits.
    pub fit: Fit,
    /// The part of the message's text that shows it, in place of its beginning.
    pub excerpt: Option<String>,
}

/// A page of what a search found, the newest entry first.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    /// The entries; all of them fit equally well.
    pub entries: Vec<HistoryEntry>,
    /// How well they fit.
    pub fit: Fit,
    /// For [`Page::Before`], where more may be found: behind the last entry, or behind the last one that was looked at.
    pub earlier: Option<Cursor>,
}

/// Of an account that has more entries, a search goes on from a link: within a second a page is to be there.
const SCANNED_MAX: usize = 25_000;
/// So much of both sides' words is gone through at once: mails with much HTML take longer than most.
const SCANNED_BYTES_MAX: usize = 24 << 20;
/// Rows that are in memory at once. Most are some hundred bytes; the longest are bounded by [`TEXT_CHARS_MAX`].
const ROWS_AT_ONCE: usize = 200;
/// A member's rows are put together anew each time, so that fewer times are better.
const ROWS_AT_ONCE_OF_MEMBERS: usize = 1_000;
/// What nobody reads to the end.
const TEXT_CHARS_MAX: i32 = 32 << 10;

/// Searches that go on at once, in their order: however many are asked for, the pages have the other cores.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

#[derive(sqlx::FromRow)]
struct SearchRow {
    at: i64,
    entry_id: String,
    kind: Option<String>,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    owner: Option<String>,
    transaction_id: Option<String>,
    transaction_kind: Option<String>,
    occurred_at: Option<i64>,
    recorded_at: Option<i64>,
    status: Option<String>,
    reference_list: Option<String>,
    amount_minor: Option<i64>,
    currency: Option<String>,
    imei: Option<String>,
    model: Option<String>,
    line: Option<String>,
    summary: Option<String>,
}

impl Store {
    /// The entries of an account's history in which `look` finds something, the newest first: those that fit exactly;
    /// where there is none, those that fit nearly.
    ///
    /// With `fit` given, only those that fit so: the pages behind a first one show more of its kind.
    pub async fn search_history(
        &self,
        scope: &AccountScope,
        (page, limit): (&Page, usize),
        fit: Option<Fit>,
        mut look: impl FnMut(&SearchedEntry) -> Option<Found> + Send,
    ) -> Result<SearchPage, StoreError> {
        let limit = limit.clamp(1, HistoryQuery::ENTRIES_MAX);
        let _turn = AT_ONCE.acquire().await.expect("nobody closes it");
        let mut work = self.begin_scoped(scope.account()).await?;
        let (mut place, _) = self.place_of(&mut work, scope, page).await?;
        let mut hits = Hits { fit, limit, exact: Vec::new(), near: Vec::new() };
        let (mut scanned, mut scanned_bytes) = (0, 0);
        let at_once = if scope.is_members() { ROWS_AT_ONCE_OF_MEMBERS } else { ROWS_AT_ONCE };
        let mut ended = false;
        while !ended && !hits.are_enough() && scanned < SCANNED_MAX && scanned_bytes < SCANNED_BYTES_MAX {
            let rows = search_rows(&mut work, scope, &place, at_once).await?;
            ended = rows.len() < at_once;
            scanned += rows.len();
            for row in rows {
                scanned_bytes +=
                    row.text.as_ref().map_or(0, String::len) + row.html.as_ref().map_or(0, String::len);
                place = Place { at: row.at, entry_id: row.entry_id.clone() };
                let entry = row.read()?;
                if let Some(found) = look(&entry) {
                    hits.take(&place, found);
                }
            }
        }
        let (fit, found) = hits.settle();
        let behind = (!ended).then_some(place);
        self.write_page(&mut work, scope, (fit, found, limit), behind).await
    }

    /// A page of what was found; `behind` is the last place looked at, where more may come after it.
    async fn write_page(
        &self,
        work: &mut StoreTransaction,
        scope: &AccountScope,
        (fit, mut found, limit): (Fit, Vec<(Place, Found)>, usize),
        behind: Option<Place>,
    ) -> Result<SearchPage, StoreError> {
        let more = found.len() > limit;
        found.truncate(limit);
        let rows = rows_at(work, scope, &found).await?;
        let earlier = if more { rows.last().map(|row| (row.at, row.entry_id.clone())) } else { None };
        let earlier = earlier.or(behind.map(|place| (place.at, place.entry_id)));
        let earlier = earlier.map(|(at, id)| cursor_of(at, &id, scope, self.token_key()));
        let mut entries = read_entries(work, scope, &rows).await?;
        for (entry, row) in entries.iter_mut().zip(&rows) {
            let found =
                found.iter_mut().find(|(place, _)| (place.at, &place.entry_id) == (row.at, &row.entry_id));
            let excerpt = found.and_then(|(_, found)| found.excerpt.take());
            if let (Some(message), Some(excerpt)) = (&mut entry.message, excerpt) {
                message.excerpt = excerpt;
            }
        }
        Ok(SearchPage { entries, fit, earlier })
    }
}

/// What was found so far, no more than a page and one.
struct Hits {
    fit: Option<Fit>,
    limit: usize,
    exact: Vec<(Place, Found)>,
    near: Vec<(Place, Found)>,
}

impl Hits {
    fn take(&mut self, place: &Place, found: Found) {
        let hits = match found.fit {
            Fit::Exactly => &mut self.exact,
            Fit::Nearly => &mut self.near,
        };
        if hits.len() <= self.limit {
            hits.push((Place { at: place.at, entry_id: place.entry_id.clone() }, found));
        }
    }

    fn are_enough(&self) -> bool {
        match self.fit {
            Some(Fit::Nearly) => self.near.len() > self.limit,
            Some(Fit::Exactly) | None => self.exact.len() > self.limit,
        }
    }

    fn settle(self) -> (Fit, Vec<(Place, Found)>) {
        match self.fit {
            Some(Fit::Nearly) => (Fit::Nearly, self.near),
            None if self.exact.is_empty() && !self.near.is_empty() => (Fit::Nearly, self.near),
            Some(Fit::Exactly) | None => (Fit::Exactly, self.exact),
        }
    }
}

/// The rows before a place, with all that a search looks at.
async fn search_rows(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    place: &Place,
    at_once: usize,
) -> Result<Vec<SearchRow>, StoreError> {
    let rows = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select history.at, history.entry_id, history.kind, messages.subject, substr(messages.text, 1, $7) as text,
                    substr(messages.html, 1, $7) as html, transactions.account_id as owner,
                    transactions.transaction_id, transactions.kind as transaction_kind, transactions.occurred_at,
                    transactions.recorded_at, transactions.status, transactions.reference_list,
                    transactions.amount_minor, transactions.currency, transactions.imei, transactions.model,
                    transactions.line, transactions.summary
             from {history}
             left join {messages} on messages.account_id = history.account_id and messages.sent_at = history.at
                               and messages.message_id = history.message_id
             left join {transactions} on transactions.account_id = history.account_id
                                   and transactions.occurred_at = history.transaction_at
                                   and transactions.transaction_id = history.transaction_id
             where history.account_id = $1 and (history.at, history.entry_id) < ($4, $5)
             order by history.account_id desc, history.at desc, history.entry_id desc limit $6",
            1,
        ))
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .bind(place.at)
        .bind(&place.entry_id)
        .bind(i64::try_from(at_once).expect("the bound is small"))
        .bind(TEXT_CHARS_MAX)
        .fetch_all(connection)
        .await?
    });
    Ok(rows)
}

/// The rows of the history at the places that were found, in their order.
async fn rows_at(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    found: &[(Place, Found)],
) -> Result<Vec<HistoryRow>, StoreError> {
    let places: Vec<(i64, &str)> = found.iter().map(|(place, _)| (place.at, &*place.entry_id)).collect();
    let rows = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, history.at, entry_id, message_id, transaction_id, transaction_at, kind, channel,
                    verdict, attention, untold, waits_until, reasons
             from (select distinct cast(value ->> 0 as bigint) as at, value ->> 1 as id from {rows}) as wanted
             join {history} on account_id = $2 and history.at = wanted.at and entry_id = wanted.id
             order by history.at desc, entry_id desc",
            2,
        ))
        .bind(json_list(places))
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    narrow_rows(work, scope, rows).await
}

impl SearchRow {
    fn read(self) -> Result<SearchedEntry, StoreError> {
        let kind = self.kind.as_deref().map(str::parse).transpose();
        let kind = kind.map_err(|_| StoreError::Unreadable("entry of a history"))?;
        let transaction = match (self.owner, self.transaction_id, self.transaction_kind) {
            (Some(account_id), Some(transaction_id), Some(kind)) => Some(TransactionRow {
                account_id,
                transaction_id,
                kind,
                occurred_at: self.occurred_at.unwrap_or_default(),
                recorded_at: self.recorded_at.unwrap_or_default(),
                status: self.status,
                reference_list: self.reference_list.unwrap_or_else(|| "[]".to_owned()),
                amount_minor: self.amount_minor,
                currency: self.currency,
                imei: self.imei,
                model: self.model,
                line: self.line,
                summary: self.summary,
            }),
            _ => None,
        };
        let transaction = transaction.map(TransactionRow::into_transaction).transpose()?;
        let (subject, text, html) = (self.subject, self.text, self.html);
        Ok(SearchedEntry { kind, subject, text, html, transaction: transaction.map(TransactionView::of) })
    }
}
