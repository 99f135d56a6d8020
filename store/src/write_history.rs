use std::collections::{BTreeMap, BTreeSet};

use engine::Instant;
use serde::Deserialize;

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::history_row::HistoryRow;
use crate::history_version::count_history_changes;
use crate::json_list::json_rows;
use crate::note_alerts::note_flagged;
use crate::{StoreError, StoreTransaction, on_both};

impl HistoryRow {
    pub(crate) fn key(&self) -> (&str, i64, &str) {
        (&self.account_id, self.at, &self.entry_id)
    }

    fn is_same_verdict(&self, other: &Self) -> bool {
        let verdict = |row: &Self| (row.verdict.clone(), row.transaction_id.clone(), row.reasons.clone());
        verdict(self) == verdict(other)
    }

    /// Whether it is a message that was likely sent in error.
    pub(crate) fn is_flagged(&self) -> bool {
        self.verdict
            .as_deref()
            .and_then(|verdict| verdict.parse().ok())
            .is_some_and(engine::Verdict::is_flagged)
    }
}

/// When and by what a verdict was reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Stamp {
    pub judged_at: i64,
    pub catalogue_version: i64,
    pub engine_version: String,
}

/// A row as it stands, with how it came about.
#[derive(Deserialize)]
pub(crate) struct KeptRow {
    pub row: HistoryRow,
    stamp: Stamp,
}

/// Makes the rows the whole history of a JSON list of accounts, and tells of how many messages the verdict was another.
/// Rows that stay as they are, are not written; a verdict that another takes the place of is kept among the past ones.
pub(crate) async fn write_history(
    work: &mut StoreTransaction,
    ids: &str,
    rows: Vec<HistoryRow>,
    stamp: &Stamp,
) -> Result<usize, StoreError> {
    let kept = read_kept(work, ids).await?;
    replace_rows(work, &kept, &rows, stamp).await
}

/// Makes the rows what stands under some keys, theirs among them.
pub(crate) async fn write_changed_history(
    work: &mut StoreTransaction,
    mut keys: BTreeSet<(String, i64, String)>,
    rows: &[HistoryRow],
    stamp: &Stamp,
) -> Result<usize, StoreError> {
    keys.extend(rows.iter().map(|row| (row.account_id.clone(), row.at, row.entry_id.clone())));
    let kept = read_kept_at(work, &keys).await?;
    replace_rows(work, &kept, rows, stamp).await
}

async fn replace_rows(
    work: &mut StoreTransaction,
    kept: &[KeptRow],
    rows: &[HistoryRow],
    stamp: &Stamp,
) -> Result<usize, StoreError> {
    let kept_by_key: BTreeMap<_, &KeptRow> = kept.iter().map(|kept| (kept.row.key(), kept)).collect();
    let by_key: BTreeMap<_, &HistoryRow> = rows.iter().map(|row| (row.key(), row)).collect();
    let is_other = |kept: &&KeptRow| by_key.get(&kept.row.key()).is_none_or(|row| **row != kept.row);
    let gone: Vec<&KeptRow> = kept.iter().filter(is_other).collect();
    let judged_anew = |kept: &&&KeptRow| {
        kept.row.message_id.is_some()
            && by_key.get(&kept.row.key()).is_none_or(|row| !row.is_same_verdict(&kept.row))
    };
    let past: Vec<&KeptRow> = gone.iter().filter(judged_anew).copied().collect();
    keep_past(work, past.iter().map(|kept| (*kept, stamp.judged_at))).await?;
    delete_rows(work, gone.iter().map(|kept| kept.row.key())).await?;
    let stamped = by_key.iter().filter_map(|(key, row)| match kept_by_key.get(key) {
        Some(kept) if kept.row == **row => None,
        Some(kept) if kept.row.is_same_verdict(row) => Some((*row, &kept.stamp)),
        _ => Some((*row, stamp)),
    });
    let stamped: Vec<_> = stamped.collect();
    insert_rows(work, &stamped).await?;
    let changed = gone.iter().map(|kept| &kept.row).chain(stamped.iter().map(|(row, _)| *row));
    count_history_changes(work, changed.map(|row| row.account_id.as_str()).collect()).await?;
    let is_news = |row: &&&HistoryRow| {
        row.is_flagged() && kept_by_key.get(&row.key()).is_none_or(|kept| !kept.row.is_flagged())
    };
    note_flagged(work, by_key.values().filter(is_news).copied(), stamp.judged_at).await?;
    let verdict = |kept: &KeptRow| by_key.get(&kept.row.key()).map(|row| &row.verdict);
    Ok(past.iter().filter(|kept| verdict(kept).is_some_and(|verdict| *verdict != kept.row.verdict)).count())
}

