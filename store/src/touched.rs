use std::collections::BTreeSet;

use crate::execute_rows::execute_rows;
use crate::queue_accounts::queue_all;
use crate::{StoreError, StoreTransaction};

/// The accounts whose verdicts a write can change.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    accounts: BTreeSet<String>,
    every: bool,
}

impl Touched {
    /// Adds accounts. '' is none.
    pub(crate) fn extend(&mut self, accounts: impl IntoIterator<Item: AsRef<str>>) {
        for account in accounts {
            let account = account.as_ref();
            if !account.is_empty() && !self.accounts.contains(account) {
                self.accounts.insert(account.to_owned());
            }
        }
    }

    /// Says that any account's verdicts may be others.
    pub(crate) fn add_every_account(&mut self) {
        self.every = true;
    }

    /// The accounts, where they are so few that they can be judged at once, and no others.
    pub(crate) fn take_few(&mut self, accounts_max: usize) -> BTreeSet<String> {
        let few = !self.every && self.accounts.len() <= accounts_max;
        if few { std::mem::take(&mut self.accounts) } else { BTreeSet::new() }
    }

    /// Whether any are left to be queued.
    pub(crate) fn is_empty(&self) -> bool {
        !self.every && self.accounts.is_empty()
    }

    /// Has them judged again.
    pub(crate) async fn queue(self, work: &mut StoreTransaction) -> Result<(), StoreError> {
        if self.every {
            queue_all(work).await?;
        }
        let statement = "insert into judge_queue (account_id)
         select value ->> 0 from {rows} where true
         on conflict (account_id) do nothing";
        execute_rows(work, statement, self.accounts.into_iter().map(|account| (account,))).await
    }
}
