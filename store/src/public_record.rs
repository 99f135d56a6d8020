use engine::{Instant, Span};
use serde::{Deserialize, Serialize};

use crate::setting::{keep_setting, read_setting};
use crate::{Store, StoreError, on_both};

/// What everybody may know of how well messages are vouched for, as of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicRecord {
    /// Messages that were sent to accounts.
    pub messages: u64,
    /// Of these, those that told of something that happened on an account, and were checked.
    pub telling: u64,
    /// Of those, the ones that a transaction vouches for.
    pub vouched: u64,
    /// When they were counted, in microseconds since 1970.
    counted_at: i64,
}

const PUBLIC_RECORD: &str = "public_record";

impl PublicRecord {
    /// When they were counted.
    pub fn counted_at(&self) -> Instant {
        Instant::from_micros(self.counted_at)
    }

    /// Thousandths of the telling messages that are vouched for, rounded down; `None` where none was checked.
    pub fn vouched_permille(&self) -> Option<u64> {
        (self.vouched * 1_000).checked_div(self.telling)
    }
}

impl Store {
    /// The public record as it was last counted; `None` before that.
    pub async fn read_public_record(&self) -> Result<Option<PublicRecord>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let kept = read_setting(&mut work, PUBLIC_RECORD).await?;
        kept.map(|kept| serde_json::from_str(&kept).map_err(|_| StoreError::Unreadable("setting")))
            .transpose()
    }

    /// Counts the public record anew, and whom the published incidents touched, unless another server did so within `every`.
    /// It looks at every entry of every history once, beside those who write.
    pub async fn count_public_record(&self, every: Span, now: Instant) -> Result<(), StoreError> {
        let kept = self.read_public_record().await?;
        if kept.is_some_and(|kept| kept.counted_at().plus(every) > now && kept.counted_at() <= now) {
            return Ok(());
        }
        let record = self.count_messages(now).await?;
        let touched = self.count_all_touched().await?;
        let mut work = self.write().await?;
        keep_setting(&mut work, PUBLIC_RECORD, &serde_json::to_string(&record).expect("numbers are JSON"))
            .await?;
        for (slug, messages, accounts) in touched {
            on_both!(&mut work, |connection| {
                sqlx::query(
                    "update incidents set messages_touched = $2, accounts_touched = $3
                     where slug = $1 and state = 'published'",
                )
                .bind(slug)
                .bind(messages)
                .bind(accounts)
                .execute(connection)
                .await?;
            });
        }
        work.commit().await
    }

    async fn count_messages(&self, now: Instant) -> Result<PublicRecord, StoreError> {
        let mut work = self.begin_check().await?;
        let counts: Vec<(String, i64)> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select verdict, count(*) from history where message_id is not null and verdict is not null
                 group by verdict",
            )
            .fetch_all(connection)
            .await?
        });
        let mut record = PublicRecord { messages: 0, telling: 0, vouched: 0, counted_at: now.micros() };
        for (verdict, count) in counts {
            let count = count.unsigned_abs();
            record.messages += count;
            // What waits, or could not be checked, is not known yet.
            record.telling +=
                if matches!(&*verdict, "informational" | "waiting" | "unchecked") { 0 } else { count };
            record.vouched += if verdict == "matched" { count } else { 0 };
        }
        Ok(record)
    }

    async fn count_all_touched(&self) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let mut work = self.begin_check().await?;
        Ok(on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select slug, count(*), count(distinct nullif(account_id, '')) from touched_messages group by slug",
            )
            .fetch_all(connection)
            .await?
        }))
    }
}
