use std::cmp::Reverse;
use std::collections::BTreeMap;

use engine::{Channel, Instant, Kind};

use crate::{AccountScope, HistorySummary, Store, StoreError, on_both};

#[derive(sqlx::FromRow)]
struct CountRow {
    channel: Option<String>,
    kind: Option<String>,
    attention: i64,
    in_span: i64,
    entries: i64,
}

impl Store {
    /// An account's history in numbers, in all and since a moment.
    pub async fn read_summary(
        &self,
        scope: &AccountScope,
        since: Instant,
    ) -> Result<HistorySummary, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let rows: Vec<CountRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select channel, kind, attention, count(*) as entries,
                        case when at >= $4 then cast(1 as bigint) else cast(0 as bigint) end as in_span
                 from {history} where account_id = $1 group by channel, kind, attention, 5",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(since.micros())
            .fetch_all(connection)
            .await?
        });
        summarise(&rows).ok_or(StoreError::Unreadable("entry of a history"))
    }
}

fn summarise(rows: &[CountRow]) -> Option<HistorySummary> {
    let mut summary = HistorySummary::default();
    let mut by_channel: BTreeMap<Channel, u64> = BTreeMap::new();
    let mut by_kind: BTreeMap<Kind, u64> = BTreeMap::new();
    for row in rows {
        let entries = row.entries.unsigned_abs();
        let in_span = if row.in_span == 0 { 0 } else { entries };
        if let Some(channel) = &row.channel {
            *by_channel.entry(channel.parse().ok()?).or_default() += entries;
            summary.messages_total += entries;
            summary.in_span += in_span;
        }
        if let Some(kind) = &row.kind {
            *by_kind.entry(kind.parse().ok()?).or_default() += entries;
        }
        if row.attention != 0 {
            summary.attention_total += entries;
            summary.attention_in_span += in_span;
        }
    }
    summary.by_channel = most_first(by_channel);
    summary.by_kind = most_first(by_kind);
    Some(summary)
}

/// By number, the most first, and those of the same number by name.
fn most_first<T: Ord>(counts: BTreeMap<T, u64>) -> Vec<(T, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}
