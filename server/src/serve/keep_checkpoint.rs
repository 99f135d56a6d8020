use std::time::Duration;

use store::Store;

use super::metrics::Metrics;
use crate::audit_checkpoint::CheckpointFile;

/// How often the checkpoint is brought forward: what is cut off the log's end within this, and the server killed before,
/// is all that would not be found.
const EVERY: Duration = Duration::from_secs(30);

/// Brings the audit log's checkpoint forward until the server stops.
pub(super) async fn run(store: Store, checkpoint: CheckpointFile, metrics: Metrics) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        once(&store, &checkpoint, &metrics).await;
    }
}

/// Brings it forward, and raises an alarm where the log is not what it was.
pub(super) async fn once(store: &Store, checkpoint: &CheckpointFile, metrics: &Metrics) {
    match checkpoint.advance(store).await {
        Ok(_) => metrics.audit_looked_at(false),
        Err(failure) if failure.is_alarm() => {
            metrics.audit_looked_at(true);
            tracing::error!(alarm = "audit_broken", %failure, "the audit log does not stand");
        }
        Err(failure) => tracing::error!(%failure, "the audit log could not be looked at, and is tried again"),
    }
}
