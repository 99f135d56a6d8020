use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::history_row::HistoryRow;
use crate::{StoreError, StoreTransaction, on_both};

impl HistoryRow {
    pub(crate) fn key(&self) -> (&str, i64, &str) {
        (&self.account_id, self.at, &self.entry_id)
    }

    /// Whether it is a message that was likely sent in error.
    pub(crate) fn is_flagged(&self) -> bool {
        self.verdict
            .as_deref()
            .and_then(|verdict| verdict.parse().ok())
            .is_some_and(engine::Verdict::is_flagged)
    }
}

/// Makes the rows the whole history of a JSON list of accounts, and tells of how many messages the verdict was another.
/// Rows that stay as they are, are not written.
pub(crate) async fn write_history(
    work: &mut StoreTransaction,
    ids: &str,
    rows: Vec<HistoryRow>,
) -> Result<usize, StoreError> {
    let kept = read_kept(work, ids).await?;
    let kept_by_key: BTreeMap<_, &HistoryRow> = kept.iter().map(|row| (row.key(), row)).collect();
    let stays = |row: &HistoryRow| kept_by_key.get(&row.key()).is_some_and(|kept| *kept == row);
    let (unchanged, changed): (Vec<HistoryRow>, Vec<HistoryRow>) = rows.into_iter().partition(stays);
    let unchanged: BTreeSet<_> = unchanged.iter().map(HistoryRow::key).collect();
    delete_rows(work, kept_by_key.keys().filter(|key| !unchanged.contains(*key))).await?;
    let mut changed: Vec<&HistoryRow> = changed.iter().collect();
    changed.sort_by(|a, b| a.key().cmp(&b.key()));
    insert_rows(work, &changed).await?;
    let is_other =
        |row: &&&HistoryRow| kept_by_key.get(&row.key()).is_some_and(|kept| kept.verdict != row.verdict);
    Ok(changed.iter().filter(is_other).count())
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

/// The kept history of a JSON list of accounts, in any order.
pub(crate) async fn read_kept(work: &mut StoreTransaction, ids: &str) -> Result<Vec<HistoryRow>, StoreError> {
    let kept = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
                    attention, untold, waits_until, reasons
             from history where account_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(kept)
}

async fn delete_rows<'a>(
    work: &mut StoreTransaction,
    keys: impl Iterator<Item = &'a (&'a str, i64, &'a str)> + Send,
) -> Result<(), StoreError> {
    let statement = "delete from history where (account_id, at, entry_id) in
     (select value ->> 0, cast(value ->> 1 as bigint), value ->> 2 from {rows})";
    execute_rows(work, statement, keys).await
}

async fn insert_rows(work: &mut StoreTransaction, rows: &[&HistoryRow]) -> Result<(), StoreError> {
    let rows = rows.iter().map(|row| {
        let HistoryRow { account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, .. } =
            row;
        let HistoryRow { channel, verdict, attention, untold, waits_until, reasons, .. } = row;
        let about = (transaction_id, transaction_at);
        (
            account_id,
            at,
            entry_id,
            message_id,
            about.0,
            about.1,
            kind,
            channel,
            verdict,
            attention,
            untold,
            waits_until,
            reasons,
        )
    });
    let statement = "insert into history
         (account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
          attention, untold, waits_until, reasons)
     select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, value ->> 3, value ->> 4,
            cast(value ->> 5 as bigint), value ->> 6, value ->> 7, value ->> 8,
            cast(value ->> 9 as bigint), cast(value ->> 10 as bigint), cast(value ->> 11 as bigint),
            value ->> 12
     from {rows}";
    execute_rows(work, statement, rows).await
}
