use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use engine::{FeedRecord, Instant};
use store::{Loaded, Progress, Store, StoreError};
use tokio::sync::mpsc::{Receiver, channel};

use super::fingerprint::fingerprint;
use super::{ImportError, ImportSummary, progress_bar};
use crate::feed::{BadLine, Batch, FeedFile, FeedFolder, read_batches};

/// A record that a store loads batches of.
pub(super) trait Load: FeedRecord + Send + 'static {
    /// The file that has lines of it.
    const FILE: FeedFile;

    /// What of it the store takes.
    type Ready: From<Self> + Send + 'static;

    /// Loads a batch and keeps the progress, both or neither.
    fn load(
        store: &Store,
        progress: &Progress,
        batch: Vec<Self::Ready>,
        now: Instant,
    ) -> impl Future<Output = Result<Loaded, StoreError>> + Send;
}

/// Records loaded in one transaction: enough for its commit to weigh little, few enough for memory.
const BATCH_RECORDS: usize = 10_000;
/// Batches of a file's stretches that are parsed ahead of their loading.
const AHEAD_MAX: usize = 8;

/// Loads what of a file is not loaded yet.
pub(super) async fn load_file<R: Load>(
    store: &Store,
    feed: &Arc<FeedFolder>,
    now: Instant,
    summary: &mut ImportSummary,
) -> Result<(), ImportError> {
    let file = feed.packed(R::FILE)?;
    let feed_id =
        tokio::task::spawn_blocking(move || fingerprint(file)).await.map_err(io::Error::other)??;
    let done = store.lines_done(&feed_id, R::FILE.name()).await?;
    let bar = progress_bar(feed.size(R::FILE), R::FILE.name(), "{bytes}/{total_bytes}");
    let packed = feed.packed(R::FILE)?;
    let counted = bar.wrap_read(packed);
    let unpacked = feed.unpack(R::FILE, counted);
    let (parsed, batches) = channel::<Batch<R::Ready>>(AHEAD_MAX);
    let parsing = tokio::task::spawn_blocking(move || {
        read_batches(
            unpacked,
            |record: R| R::Ready::from(record),
            |batch| -> io::Result<()> {
                parsed.blocking_send(batch).map_err(|_| io::Error::other("the import stopped"))
            },
        )
    });
    let loaded = load_batches::<R>(store, &feed_id, done, batches, now, summary).await;
    let read = parsing.await.map_err(io::Error::other)?;
    bar.finish_and_clear();
    loaded?;
    Ok(read?)
}

/// Loads batches in the order of their lines, whatever order they were parsed in.
async fn load_batches<R: Load>(
    store: &Store,
    feed_id: &str,
    done: u64,
    mut parsed: Receiver<Batch<R::Ready>>,
    now: Instant,
    summary: &mut ImportSummary,
) -> Result<(), ImportError> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    let mut pending = Pending::<R>::default();
    while let Some(batch) = parsed.recv().await {
        early.insert(batch.place, batch);
        while let Some(batch) = early.remove(&next) {
            next += 1;
            pending.take(batch, done, summary, R::FILE);
            if pending.records.len() >= BATCH_RECORDS {
                pending.load(store, feed_id, now, summary).await?;
            }
        }
    }
    if pending.lines_done > done { pending.load(store, feed_id, now, summary).await } else { Ok(()) }
}

/// Records on their way into one transaction.
struct Pending<R: Load> {
    lines_done: u64,
    records: Vec<(u64, R::Ready)>,
}

impl<R: Load> Default for Pending<R> {
    fn default() -> Self {
        Self { lines_done: 0, records: Vec::new() }
    }
}

impl<R: Load> Pending<R> {
    fn take(&mut self, batch: Batch<R::Ready>, done: u64, summary: &mut ImportSummary, file: FeedFile) {
        self.lines_done = batch.first_line + batch.lines - 1;
        summary.bad.extend(batch.bad.into_iter().map(|line| (file, line)));
        for (number, record) in batch.records {
            if number > done {
                self.records.push((number, record));
            } else {
                summary.skipped += 1;
            }
        }
    }

    async fn load(
        &mut self,
        store: &Store,
        feed_id: &str,
        now: Instant,
        summary: &mut ImportSummary,
    ) -> Result<(), ImportError> {
        let (numbers, records): (Vec<u64>, Vec<R::Ready>) =
            std::mem::take(&mut self.records).into_iter().unzip();
        let progress = Progress {
            feed: feed_id.to_owned(),
            file: R::FILE.name().to_owned(),
            lines_done: self.lines_done,
        };
        let loaded = R::load(store, &progress, records, now).await?;
        summary.count(&loaded);
        summary.bad.extend(loaded.refused.into_iter().map(|(place, refusal)| {
            (R::FILE, BadLine { number: numbers[place], reason: refusal.to_string() })
        }));
        Ok(())
    }
}
