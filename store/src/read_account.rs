use engine::{Account, AccountId, TimeZone};

use crate::offer_link::read_record;
use crate::record_rows::account_of_record;
use crate::{AccountScope, AccountView, Store, StoreError, StoreTransaction, on_both};

impl Store {
    /// The account as its owner sees it.
    pub async fn read_account(&self, scope: &AccountScope) -> Result<AccountView, StoreError> {
        read_account_of(&mut self.begin_scoped(scope.account()).await?, scope).await
    }
}

/// The same in a scoped transaction.
pub(crate) async fn read_account_of(
    work: &mut StoreTransaction,
    scope: &AccountScope,
) -> Result<AccountView, StoreError> {
    let record: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar("select record from accounts where account_id = $1 and deleted = 0")
            .bind(scope.account().as_str())
            .fetch_optional(connection)
            .await?
    });
    // The operator may take the account away between the scope's opening and this.
    let account = match record {
        Some(record) => account_of_record(&record)?,
        None => Account::bare(scope.account().clone()),
    };
    Ok(AccountView::of(account))
}

/// The zone in which an account's days begin, read as jobs read it.
pub(crate) async fn account_zone(
    work: &mut StoreTransaction,
    account: &AccountId,
) -> Result<TimeZone, StoreError> {
    let record = read_record(work, account).await?;
    Ok(record.map(|account| account.time_zone).unwrap_or_default())
}
