use engine::Instant;
use serde::{Deserialize, Serialize};

use crate::append_audit::append_audit;
use crate::setting::{drop_setting, keep_setting, read_setting};
use crate::{Act, Actor, AuditNote, Store, StoreError};

/// Since when, and why, no personal page is shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagesClosed {
    /// Since when.
    pub at: Instant,
    /// Why, for whoever is to look: nothing personal.
    pub why: String,
}

const CLOSED: &str = "personal_pages_closed";

impl Store {
    /// Closes the personal pages on every server of this store, until somebody opens them again. The first reason stays.
    pub async fn close_personal_pages(&self, closed: &PagesClosed, by: Actor) -> Result<(), StoreError> {
        let mut work = self.write_audited().await?;
        if read_setting(&mut work, CLOSED).await?.is_none() {
            let kept = serde_json::to_string(closed).expect("a text and a time are JSON");
            keep_setting(&mut work, CLOSED, &kept).await?;
            let note = AuditNote::new(closed.at, by, Act::PagesClosed).because(&closed.why);
            append_audit(&mut work, note).await?;
        }
        work.commit().await
    }

    /// Opens them again.
    pub async fn open_personal_pages(&self, by: Actor, now: Instant) -> Result<(), StoreError> {
        let mut work = self.write_audited().await?;
        if read_setting(&mut work, CLOSED).await?.is_some() {
            append_audit(&mut work, AuditNote::new(now, by, Act::PagesOpened)).await?;
        }
        drop_setting(&mut work, CLOSED).await?;
        work.commit().await
    }

    /// Whether they are closed.
    pub async fn personal_pages_closed(&self) -> Result<Option<PagesClosed>, StoreError> {
        let kept = read_setting(&mut self.begin_jobs().await?, CLOSED).await?;
        kept.map(|kept| serde_json::from_str(&kept).map_err(|_| StoreError::Unreadable("setting")))
            .transpose()
    }
}
