use std::collections::BTreeSet;

use engine::{Account, TokenKey, Transaction};

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::json_list::json_list;
use crate::read_books::{read_accounts, read_transactions};
use crate::touched::Touched;
use crate::{StoreError, StoreTransaction, on_both};

/// A token and the account whose books hold it.
pub(crate) type KnownToken = (i64, String);

/// What an account's own record makes known: its devices and lines.
pub(crate) fn tokens_of_account(account: &Account, key: &TokenKey) -> impl Iterator<Item = KnownToken> {
    account.holds().map(|citation| (citation.token(key).get(), account.id.to_string()))
}

/// What a transaction makes known of its account: its references, device and line.
pub(crate) fn tokens_of_transaction(
    transaction: &Transaction,
    key: &TokenKey,
) -> impl Iterator<Item = KnownToken> {
    transaction.holds().map(|citation| (citation.token(key).get(), transaction.account.to_string()))
}

/// Makes tokens known, which touches the accounts that cite them.
pub(crate) async fn add_known(
    work: &mut StoreTransaction,
    known: &BTreeSet<KnownToken>,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let statement = "insert into known_tokens (token, account_id)
     select cast(value ->> 0 as bigint), value ->> 1 from {rows} where true
     on conflict (token, account_id) do nothing";
    execute_rows(work, statement, known).await?;
    touch_citing(work, known, touched).await
}

/// Forgets the tokens of records that are no more, unless another record of the account has them too, which touches the
/// accounts that cite them.
pub(crate) async fn drop_known(
    work: &mut StoreTransaction,
    gone: &BTreeSet<KnownToken>,
    key: &TokenKey,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    if gone.is_empty() {
        return Ok(());
    }
    let ids = json_list(gone.iter().map(|(_, account)| account).collect::<BTreeSet<_>>());
    let accounts = read_accounts(work, &ids).await?;
    let transactions = read_transactions(work, &ids).await?;
    let held: BTreeSet<KnownToken> = (accounts.iter().flat_map(|account| tokens_of_account(account, key)))
        .chain(transactions.iter().flat_map(|transaction| tokens_of_transaction(transaction, key)))
        .collect();
    let gone: BTreeSet<KnownToken> = gone.difference(&held).cloned().collect();
    let statement = "delete from known_tokens where (token, account_id) in
     (select cast(value ->> 0 as bigint), value ->> 1 from {rows})";
    execute_rows(work, statement, &gone).await?;
    touch_citing(work, &gone, touched).await
}

async fn touch_citing(
    work: &mut StoreTransaction,
    tokens: &BTreeSet<KnownToken>,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    if tokens.is_empty() {
        return Ok(());
    }
    let tokens = json_list(tokens.iter().map(|(token, _)| token));
    let citing: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select distinct account_id from cited_tokens where token in ({integers})",
        ))
        .bind(tokens)
        .fetch_all(connection)
        .await?
    });
    touched.extend_citing(&citing);
    Ok(())
}
