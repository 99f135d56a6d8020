use engine::{Instant, OpenSort, Transaction, account_now};

use crate::record_rows::TransactionRow;
use crate::{AccountScope, Store, StoreError, TransactionView, on_both};

/// The account's latest transactions that are looked through: a person's of many years, and read at once.
const TRANSACTIONS_MAX: usize = 5_000;

/// What an account has going on, as its owner sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountNowView {
    /// What was begun and has not ended, by when it began.
    pub open: Vec<OpenView>,
    /// The latest change of plan of each line, and of the account where no line is named; by time.
    pub plans: Vec<TransactionView>,
    /// Of each sort of change by which an account is taken over, and of each line where it is a line's, the latest; by
    /// time.
    pub changes: Vec<TransactionView>,
    /// All such changes since the moment asked about; by time.
    pub lately: Vec<TransactionView>,
    /// Whether the account has earlier transactions that were not looked through.
    pub more: bool,
}

/// Something that was begun and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenView {
    /// What it is.
    pub sort: OpenSort,
    /// What began it.
    pub begun: TransactionView,
    /// The latest that happened to it.
    pub latest: TransactionView,
}

impl Store {
    /// What is open on the account at a moment, its plans and its last changes; and all changes `since` another.
    pub async fn read_account_now(
        &self,
        scope: &AccountScope,
        now: Instant,
        since: Instant,
    ) -> Result<AccountNowView, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let mut rows: Vec<TransactionRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list,
                        amount_minor, currency, imei, model, line, summary
                 from {transactions} where account_id = $1
                 order by account_id desc, occurred_at desc, transaction_id desc limit $4",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(i64::try_from(TRANSACTIONS_MAX + 1).expect("the bound is small"))
            .fetch_all(connection)
            .await?
        });
        let more = rows.len() > TRANSACTIONS_MAX;
        rows.truncate(TRANSACTIONS_MAX);
        let transactions: Vec<Transaction> =
            rows.into_iter().map(TransactionRow::into_transaction).collect::<Result<_, _>>()?;
        Ok(AccountNowView { more, ..view(&transactions, now, since) })
    }
}

fn view(transactions: &[Transaction], now: Instant, since: Instant) -> AccountNowView {
    let shown = |transaction: &Transaction| TransactionView::of(transaction.clone());
    let found = account_now(transactions, now, since);
    let open = found.open.iter().map(|open| OpenView {
        sort: open.sort,
        begun: shown(open.begun),
        latest: shown(open.latest),
    });
    AccountNowView {
        open: open.collect(),
        plans: found.plans.into_iter().map(shown).collect(),
        changes: found.changes.into_iter().map(shown).collect(),
        lately: found.lately.into_iter().map(shown).collect(),
        more: false,
    }
}
