use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::clock::Clock;
use store::{Actor, PagesClosed, Store};
use tokio::time::{MissedTickBehavior, interval};

use super::{Canary, Front, prepare_canaries, probe};
use crate::clock::now;
use crate::serve::Metrics;

/// Whether personal pages are closed, as every request asks.
pub type PagesState = Arc<AtomicBool>;

/// Watches over who is shown what, until the server stops.
pub struct Watch {
    /// The store that says whether personal pages are closed.
    pub store: Store,
    /// The present of the pages.
    pub clock: Clock,
    /// What requests ask.
    pub state: PagesState,
    /// Where it is counted.
    pub metrics: Metrics,
}

/// How often it is asked whether another server, or somebody, closed the pages or opened them.
const STATE_EVERY: Duration = Duration::from_secs(2);
/// What is told as the reason, wherever it was found: nothing of whom.
const WHY: &str = "a canary was shown what is not its own";

impl Watch {
    /// Follows what is kept of whether the pages are closed.
    pub async fn follow(self) {
        let mut ticks = interval(STATE_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            match self.store.personal_pages_closed().await {
                Ok(closed) => self.set(closed.is_some()),
                Err(error) => tracing::warn!(%error, "whether personal pages are closed can't be read"),
            }
        }
    }

    /// Reads the canaries' pages through the front, again and again.
    pub async fn probe(self, front: Front, every: Duration) {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once, when the front may not be there yet.
        ticks.tick().await;
        let mut canaries = None;
        loop {
            ticks.tick().await;
            if let Err(error) = self.round(&front, &mut canaries).await {
                tracing::error!(error = format!("{error:#}"), "the canaries could not be sent out");
            }
        }
    }

    async fn round(&self, front: &Front, canaries: &mut Option<Vec<Canary>>) -> anyhow::Result<()> {
        if canaries.is_none() {
            *canaries = Some(prepare_canaries(&self.store, self.clock.now()).await?);
        }
        let canaries = canaries.as_deref().unwrap_or_default();
        let found = probe(front, &self.store, canaries).await?;
        let hits: Vec<_> = found.iter().filter(|(_, finding)| finding.is_hit()).collect();
        for (path, finding) in &hits {
            self.metrics.canary_hit();
            tracing::error!(alarm = "canary", path, ?finding, "{WHY}: personal pages are closed");
        }
        if !hits.is_empty() {
            let closed = PagesClosed { at: now(), why: WHY.to_owned() };
            let kept = self.store.close_personal_pages(&closed, Actor::job("canary")).await;
            // Here at least, whatever became of telling the others.
            self.set(true);
            kept?;
        }
        if let Some((path, super::Finding::Unknown(why))) =
            found.iter().find(|(_, finding)| matches!(finding, super::Finding::Unknown(_)))
        {
            tracing::warn!(path, why, "a canary could not read its page through the public front");
        }
        Ok(())
    }

    fn set(&self, closed: bool) {
        self.metrics.pages_are_closed(closed);
        if self.state.swap(closed, Ordering::Relaxed) != closed {
            tracing::warn!(closed, "personal pages were closed or opened");
        }
    }
}
