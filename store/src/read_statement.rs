use std::collections::BTreeMap;

use engine::{CounterfoilNumber, Instant};

use crate::dialect::Dialect;
use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::number_messages::counterfoil_numbers_of;
use crate::page_rows::{Place, Way, page_rows};
use crate::read_history::read_entries;
use crate::{AccountScope, HistoryEntry, HistoryFilter, Store, StoreError, StoreTransaction, on_both};

/// What of a history is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementQuery {
    /// From this moment on.
    pub from: Instant,
    /// Before this one.
    pub until: Instant,
    /// Only flagged messages and untold transactions.
    pub attention_only: bool,
    /// How many entries at most; the earliest are left out where there are more.
    pub limit: usize,
}

/// The messages of a period and what was untold in it, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// They.
    pub entries: Vec<StatementEntry>,
    /// Whether there are more than fit.
    pub more: bool,
}

/// A message, or an untold transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementEntry {
    /// It, as a history has it.
    pub entry: HistoryEntry,
    /// The address or number that the message went to.
    pub recipient: Option<String>,
    /// By which whoever holds the message may ask whether it was sent.
    pub number: Option<CounterfoilNumber>,
}

/// Rows read at once.
const ROWS_AT_ONCE: usize = 500;
/// Rows that are looked through for the entries of one statement: more happens on no account in a period that anybody
/// reads on paper.
const ROWS_MAX: usize = 20_000;

impl Store {
    /// What was sent within a period, each with what became of it, and the transactions that went untold.
    pub async fn read_statement(
        &self,
        scope: &AccountScope,
        query: &StatementQuery,
    ) -> Result<Statement, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let (mut rows, more) = rows_within(&mut work, scope, query).await?;
        rows.reverse();
        let entries = read_entries(&mut work, scope, &rows).await?;
        let recipients = recipients_of(&mut work, scope, &rows).await?;
        let ids = rows.iter().map(|row| row.message_id.as_deref().unwrap_or_default());
        let numbers = counterfoil_numbers_of(&mut work, self.token_key(), ids).await?;
        let entries = entries.into_iter().zip(numbers).map(|(entry, number)| {
            let recipient = entry.message.as_ref().and_then(|message| recipients.get(message.id.as_str()));
            StatementEntry { recipient: recipient.cloned(), number, entry }
        });
        Ok(Statement { entries: entries.collect(), more })
    }
}

/// The rows of a period that are stated, the newest first, and whether there are more.
async fn rows_within(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    query: &StatementQuery,
) -> Result<(Vec<HistoryRow>, bool), StoreError> {
    let filter = HistoryFilter { attention_only: query.attention_only, ..HistoryFilter::default() };
    let mut place = Place::before_all_at(query.until.micros());
    let mut stated = Vec::new();
    for _ in 0..ROWS_MAX / ROWS_AT_ONCE {
        let rows = page_rows(work, scope, &filter, (&place, Way::Earlier), ROWS_AT_ONCE).await?;
        let is_last = rows.len() < ROWS_AT_ONCE;
        for row in rows {
            if row.at < query.from.micros() {
                return Ok((stated, false));
            }
            place = Place { at: row.at, entry_id: row.entry_id.clone() };
            if row.message_id.is_none() && row.untold == 0 {
                continue;
            }
            if stated.len() == query.limit {
                return Ok((stated, true));
            }
            stated.push(row);
        }
        if is_last {
            return Ok((stated, false));
        }
    }
    Ok((stated, true))
}

/// To which addresses messages went, by their ids.
async fn recipients_of(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    rows: &[HistoryRow],
) -> Result<BTreeMap<String, String>, StoreError> {
    let keys = rows.iter().filter_map(|row| Some((row.at, row.message_id.as_deref()?)));
    let keys = json_list(keys);
    let recipients: Vec<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select message_id, recipient
             from (select distinct cast(value ->> 0 as bigint) as at, value ->> 1 as id from {rows}) as wanted
             cross join messages
             where account_id = $2 and sent_at = wanted.at and message_id = wanted.id",
        ))
        .bind(keys)
        .bind(scope.account().as_str())
        .fetch_all(connection)
        .await?
    });
    Ok(recipients.into_iter().collect())
}
