use crate::setting::{drop_setting, keep_setting, read_setting};
use crate::{Store, StoreError, StoreTransaction};

const SETTING: &str = "learning";
/// Records were loaded, and their accounts are not judged yet.
const LOADED: &str = "loaded";
/// Their accounts are being judged, or that was cut short.
const JUDGING: &str = "judging";

impl Store {
    /// Begins to judge what was loaded and to learn from it; tells whether an earlier run began and did not end, so that
    /// what its judging showed is lost.
    pub async fn begin_learning(&self) -> Result<bool, StoreError> {
        let mut work = self.write_bulk().await?;
        let state = read_setting(&mut work, SETTING).await?;
        if state.is_some() {
            keep_setting(&mut work, SETTING, JUDGING).await?;
        }
        work.commit().await?;
        Ok(state.as_deref() == Some(JUDGING))
    }

    /// Says that all that there was to learn is learnt.
    pub async fn end_learning(&self) -> Result<(), StoreError> {
        let mut work = self.write_bulk().await?;
        drop_setting(&mut work, SETTING).await?;
        work.commit().await
    }
}

/// Notes that there is something to learn from.
pub(crate) async fn note_loaded(work: &mut StoreTransaction) -> Result<(), StoreError> {
    if read_setting(work, SETTING).await?.is_none() {
        keep_setting(work, SETTING, LOADED).await?;
    }
    Ok(())
}
