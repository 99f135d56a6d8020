use std::collections::{BTreeMap, BTreeSet};

use engine::{AccountId, Instant, TokenKey};

use crate::address::{Address, Owner, owner_at};
use crate::dialect::Dialect;
use crate::json_list::json_list;
use crate::record_rows::account_id;
use crate::resolve_messages::read_address_book;
use crate::{Find, FoundBy, StoreError, StoreTransaction, on_both};

/// What a search finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Exactly one account, and by what.
    One(AccountId, FoundBy),
    /// None.
    Nothing,
    /// More than one.
    Several,
    /// Only what the operator has taken back.
    Deleted,
}

/// The one account that these mean.
pub(crate) async fn find_account(
    work: &mut StoreTransaction,
    finds: &[Find],
    key: &TokenKey,
    now: Instant,
) -> Result<Found, StoreError> {
    let mut found_by: BTreeMap<String, FoundBy> = BTreeMap::new();
    for find in finds {
        for account in accounts_of(work, find, key, now).await? {
            found_by.entry(account).or_insert(find.by());
        }
    }
    let known = known_among(work, found_by.keys()).await?;
    let mut live = known.iter().filter(|(_, deleted)| *deleted == 0);
    match (live.next(), live.next()) {
        (Some((account, _)), None) => Ok(Found::One(account_id(account)?, found_by[account])),
        (Some(_), Some(_)) => Ok(Found::Several),
        (None, _) if known.is_empty() => Ok(Found::Nothing),
        (None, _) => Ok(Found::Deleted),
    }
}

async fn accounts_of(
    work: &mut StoreTransaction,
    find: &Find,
    key: &TokenKey,
    now: Instant,
) -> Result<BTreeSet<String>, StoreError> {
    match find {
        Find::Account(id) => Ok(BTreeSet::from([id.to_string()])),
        Find::Email(address) => holders_of(work, address, key, now).await,
        Find::Phone(number) => holders_of(work, number.as_str(), key, now).await,
        Find::Message(id) => recipient_of(work, id.as_str()).await,
    }
}

/// Whose an address is; where it is nobody's any longer, whose it ever was.
async fn holders_of(
    work: &mut StoreTransaction,
    address: &str,
    key: &TokenKey,
    now: Instant,
) -> Result<BTreeSet<String>, StoreError> {
    let book = read_address_book(work, &BTreeSet::from([key.recipient_token(address).get()])).await?;
    let addresses: Vec<&Address> = book.values().flatten().collect();
    Ok(match owner_at(addresses.iter().copied(), now) {
        Owner::One(account) => BTreeSet::from([account.to_string()]),
        Owner::Several | Owner::Nobody => {
            addresses.iter().map(|address| address.account.to_string()).collect()
        }
    })
}

async fn recipient_of(work: &mut StoreTransaction, message: &str) -> Result<BTreeSet<String>, StoreError> {
    let account: Option<String> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select account_id from message_ids where message_id = $1 and deleted = 0 and account_id <> ''",
        )
        .bind(message)
        .fetch_optional(connection)
        .await?
    });
    Ok(account.into_iter().collect())
}

async fn known_among(
    work: &mut StoreTransaction,
    accounts: impl Iterator<Item = &String>,
) -> Result<Vec<(String, i64)>, StoreError> {
    let accounts = json_list(accounts);
    let known = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select account_id, deleted from accounts where account_id in ({texts}) order by account_id",
        ))
        .bind(accounts)
        .fetch_all(connection)
        .await?
    });
    Ok(known)
}
