use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::{Store, StoreError, on_both};

/// Some accounts out of all, picked by chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSample {
    /// Their ids.
    pub accounts: Vec<String>,
    /// Of how many they were picked.
    pub of: u64,
}

/// Ids read at a time.
const PAGE_ROWS: i64 = 10_000;

impl Store {
    /// So many accounts, each with the same chance; the same ones for the same seed and accounts.
    pub async fn sample_accounts(&self, count: usize, seed: u64) -> Result<AccountSample, StoreError> {
        // Those whose hashes are least: an account's place does not depend on the others'.
        let mut least: BTreeSet<(u64, String)> = BTreeSet::new();
        let (mut of, mut after) = (0, String::new());
        loop {
            let page = self.read_account_ids(&after).await?;
            let Some(end) = page.last() else { break };
            after.clone_from(end);
            for account in page {
                of += 1;
                least.insert((place(seed, &account), account));
                if least.len() > count {
                    least.pop_last();
                }
            }
        }
        Ok(AccountSample { accounts: least.into_iter().map(|(_, account)| account).collect(), of })
    }

    async fn read_account_ids(&self, after: &str) -> Result<Vec<String>, StoreError> {
        let mut work = self.begin_jobs().await?;
        Ok(on_both!(&mut work, |connection| {
            sqlx::query_scalar(
                "select account_id from accounts where account_id > $1 and deleted = 0 order by account_id limit $2",
            )
            .bind(after)
            .bind(PAGE_ROWS)
            .fetch_all(connection)
            .await?
        }))
    }
}

fn place(seed: u64, account: &str) -> u64 {
    let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(account).finalize();
    u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 has 32 bytes"))
}
