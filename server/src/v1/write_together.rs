use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use app::clock::Clock;
use store::{
    ActDone, ActNotDone, Acts, Handed, Judging, MailDesk, OnlineWritten, SignInChange, Standings, Store,
    StoreError, Told, Written,
};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::MissedTickBehavior;

use crate::catalogue::{CATALOGUES_MAX, stored_judging};
use crate::clock::now;
use crate::import_feed::ImportError;
use crate::serve::{Live, Metrics};

/// Writes what many requests hand in, and what people do to their sign-ins: requests that come while a write is under way are written together by the next, and
/// share its commit.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
}

/// What comes in, for the jobs beside.
pub struct Inflow {
    /// That accounts are left to be judged.
    pub queued: Notify,
    /// That mail waits to be sent.
    pub mail: Notify,
    /// Who waits for news of a history.
    pub(crate) live: Arc<Live>,
    /// Messages taken since the server started.
    pub messages: AtomicU64,
    metrics: Metrics,
}

impl Inflow {
    /// Nothing has come in; what does is counted there, too.
    pub fn new(metrics: Metrics) -> Self {
        Self {
            queued: Notify::new(),
            mail: Notify::new(),
            live: Arc::new(Live::new(metrics.live_streams().clone())),
            messages: AtomicU64::new(0),
            metrics,
        }
    }

