use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::clock::Clock;
use store::{Handed, Judging, OnlineWritten, Standings, Store, StoreError, Written};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::catalogue::{CATALOGUES_MAX, stored_judging};
use crate::import_feed::ImportError;
use crate::serve::Metrics;

/// Writes what many requests hand in: those that come while a write is under way are written together by the next, and
/// share its commit.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

/// What comes in, for the jobs beside.
pub struct Inflow {
    /// That accounts are left to be judged.
    pub queued: Notify,
    /// Messages taken since the server started.
    pub messages: AtomicU64,
    metrics: Metrics,
}

impl Inflow {
    /// Nothing has come in; what does is counted there, too.
    pub fn new(metrics: Metrics) -> Self {
        Self { queued: Notify::new(), messages: AtomicU64::new(0), metrics }
    }

    fn count(&self, kind: &'static str, written: &Written) {
        let Written::Taken(records) = written else { return };
        self.metrics.count_written(kind, records);
        if kind == "messages" {
            self.messages.fetch_add(records.len() as u64, Ordering::Relaxed);
        }
    }
}

/// That what was handed in was not written; why is in the log.
#[derive(Debug)]
pub(super) struct NotWritten;

struct Waiting {
    handed: Handed,
    reply: oneshot::Sender<Result<Written, NotWritten>>,
}

/// Requests that wait to be written before others have to wait to be read.
const WAITING_MAX: usize = 1_024;
/// Records after which no more requests join a write: all of them wait for all.
const RECORDS_TOGETHER_MAX: usize = 256;

impl Writer {
    /// Begins to write what it is handed.
    pub fn start(store: Store, clock: Clock, inflow: Arc<Inflow>) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(write_all(store, clock, inflow, waiting));
        Self { queue }
    }

    /// Writes it; what became of it.
    pub(super) async fn write(&self, handed: Handed) -> Result<Written, NotWritten> {
        let (reply, written) = oneshot::channel();
        self.queue.send(Waiting { handed, reply }).await.map_err(|_| NotWritten)?;
        written.await.map_err(|_| NotWritten)?
    }
}

async fn write_all(store: Store, clock: Clock, inflow: Arc<Inflow>, mut waiting: mpsc::Receiver<Waiting>) {
    let (mut judging, mut standings) = (None, Standings::default());
    while let Some(first) = waiting.recv().await {
        let together = take_together(first, &mut waiting);
        let (handed, replies): (Vec<_>, Vec<_>) =
            together.into_iter().map(|Waiting { handed, reply }| (handed, reply)).unzip();
        let kinds: Vec<&'static str> = handed.iter().map(|handed| handed.records.kind()).collect();
        let (store, known, standing) = (store.clone(), judging.take(), std::mem::take(&mut standings));
        // In a task of its own: should it panic, only those it writes for are told so.
        let done = tokio::spawn(async move { write(&store, clock, handed, known, standing).await }).await;
        match done.map_err(anyhow::Error::from).and_then(|done| done.map_err(anyhow::Error::from)) {
            Ok((done, by, standing)) => {
                (judging, standings) = (Some(by), standing);
                if done.is_queued {
                    inflow.queued.notify_one();
                }
                for ((reply, kind), written) in replies.into_iter().zip(kinds).zip(done.written) {
                    inflow.count(kind, &written);
                    // Whoever asked may be gone; what they handed in is written all the same.
                    let _ = reply.send(Ok(written));
                }
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "what was handed in could not be written");
                for reply in replies {
                    let _ = reply.send(Err(NotWritten));
                }
            }
        }
    }
}

/// The first, and those that wait behind it.
fn take_together(first: Waiting, waiting: &mut mpsc::Receiver<Waiting>) -> Vec<Waiting> {
    let mut records = first.handed.records.len();
    let mut together = vec![first];
    while records < RECORDS_TOGETHER_MAX
        && let Ok(next) = waiting.try_recv()
    {
        records += next.handed.records.len();
        together.push(next);
    }
    together
}

async fn write(
    store: &Store,
    clock: Clock,
    handed: Vec<Handed>,
    known: Option<Judging>,
    mut standings: Standings,
) -> Result<(OnlineWritten, Judging, Standings), ImportError> {
    let mut judging = match known {
        Some(known) => Judging { at: clock.now(), ..known },
        None => stored_judging(store, clock.now()).await?,
    };
    for _ in 1..CATALOGUES_MAX {
        match store.begin_online(&judging, &mut standings).await {
            Ok(online) => {
                let written = online.take(handed).await?;
                return Ok((written, judging, standings));
            }
            Err(StoreError::OtherCatalogue) => judging = stored_judging(store, clock.now()).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::OtherCatalogue.into())
}