/// Makes the pairs all that a JSON list of accounts cites.
pub(crate) async fn write_cited(
    work: &mut StoreTransaction,
    ids: &str,
    cited: &BTreeSet<(i64, String)>,
) -> Result<(), StoreError> {
    let kept: Vec<(i64, String)> = on_both!(&mut *work, |connection| {
        sqlx::query_as(Driver::written(
            "select token, account_id from cited_tokens where account_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    let kept: BTreeSet<(i64, String)> = kept.into_iter().collect();
    let statement = "delete from cited_tokens where (token, account_id) in
     (select cast(value ->> 0 as bigint), value ->> 1 from {rows})";
    execute_rows(work, statement, kept.difference(cited)).await?;
    let statement = "insert into cited_tokens (token, account_id)
     select cast(value ->> 0 as bigint), value ->> 1 from {rows}";
    execute_rows(work, statement, cited.difference(&kept)).await
}

/// The kept history of a JSON list of accounts, in any order: a value an account, which costs less to hand over than a row.
pub(crate) async fn read_kept(work: &mut StoreTransaction, ids: &str) -> Result<Vec<KeptRow>, StoreError> {
    let kept: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select cast({group}({array}({array}(account_id, at, entry_id, message_id, transaction_id, transaction_at,
                                                 kind, channel, verdict, attention, untold, waits_until, reasons),
                                         {array}(judged_at, catalogue_version, engine_version))) as text)
             from history where account_id in ({texts}) group by account_id",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    let read =
        kept.iter().map(|rows| serde_json::from_str::<Vec<KeptRow>>(rows)).collect::<Result<Vec<_>, _>>();
    Ok(read.map_err(|_| StoreError::Unreadable("history"))?.into_iter().flatten().collect())
}

async fn read_kept_at(
    work: &mut StoreTransaction,
    keys: &BTreeSet<(String, i64, String)>,
) -> Result<Vec<KeptRow>, StoreError> {
    let mut kept = Vec::new();
    for list in json_rows(keys.iter()) {
        let rows: Vec<String> = on_both!(&mut *work, |connection| {
            sqlx::query_scalar(Driver::written(
                "select cast({array}({array}(account_id, at, entry_id, message_id, transaction_id, transaction_at,
                                             kind, channel, verdict, attention, untold, waits_until, reasons),
                                     {array}(judged_at, catalogue_version, engine_version)) as text)
                 from history where (account_id, at, entry_id) in
                 (select value ->> 0, cast(value ->> 1 as bigint), value ->> 2 from {rows})",
            ))
            .bind(list)
            .fetch_all(connection)
            .await?
        });
        let read = rows.iter().map(|row| serde_json::from_str::<KeptRow>(row)).collect::<Result<Vec<_>, _>>();
        kept.extend(read.map_err(|_| StoreError::Unreadable("history"))?);
    }
    Ok(kept)
}

async fn keep_past<'a>(
    work: &mut StoreTransaction,
    past: impl Iterator<Item = (&'a KeptRow, i64)> + Send,
) -> Result<(), StoreError> {
    let rows = past.map(|(KeptRow { row, stamp }, replaced_at)| {
        let HistoryRow { account_id, message_id, verdict, transaction_id, reasons, .. } = row;
        let Stamp { judged_at, catalogue_version, engine_version } = stamp;
        let stood = (judged_at, replaced_at);
        let by = (catalogue_version, engine_version);
        (account_id, message_id, stood.0, stood.1, verdict, transaction_id, reasons, by.0, by.1)
    });
    let statement = "insert into past_verdicts
         (account_id, message_id, place, judged_at, replaced_at, verdict, transaction_id, reasons,
          catalogue_version, engine_version)
     select value ->> 0, value ->> 1,
            (select count(*) from past_verdicts as past
             where past.account_id = value ->> 0 and past.message_id = value ->> 1),
            cast(value ->> 2 as bigint), cast(value ->> 3 as bigint), value ->> 4, value ->> 5, value ->> 6,
            cast(value ->> 7 as bigint), value ->> 8
     from {rows}";
    execute_rows(work, statement, rows.collect::<Vec<_>>()).await
}

async fn delete_rows<'a>(
    work: &mut StoreTransaction,
    keys: impl Iterator<Item = (&'a str, i64, &'a str)> + Send,
) -> Result<(), StoreError> {
    let statement = "delete from history where (account_id, at, entry_id) in
     (select value ->> 0, cast(value ->> 1 as bigint), value ->> 2 from {rows})";
    execute_rows(work, statement, keys.collect::<Vec<_>>()).await
}

async fn insert_rows(work: &mut StoreTransaction, rows: &[(&HistoryRow, &Stamp)]) -> Result<(), StoreError> {
    let rows = rows.iter().map(|(row, stamp)| {
        let HistoryRow { account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, .. } =
            row;
        let HistoryRow { channel, verdict, attention, untold, waits_until, reasons, .. } = row;
        let key = (account_id, at, entry_id);
        let about = (message_id, transaction_id, transaction_at, kind);
        (key, about, (channel, verdict, attention, untold, waits_until, reasons), stamp.columns())
    });
    let statement = "insert into history
         (account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
          attention, untold, waits_until, reasons, judged_at, catalogue_version, engine_version)
     select value -> 0 ->> 0, cast(value -> 0 ->> 1 as bigint), value -> 0 ->> 2,
            value -> 1 ->> 0, value -> 1 ->> 1, cast(value -> 1 ->> 2 as bigint), value -> 1 ->> 3,
            value -> 2 ->> 0, value -> 2 ->> 1, cast(value -> 2 ->> 2 as bigint), cast(value -> 2 ->> 3 as bigint),
            cast(value -> 2 ->> 4 as bigint), value -> 2 ->> 5,
            cast(value -> 3 ->> 0 as bigint), cast(value -> 3 ->> 1 as bigint), value -> 3 ->> 2
     from {rows}";
    execute_rows(work, statement, rows).await
}

impl Stamp {
    /// That of verdicts reached at a moment by a version of the catalogue.
    pub(crate) fn new(at: Instant, catalogue_version: i64) -> Self {
        let engine_version = engine::VERSION.to_owned();
        Self { judged_at: at.micros(), catalogue_version, engine_version }
    }

    fn columns(&self) -> (i64, i64, &str) {
        (self.judged_at, self.catalogue_version, &self.engine_version)
    }
}
