use std::time::Duration;

use app::clock::Clock;
use engine::Span;
use store::Store;

use crate::clock::now;
use crate::import_feed::{ImportError, judge_touched};

/// How often a grace that has ended is looked for: a page says "until 18:40" and is right within this.
const EVERY: Duration = Duration::from_secs(30);

/// How long it is known who searched and opened nothing: a quarter of a year shows a habit.
const FAILURES_KEPT: Span = Span::days(90);

/// What is done beside answering requests, until the server stops: messages whose grace has ended are judged again, and
/// sessions that have ended are forgotten, and old searches that opened nothing.
pub(super) async fn run(store: Store, clock: Clock) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = tick(&store, clock).await {
            tracing::error!(%error, "a job failed and is tried again");
        }
    }
}

async fn tick(store: &Store, clock: Clock) -> Result<(), ImportError> {
    store.delete_expired_sessions(now()).await?;
    store.forget_lookup_failures(now().minus(FAILURES_KEPT)).await?;
    store.queue_waiting_due(clock.now()).await?;
    let judged = judge_touched(store, clock.now()).await?;
    if judged.accounts > 0 {
        tracing::info!(accounts = judged.accounts, flagged = judged.flagged, "judged again");
    }
    Ok(())
}
