use crate::learning_state::note_loaded;
use crate::sign_write::sign_write;
use crate::touched::Touched;
use crate::{Store, StoreError, StoreTransaction, on_both};

/// How far a file of a feed is loaded once a batch is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the feed is known by.
    pub feed: String,
    /// The file in it.
    pub file: String,
    /// How many of its lines are done, this batch's included.
    pub lines_done: u64,
}

impl Store {
    /// How many lines of a feed's file are done.
    pub async fn lines_done(&self, feed: &str, file: &str) -> Result<u64, StoreError> {
        let mut work = self.begin_jobs().await?;
        let lines: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select lines_done from import_progress where feed = $1 and file = $2")
                .bind(feed)
                .bind(file)
                .fetch_optional(connection)
                .await?
        });
        Ok(lines.and_then(|lines| u64::try_from(lines).ok()).unwrap_or(0))
    }
}

impl Progress {
    /// Ends the transaction that loaded the batch: both are kept, or neither, and what it touched is to be judged.
    pub(crate) async fn end(
        &self,
        store: &Store,
        mut work: StoreTransaction,
        touched: Touched,
    ) -> Result<(), StoreError> {
        sign_write(&mut work, store.instance()).await?;
        if !touched.is_empty() {
            note_loaded(&mut work).await?;
        }
        touched.queue(&mut work).await?;
        self.keep(&mut work).await?;
        work.commit().await
    }

    async fn keep(&self, work: &mut StoreTransaction) -> Result<(), StoreError> {
        on_both!(work, |connection| {
            sqlx::query(
                "insert into import_progress (feed, file, lines_done) values ($1, $2, $3)
                 on conflict (feed, file) do update set lines_done = excluded.lines_done",
            )
            .bind(&self.feed)
            .bind(&self.file)
            .bind(i64::try_from(self.lines_done).unwrap_or(i64::MAX))
            .execute(connection)
            .await?;
        });
        Ok(())
    }
}
