use std::time::Duration;

use app::clock::Clock;
use store::{Judged, Store};

use super::metrics::Metrics;
use crate::clock::now;
use crate::import_feed::{ImportError, judge_touched};

/// How often a grace that has ended is looked for: a page says "until 18:40" and is right within this.
const EVERY: Duration = Duration::from_secs(30);

/// What is done beside answering requests, until the server stops: messages whose grace has ended are judged again, and
/// sessions that have ended are forgotten.
pub(super) async fn run(store: Store, clock: Clock, metrics: Metrics) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match tick(&store, clock).await {
            Ok(judged) => metrics.job_done(&judged, now()),
            Err(error) => {
                metrics.job_failed();
                tracing::error!(%error, "a job failed and is tried again");
            }
        }
    }
}

async fn tick(store: &Store, clock: Clock) -> Result<Judged, ImportError> {
    store.delete_expired_sessions(now()).await?;
    store.queue_waiting_due(clock.now()).await?;
    let judged = judge_touched(store, clock.now()).await?;
    if judged.accounts > 0 {
        tracing::info!(accounts = judged.accounts, flagged = judged.flagged, "judged again");
    }
    store.release_memory().await?;
    Ok(judged)
}
