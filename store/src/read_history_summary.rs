use std::cmp::Reverse;
use std::collections::BTreeMap;

use engine::{Channel, Instant, Kind, Verdict};

use crate::{AccountScope, HistoryCount, HistorySummary, Store, StoreError, on_both};

#[derive(sqlx::FromRow)]
struct CountRow {
    account_id: String,
    channel: Option<String>,
    kind: Option<String>,
    verdict: Option<String>,
    attention: i64,
    in_span: i64,
    entries: i64,
    first_at: i64,
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
                "select account_id, channel, kind, verdict, attention,
                        case when at >= $4 then cast(1 as bigint) else cast(0 as bigint) end as in_span,
                        count(*) as entries, min(at) as first_at
                 from {history} where account_id = $1 group by account_id, channel, kind, verdict, attention, 6",
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
        let count = row.read()?;
        let in_span = if count.is_in_span { count.entries } else { 0 };
        if let Some(channel) = count.channel {
            *by_channel.entry(channel).or_default() += count.entries;
            summary.messages_total += count.entries;
            summary.in_span += in_span;
        }
        if let Some(kind) = &count.kind {
            *by_kind.entry(kind.clone()).or_default() += count.entries;
        }
        if count.attention {
            summary.attention_total += count.entries;
            summary.attention_in_span += in_span;
        }
        summary.counts.push(count);
    }
    summary.owner = rows.first().map(|row| row.account_id.parse()).transpose().ok()?;
    summary.begins_at = rows.iter().map(|row| Instant::from_micros(row.first_at)).min();
    summary.by_channel = most_first(by_channel);
    summary.by_kind = most_first(by_kind);
    Some(summary)
}

impl CountRow {
    fn read(&self) -> Option<HistoryCount> {
        Some(HistoryCount {
            channel: self.channel.as_deref().map(str::parse).transpose().ok()?,
            kind: self.kind.as_deref().map(str::parse).transpose().ok()?,
            verdict: self.verdict.as_deref().map(str::parse::<Verdict>).transpose().ok()?,
            attention: self.attention != 0,
            is_in_span: self.in_span != 0,
            entries: self.entries.unsigned_abs(),
        })
    }
}

/// By number, the most first, and those of the same number by name.
fn most_first<T: Ord>(counts: BTreeMap<T, u64>) -> Vec<(T, u64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}
