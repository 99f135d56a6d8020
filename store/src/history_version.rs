use std::collections::{BTreeMap, BTreeSet};

use engine::AccountId;

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::json_list::json_list;
use crate::{AccountScope, Store, StoreError, StoreTransaction, on_both};

/// How often a history changed: another number is another history. It says nothing of what changed.
pub type HistoryVersion = i64;

impl Store {
    /// The version of an account's history; what is read after it is at least as new.
    pub async fn read_history_version(&self, scope: &AccountScope) -> Result<HistoryVersion, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let version: Option<i64> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select version from history_versions where account_id = $1")
                .bind(scope.account().as_str())
                .fetch_optional(connection)
                .await?
        });
        Ok(version.unwrap_or(0))
    }

    /// The versions of many histories, in one statement: numbers for those who wait for news, and nothing of the accounts'
    /// data. A history that was never written has none.
    pub async fn history_versions(
        &self,
        accounts: impl IntoIterator<Item = &AccountId>,
    ) -> Result<BTreeMap<AccountId, HistoryVersion>, StoreError> {
        let asked = json_list(accounts);
        let mut work = self.begin_jobs().await?;
        let rows: Vec<(String, i64)> = on_both!(&mut work, |connection| {
            sqlx::query_as(Driver::written(
                "select account_id, version from history_versions where account_id in ({texts})",
            ))
            .bind(asked)
            .fetch_all(connection)
            .await?
        });
        let known = rows.into_iter().map(|(account, version)| Some((account.parse().ok()?, version)));
        known.collect::<Option<_>>().ok_or(StoreError::Unreadable("account"))
    }
}

/// Makes the histories of some accounts other ones than they were, in the transaction that changes them.
pub(crate) async fn count_history_changes(
    work: &mut StoreTransaction,
    accounts: BTreeSet<&str>,
) -> Result<(), StoreError> {
    let statement = "insert into history_versions (account_id, version)
     select value ->> 0, 1 from {rows} where true
     on conflict (account_id) do update set version = history_versions.version + 1";
    execute_rows(work, statement, accounts.into_iter().map(|account| (account,)).collect::<Vec<_>>()).await
}