    fn announce(&self, is_queued: bool, has_mail: bool) {
        self.live.look_soon();
        if is_queued {
            self.queued.notify_one();
        }
        if has_mail {
            self.mail.notify_one();
        }
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

/// What the one writer of records is handed.
enum Work {
    /// Records, together.
    Records(Vec<Waiting>),
    /// What somebody does to a sign-in.
    Act(SignInChange),
    /// What people are to be told of by mail, if there is anything.
    Tell,
}

/// What is written in one transaction.
enum Task {
    Records(Vec<Handed>),
    Act(Arc<SignInChange>),
    Tell,
}

/// What became of it.
enum Done {
    Records(OnlineWritten),
    Act(ActDone),
    Told(Told),
}

/// Whoever writes records, with what they know from write to write.
struct Desk {
    store: Store,
    clock: Clock,
    mail: MailDesk,
}

/// What a writer keeps from write to write.
#[derive(Default)]
struct Kept {
    judging: Option<Judging>,
    standings: Standings,
}

/// How often it is looked for whom to tell what.
const TELLING_EVERY: Duration = Duration::from_secs(10);
/// Acts that wait before others are told to come again.
const ACTS_WAITING_MAX: usize = 1_024;
/// Requests that wait to be written before others have to wait to be read.
const WAITING_MAX: usize = 1_024;
/// Records after which no more requests join a write: all of them wait for all.
const RECORDS_TOGETHER_MAX: usize = 256;

impl Writer {
    /// Begins to write what it is handed, and what is handed in as acts.
    pub fn start(store: Store, clock: Clock, mail: MailDesk, inflow: Arc<Inflow>) -> (Self, Acts) {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        let (acts, asked) = mpsc::channel(ACTS_WAITING_MAX);
        tokio::spawn(write_all(Arc::new(Desk { store, clock, mail }), inflow, waiting, asked));
        (Self { queue }, acts)
    }

    /// Writes it; what became of it.
    pub(super) async fn write(&self, handed: Handed) -> Result<Written, NotWritten> {
        let (reply, written) = oneshot::channel();
        self.queue.send(Waiting { handed, reply }).await.map_err(|_| NotWritten)?;
        written.await.map_err(|_| NotWritten)?
    }
}

async fn write_all(
    desk: Arc<Desk>,
    inflow: Arc<Inflow>,
    mut waiting: mpsc::Receiver<Waiting>,
    mut acts: mpsc::Receiver<SignInChange>,
) {
    let mut kept = Kept::default();
    let mut ticks = tokio::time::interval(TELLING_EVERY);
    // The first tick of all comes at once otherwise.
    ticks.reset();
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let work = tokio::select! {
            // Nobody hands anything in any longer.
            _ = ticks.tick() => if waiting.is_closed() && acts.is_closed() { return } else { Work::Tell },
            Some(first) = waiting.recv() => Work::Records(take_together(first, &mut waiting)),
            Some(act) = acts.recv() => Work::Act(act),
            else => return,
        };
        kept = match work {
            Work::Records(together) => write_records(&desk, &inflow, together, kept).await,
            Work::Act(act) => write_act(&desk, &inflow, act, kept).await,
            Work::Tell => {
                let (more, kept) = tell(&desk, &inflow, kept).await;
                if more {
                    ticks.reset_immediately();
                }
                kept
            }
        };
    }
}

/// Writes what several hand in, and tells each of them.
async fn write_records(desk: &Arc<Desk>, inflow: &Inflow, together: Vec<Waiting>, kept: Kept) -> Kept {
    let (handed, replies): (Vec<_>, Vec<_>) =
        together.into_iter().map(|Waiting { handed, reply }| (handed, reply)).unzip();
    let kinds: Vec<&'static str> = handed.iter().map(|handed| handed.records.kind()).collect();
    let (done, kept) = write_apart(desk, Task::Records(handed), kept).await;
    let Some(Done::Records(done)) = done else {
        for reply in replies {
            let _ = reply.send(Err(NotWritten));
        }
        return kept;
    };
    inflow.announce(done.is_queued, done.has_mail);
    for ((reply, kind), written) in replies.into_iter().zip(kinds).zip(done.written) {
        inflow.count(kind, &written);
        // Whoever asked may be gone; what they handed in is written all the same.
        let _ = reply.send(Ok(written));
    }
    kept
}

/// Does what somebody asks for, and tells them where they wait.
async fn write_act(desk: &Arc<Desk>, inflow: &Inflow, act: SignInChange, kept: Kept) -> Kept {
    let act = Arc::new(act);
    let (done, kept) = write_apart(desk, Task::Act(Arc::clone(&act)), kept).await;
    let done = match done {
        Some(Done::Act(done)) => {
            inflow.announce(done.is_queued, done.has_mail);
            Ok(done.reply)
        }
        _ => Err(ActNotDone::Failed),
    };
    if let Some(act) = Arc::into_inner(act) {
        act.answer(done);
    }
    kept
}

/// Tells some of those who are to be told something; whether there are more.
async fn tell(desk: &Arc<Desk>, inflow: &Inflow, kept: Kept) -> (bool, Kept) {
    match desk.store.is_any_to_tell(now(), desk.clock.now()).await {
        Ok(true) => {}
        Ok(false) => return (false, kept),
        Err(error) => {
            tracing::error!(%error, "whom to tell what could not be looked up, and is again");
            return (false, kept);
        }
    }
    let (done, kept) = write_apart(desk, Task::Tell, kept).await;
    let Some(Done::Told(told)) = done else { return (false, kept) };
    inflow.announce(told.is_queued, told.has_mail);
    (told.more, kept)
}

/// Writes in a task of its own: should it panic, only those it writes for are told so. What a write that failed knew is
/// not known any longer.
async fn write_apart(desk: &Arc<Desk>, task: Task, kept: Kept) -> (Option<Done>, Kept) {
    let by = Arc::clone(desk);
    let done = tokio::spawn(async move { by.write(task, kept).await }).await;
    match done.map_err(anyhow::Error::from).and_then(|done| done.map_err(anyhow::Error::from)) {
        Ok((done, kept)) => (Some(done), kept),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "what was handed in could not be written");
            (None, Kept::default())
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

impl Desk {
    /// Does it by the catalogue that holds, whoever changes that meanwhile.
    async fn write(&self, task: Task, kept: Kept) -> Result<(Done, Kept), ImportError> {
        let (at, mut standings) = (self.clock.now(), kept.standings);
        let mut judging = match kept.judging {
            Some(known) => Judging { at, ..known },
            None => stored_judging(&self.store, at).await?,
        };
        for _ in 1..CATALOGUES_MAX {
            match self.store.begin_online(&judging, &mut standings).await {
                Ok(online) => {
                    let done = match task {
                        Task::Records(handed) => {
                            Done::Records(online.telling(&self.mail, now()).take(handed).await?)
                        }
                        Task::Act(act) => Done::Act(online.act(&act, &self.mail, now()).await?),
                        Task::Tell => Done::Told(online.tell_due(&self.mail, now()).await?),
                    };
                    return Ok((done, Kept { judging: Some(judging), standings }));
                }
                Err(StoreError::OtherCatalogue) => judging = stored_judging(&self.store, at).await?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::OtherCatalogue.into())
    }
}
