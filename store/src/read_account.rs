use engine::{Account, AccountId, Imei, TimeZone};

use crate::offer_link::read_record;
use crate::record_rows::account_of_record;
use crate::{AccountScope, AccountView, Store, StoreError, StoreTransaction, on_both};

impl Store {
    /// The account as its owner sees it, or as a member does: of its people themselves alone, of its lines theirs, and of
    /// its devices those that something on their lines was about.
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
    let Some(part) = scope.part() else { return Ok(AccountView::of(account)) };
    let devices = devices_of_lines(work, scope).await?;
    Ok(AccountView::of_part(account, part, &devices))
}

/// The devices that transactions of a member's lines name.
async fn devices_of_lines(
    work: &mut StoreTransaction,
    scope: &AccountScope,
) -> Result<Vec<Imei>, StoreError> {
    let devices: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(scope.written::<Driver>(
            "select distinct imei from {transactions} where account_id = $1 and imei is not null",
            1,
        ))
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    devices.iter().map(|imei| imei.parse().map_err(|_| StoreError::Unreadable("transaction"))).collect()
}

/// The zone in which an account's days begin, read as jobs read it.
pub(crate) async fn account_zone(
    work: &mut StoreTransaction,
    account: &AccountId,
) -> Result<TimeZone, StoreError> {
    let record = read_record(work, account).await?;
    Ok(record.map(|account| account.time_zone).unwrap_or_default())
}
