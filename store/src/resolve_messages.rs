use std::collections::{BTreeMap, BTreeSet};

use engine::{Instant, Token};

use crate::address::{Address, Owner, owner_at};
use crate::dialect::Dialect;
use crate::json_list::{json_list, json_rows};
use crate::record_rows::account_id;
use crate::touched::Touched;
use crate::{StoreError, StoreTransaction, on_both};

/// Addresses by recipient.
pub(crate) type AddressBook = BTreeMap<i64, Vec<Address>>;

type AddressRow = (i64, String, i64, i64);

/// A message that names no account, where it is and where it belongs.
#[derive(sqlx::FromRow)]
struct Unnamed {
    recipient_token: i64,
    account_id: String,
    sent_at: i64,
    message_id: String,
}

/// Whose a message is that names no account, by those who have its recipient; '' where nobody's.
///
/// A message does not leave its account because the account gave the address up, only for another account: what a
/// customer once saw stays theirs after they changed their address.
pub(crate) fn account_by_recipient<'a>(
    book: &'a AddressBook,
    recipient: i64,
    sent_at: Instant,
    current: &'a str,
) -> &'a str {
    let addresses = book.get(&recipient).map_or(&[][..], Vec::as_slice);
    match owner_at(addresses, sent_at) {
        Owner::One(account) => account.as_str(),
        Owner::Several => "",
        Owner::Nobody => current,
    }
}

/// Looks again whose the messages are that went to some recipients and name no account, moves those that are another's,
/// which touches both accounts. An account in `deleted` keeps none that it only had by its address.
pub(crate) async fn resolve_messages(
    work: &mut StoreTransaction,
    recipients: BTreeSet<i64>,
    deleted: &BTreeSet<&str>,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let unnamed = read_unnamed(work, &json_list(&recipients)).await?;
    if unnamed.is_empty() {
        return Ok(());
    }
    let book =
        read_address_book(work, &unnamed.iter().map(|message| message.recipient_token).collect()).await?;
    let moved: Vec<(&Unnamed, &str)> = (unnamed.iter())
        .map(|message| {
            let sent_at = Instant::from_micros(message.sent_at);
            let current =
                if deleted.contains(message.account_id.as_str()) { "" } else { &message.account_id };
            (message, account_by_recipient(&book, message.recipient_token, sent_at, current))
        })
        .filter(|(message, account)| message.account_id != *account)
        .collect();
    move_messages(work, &moved).await?;
    touched.extend(moved.iter().flat_map(|(message, account)| [message.account_id.as_str(), *account]));
    Ok(())
}

/// Who has some recipients.
pub(crate) async fn read_address_book(
    work: &mut StoreTransaction,
    recipients: &BTreeSet<i64>,
) -> Result<AddressBook, StoreError> {
    let rows: Vec<AddressRow> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select recipient_token, account_id, valid_from, valid_to from addresses
             where recipient_token in ({integers})",
        ))
        .bind(json_list(recipients))
        .fetch_all(connection)
        .await?
    });
    let mut book = AddressBook::new();
    for row in rows {
        book.entry(row.0).or_default().push(address_of_row(row)?);
    }
    Ok(book)
}

/// The addresses of a JSON list of accounts' ids.
pub(crate) async fn read_addresses_of_accounts(
    work: &mut StoreTransaction,
    ids: &str,
) -> Result<BTreeSet<Address>, StoreError> {
    let rows: Vec<AddressRow> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select recipient_token, account_id, valid_from, valid_to from addresses where account_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    rows.into_iter().map(address_of_row).collect()
}

fn address_of_row((recipient, account, valid_from, valid_to): AddressRow) -> Result<Address, StoreError> {
    let recipient = Token::from_stored(recipient);
    Ok(Address { recipient, account: account_id(&account)?, valid_from, valid_to })
}

async fn read_unnamed(work: &mut StoreTransaction, recipients: &str) -> Result<Vec<Unnamed>, StoreError> {
    let unnamed = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select recipient_token, account_id, sent_at, message_id from message_ids
             where recipient_token in ({integers}) and deleted = 0",
        ))
        .bind(recipients)
        .fetch_all(connection)
        .await?
    });
    Ok(unnamed)
}

async fn move_messages(work: &mut StoreTransaction, moved: &[(&Unnamed, &str)]) -> Result<(), StoreError> {
    let row = |(message, account): &(&Unnamed, &str)| {
        (message.message_id.clone(), message.account_id.clone(), message.sent_at, (*account).to_owned())
    };
    for rows in json_rows(moved.iter().map(row)) {
        on_both!(&mut *work, |connection| {
            sqlx::query(Driver::written(
                "update messages set account_id = listed.value ->> 3 from {rows}
                 where messages.account_id = listed.value ->> 1
                   and messages.sent_at = cast(listed.value ->> 2 as bigint)
                   and messages.message_id = listed.value ->> 0",
            ))
            .bind(&rows)
            .execute(&mut *connection)
            .await?;
            sqlx::query(Driver::written(
                "update touched_messages set account_id = listed.value ->> 3 from {rows}
                 where touched_messages.account_id = listed.value ->> 1
                   and touched_messages.sent_at = cast(listed.value ->> 2 as bigint)
                   and touched_messages.message_id = listed.value ->> 0",
            ))
            .bind(&rows)
            .execute(&mut *connection)
            .await?;
            sqlx::query(Driver::written(
                "update message_ids set account_id = listed.value ->> 3 from {rows}
                 where message_ids.message_id = listed.value ->> 0",
            ))
            .bind(&rows)
            .execute(&mut *connection)
            .await?;
        });
    }
    Ok(())
}
