use std::collections::{BTreeMap, BTreeSet};

use engine::{Message, MessageId, Transaction};

use crate::execute_rows::execute_rows;
use crate::queue_accounts::queue_all;
use crate::{StoreError, StoreTransaction};

/// The accounts whose verdicts a write can change.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    accounts: BTreeMap<String, Changes>,
    every: bool,
    /// Whether to keep what changes, and not only where.
    keeps_changes: bool,
}

/// How a write touches an account.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Whether more changes than the records here say.
    pub is_anew: bool,
    /// Whether what its messages cite may be known elsewhere from now on, or no more.
    pub is_cited: bool,
    /// Records that stand from now on.
    pub records: Vec<Change>,
}

/// A record of an account that stands from now on, or is gone.
#[derive(Debug)]
pub(crate) enum Change {
    Transaction(Box<Transaction>),
    Message(Box<Message>),
    MessageGone(MessageId),
}

impl Touched {
    /// One that keeps what changes, too.
    pub(crate) fn keeping_changes() -> Self {
        Self { keeps_changes: true, ..Self::default() }
    }

    /// Adds accounts of which anything may have changed. '' is none.
    pub(crate) fn extend(&mut self, accounts: impl IntoIterator<Item: AsRef<str>>) {
        for account in accounts {
            self.change(account.as_ref(), |changes| changes.is_anew = true);
        }
    }

    /// Adds accounts that cite what is known elsewhere from now on, or no more.
    pub(crate) fn extend_citing(&mut self, accounts: &[String]) {
        for account in accounts {
            self.change(account, |changes| changes.is_cited = true);
        }
    }

    /// Adds the account of a record that stands from now on.
    pub(crate) fn add(&mut self, account: &str, change: impl FnOnce() -> Change) {
        let keeps = self.keeps_changes;
        self.change(account, |changes| {
            if keeps {
                changes.records.push(change());
            } else {
                changes.is_anew = true;
            }
        });
    }

    /// Says that any account's verdicts may be others.
    pub(crate) fn add_every_account(&mut self) {
        self.every = true;
    }

    /// The accounts, where they are so few that they can be judged at once, and no others.
    pub(crate) fn take_few(&mut self, accounts_max: usize) -> BTreeMap<String, Changes> {
        let few = !self.every && self.accounts.len() <= accounts_max;
        if few { std::mem::take(&mut self.accounts) } else { BTreeMap::new() }
    }

    /// The accounts that are left to be queued.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = &String> {
        self.accounts.keys()
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
        let accounts: BTreeSet<String> = self.accounts.into_keys().collect();
        let statement = "insert into judge_queue (account_id)
         select value ->> 0 from {rows} where true
         on conflict (account_id) do nothing";
        execute_rows(work, statement, accounts.into_iter().map(|account| (account,))).await
    }

    fn change(&mut self, account: &str, change: impl FnOnce(&mut Changes)) {
        if account.is_empty() {
            return;
        }
        if let Some(changes) = self.accounts.get_mut(account) {
            return change(changes);
        }
        change(self.accounts.entry(account.to_owned()).or_default());
    }
}
