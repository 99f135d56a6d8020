use crate::setting::{keep_setting, read_number};
use crate::{StoreError, StoreTransaction};

const SETTING: &str = "records_written_by";

/// Notes whose write of records is under way; tells whether theirs was the last one, too. Whoever keeps in memory how
/// accounts stand learns so that another wrote.
pub(crate) async fn sign_write(work: &mut StoreTransaction, instance: u64) -> Result<bool, StoreError> {
    let is_ours = read_number(work, SETTING).await? == Some(instance);
    if !is_ours {
        keep_setting(work, SETTING, &instance.to_string()).await?;
    }
    Ok(is_ours)
}
