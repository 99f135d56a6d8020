use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant as MachineTime};

use app::clock::Clock;
use engine::Span;
use store::{Judged, Store};

use super::metrics::Metrics;
use crate::catalogue::learn_again;
use crate::clock::{begin_timing, now};
use crate::import_feed::{ImportError, judge_waiting};
use crate::v1::Inflow;

/// How often a grace that has ended is looked for: a page says "until 18:40" and is right within this.
const EVERY: Duration = Duration::from_secs(30);
/// How long accounts that a large write touched wait to be judged: while more of them come in, each is judged once.
const SOON: Duration = Duration::from_secs(1);
/// Learning reads every account's history. It is done anew after so many times as long as it took, and so takes at most
/// this share of a core.
const LEARNING_SHARE: u32 = 20;
/// And no more often than that.
const LEARNING_EVERY_MIN: Duration = Duration::from_secs(10);

/// How long it is known who searched and opened nothing: a quarter of a year shows a habit.
const FAILURES_KEPT: Span = Span::days(90);

/// How long it is known which links there were: they are counted by the day.
const LINKS_KEPT: Span = Span::hours(25);
/// How long it is known what became of a mail: as long as somebody may ask where theirs is.
const MAIL_KEPT: Span = Span::days(30);

/// The public record is counted from every entry of every history, and is that of the day.
const RECORD_EVERY: Span = Span::minutes(30);

/// What learning has come to.
struct Learning {
    /// Messages that had been taken then.
    messages: u64,
    /// When it may be done again.
    next: MachineTime,
}

/// What is done beside answering requests, until the server stops: messages whose grace has ended are judged again, and
/// those that were left to be judged, or that the books were behind for; what messages assert is learnt anew as they
/// come; sessions and keys that have ended are forgotten, and old searches that opened nothing.
pub(super) async fn run(store: Store, clock: Clock, inflow: Arc<Inflow>, metrics: Metrics) {
    let mut learning = Learning { messages: 0, next: begin_timing() + LEARNING_EVERY_MIN };
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let is_due = tokio::select! {
            _ = ticks.tick() => true,
            () = inflow.queued.notified() => false,
        };
        match round(&store, clock, &inflow, &mut learning, is_due).await {
            Ok(judged) => metrics.job_done(&judged, now()),
            Err(error) => {
                metrics.job_failed();
                tracing::error!(%error, "a job failed and is tried again");
            }
        }
    }
}

/// What is to be done at a tick, or soon after accounts were left to be judged.
async fn round(
    store: &Store,
    clock: Clock,
    inflow: &Inflow,
    learning: &mut Learning,
    is_due: bool,
) -> Result<Judged, ImportError> {
    if is_due {
        tick(store, clock).await?;
    } else {
        tokio::time::sleep(SOON).await;
    }
    judge_and_learn(store, clock, inflow, learning).await
}

async fn tick(store: &Store, clock: Clock) -> Result<(), ImportError> {
    store.delete_expired_sessions(now()).await?;
    store.delete_old_idempotency_keys(clock.now()).await?;
    store.forget_lookup_failures(now().minus(FAILURES_KEPT)).await?;
    store.forget_sign_in_tries(now()).await?;
    store.forget_devices(now()).await?;
    store.forget_links(now().minus(LINKS_KEPT)).await?;
    store.forget_mail(now().minus(MAIL_KEPT)).await?;
    store.count_public_record(RECORD_EVERY, clock.now()).await?;
    store.queue_waiting_due(clock.now()).await?;
    store.queue_unchecked(clock.now()).await?;
    Ok(())
}

async fn judge_and_learn(
    store: &Store,
    clock: Clock,
    inflow: &Inflow,
    learning: &mut Learning,
) -> Result<Judged, ImportError> {
    let mut judged = judge_waiting(store, clock.now()).await?;
    let messages = inflow.messages.load(Ordering::Relaxed);
    let began = begin_timing();
    if messages > learning.messages && began >= learning.next {
        if learn_again(store, clock.now()).await? {
            judged.add(&judge_waiting(store, clock.now()).await?);
        }
        let took = began.elapsed();
        *learning = Learning { messages, next: began + LEARNING_EVERY_MIN.max(took * LEARNING_SHARE) };
    }
    if judged.accounts > 0 {
        inflow.live.look_soon();
        tracing::info!(accounts = judged.accounts, flagged = judged.flagged, "judged again");
    }
    store.release_memory().await?;
    Ok(judged)
}
