use engine::Evidence;

use crate::judge_queued::read_step_of;
use crate::{Judging, Store, StoreError, on_both};

/// Accounts read at a time: their histories are in memory together.
const STEP_ACCOUNTS: i64 = 200;

impl Store {
    /// What the histories of all accounts show of what messages assert. Nothing is written, so that others can be.
    pub async fn show_evidence(&self, judging: &Judging) -> Result<Evidence, StoreError> {
        let judging = Judging { learns: true, ..judging.clone() };
        let (mut evidence, mut after) = (Evidence::default(), String::new());
        loop {
            let mut work = self.begin_jobs().await?;
            let accounts: Vec<String> = on_both!(&mut work, |connection| {
                sqlx::query_scalar(
                    "select account_id from accounts where account_id > $1 and deleted = 0
                     order by account_id limit $2",
                )
                .bind(&after)
                .bind(STEP_ACCOUNTS)
                .fetch_all(connection)
                .await?
            });
            let Some(last) = accounts.last() else { return Ok(evidence) };
            after.clone_from(last);
            let step = read_step_of(&mut work, accounts).await?;
            let (_, shown) =
                self.read_apart(step.records, &judging).await.map_err(|_| StoreError::Judging)??;
            evidence.merge(shown);
        }
    }
}
