use engine::{Instant, Span};
use serde::{Deserialize, Serialize};

use crate::setting::{keep_setting, read_number, read_setting};
use crate::touched::Touched;
use crate::{Store, StoreError, StoreTransaction, on_both};

const HEARTBEAT: &str = "books_complete_until";
const RHYTHM: &str = "books_rhythm";

/// How far behind an operator's books may be without anybody being told: what has not arrived within the hour mostly
/// does within the grace of its messages.
pub const BOOKS_LATE_MAX: Span = Span::hours(1);
/// How far ahead of our clock a sender's may be.
const CLOCKS_APART_MAX: Span = Span::minutes(5);
/// Silences after which it is known how long they usually are.
const SILENCES_MIN: u64 = 1_000;
/// A silence is unusual when it is so many times as long as all but one in a thousand.
const TIMES_USUAL: i64 = 4;
const ONE_IN: u64 = 1_000;
/// Powers of two of a millisecond: the last is 12 days.
const LENGTHS: usize = 31;

/// Why a heartbeat is not taken.
#[derive(Debug, thiserror::Error)]
pub enum HeartbeatError {
    /// Nobody can know yet.
    #[error("`complete_until` is in the future: send a time up to which the transactions are complete")]
    Future,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How transactions come in: when the last did, and how often there was nothing for how long before one.
#[derive(Default, Serialize, Deserialize)]
struct Rhythm {
    last_seen_at: i64,
    /// By the power of two of their milliseconds.
    silences: Vec<u64>,
}

impl Store {
    /// Takes an operator's word on how far its transactions are complete; what it is from now on, for it never goes
    /// back.
    pub async fn keep_heartbeat(
        &self,
        complete_until: Instant,
        now: Instant,
    ) -> Result<Instant, HeartbeatError> {
        if complete_until > now.plus(CLOCKS_APART_MAX) {
            return Err(HeartbeatError::Future);
        }
        let mut work = self.write_bulk().await?;
        let known = read_heartbeat(&mut work).await?;
        let complete_until = known.map_or(complete_until, |known| known.max(complete_until));
        keep_setting(&mut work, HEARTBEAT, &complete_until.micros().to_string()).await?;
        queue_unchecked(&mut work).await?;
        work.commit().await.map_err(HeartbeatError::Store)?;
        Ok(complete_until)
    }

    /// How far the books are complete, where they are behind.
    pub async fn books_until(&self, now: Instant) -> Result<Option<Instant>, StoreError> {
        read_books_until(&mut self.begin_jobs().await?, now).await
    }

    /// Has the accounts judged again that could not be, once the books are complete.
    pub async fn queue_unchecked(&self, now: Instant) -> Result<(), StoreError> {
        let mut work = self.write_bulk().await?;
        if read_books_until(&mut work, now).await?.is_none() {
            queue_unchecked(&mut work).await?;
        }
        work.commit().await
    }
}

/// How far the books are complete, where they are behind: by the operator's word if it ever gave it, else by the rhythm
/// in which transactions come.
pub(crate) async fn read_books_until(
    work: &mut StoreTransaction,
    now: Instant,
) -> Result<Option<Instant>, StoreError> {
    if let Some(until) = read_heartbeat(work).await? {
        return Ok((now > until.plus(BOOKS_LATE_MAX)).then_some(until));
    }
    let rhythm = read_rhythm(work).await?;
    let last_seen_at = Instant::from_micros(rhythm.last_seen_at);
    let silence_max = rhythm.silence_max();
    Ok(silence_max.filter(|longest| now > last_seen_at.plus(*longest)).map(|_| last_seen_at))
}

/// Notes that transactions came.
pub(crate) async fn count_transactions_seen(
    work: &mut StoreTransaction,
    now: Instant,
) -> Result<(), StoreError> {
    let mut rhythm = read_rhythm(work).await?;
    let silence = now.micros().saturating_sub(rhythm.last_seen_at) / 1_000;
    if rhythm.last_seen_at > 0 && silence > 0 {
        rhythm.count(silence);
    }
    rhythm.last_seen_at = rhythm.last_seen_at.max(now.micros());
    let kept = serde_json::to_string(&rhythm).expect("numbers are JSON");
    keep_setting(work, RHYTHM, &kept).await
}

impl Rhythm {
    fn count(&mut self, silence_ms: i64) {
        self.silences.resize(LENGTHS, 0);
        let power = usize::try_from(silence_ms.max(1).ilog2()).unwrap_or(0);
        self.silences[power.min(LENGTHS - 1)] += 1;
    }

    /// The longest silence that is no sign of anything, once enough is known of them.
    fn silence_max(&self) -> Option<Span> {
        let count: u64 = self.silences.iter().sum();
        if count < SILENCES_MIN {
            return None;
        }
        let mut longer = count;
        let usual = self.silences.iter().position(|silences| {
            longer -= silences;
            longer * ONE_IN <= count
        })?;
        Some(Span::millis(1 << (usual + 1)).times(TIMES_USUAL).max(BOOKS_LATE_MAX))
    }
}

async fn read_heartbeat(work: &mut StoreTransaction) -> Result<Option<Instant>, StoreError> {
    Ok(read_number(work, HEARTBEAT).await?.map(Instant::from_micros))
}

async fn read_rhythm(work: &mut StoreTransaction) -> Result<Rhythm, StoreError> {
    let kept = read_setting(work, RHYTHM).await?;
    kept.map_or(Ok(Rhythm::default()), |kept| {
        serde_json::from_str(&kept).map_err(|_| StoreError::Unreadable("setting"))
    })
}

async fn queue_unchecked(work: &mut StoreTransaction) -> Result<(), StoreError> {
    let unchecked: Vec<String> = on_both!(&mut *work, |connection| {
        sqlx::query_scalar("select distinct account_id from history where verdict = 'unchecked'")
            .fetch_all(connection)
            .await?
    });
    let mut touched = Touched::default();
    touched.extend(&unchecked);
    touched.queue(work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_is_unusual_beside_those_there_were() {
        let mut rhythm = Rhythm::default();
        (0..999).for_each(|_| rhythm.count(60_000));
        assert_eq!(rhythm.silence_max(), None);
        rhythm.count(3_600_000 * 10);
        rhythm.count(60_000);
        assert_eq!(rhythm.silence_max(), Some(BOOKS_LATE_MAX));
        (0..10).for_each(|_| rhythm.count(3_600_000 * 10));
        let longest = rhythm.silence_max().unwrap();
        assert!(longest > Span::hours(40) && longest < Span::hours(80), "{longest:?}");
    }
}
