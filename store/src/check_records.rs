use engine::{Account, TokenKey, Transaction};

use crate::address::addresses_of;
use crate::dialect::Dialect;
use crate::json_list::{json_list, json_rows};
use crate::known_tokens::{tokens_of_account, tokens_of_transaction};
use crate::read_books::{read_accounts, read_transactions};
use crate::{Store, StoreError, StoreTransaction, on_both};

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defect {
    /// What it is, without saying whose.
    pub what: &'static str,
    /// The account.
    pub account: String,
    /// The message, transaction or entry, where it is one's.
    pub id: String,
}

/// Accounts whose books are read at a time.
const STEP_ACCOUNTS: usize = 50;
/// The most defects of a kind and step that are counted.
const DEFECTS_MAX: i64 = 1_000;

const LOST_MESSAGE: &str = "a message to which its id does not lead";
const LOST_TRANSACTION: &str = "a transaction to which its id does not lead";
const NO_MESSAGE: &str = "the id of a message that is not there";
const NO_TRANSACTION: &str = "the id of a transaction that is not there";
const NO_TOKEN: &str = "a citation by which an account's books would not be found";
const NO_ADDRESS: &str = "an address by which an account would not be found";

impl Store {
    /// Whether the records of accounts are where their ids say, and are found by what they hold. Ids are looked up from
    /// those of these accounts' records onwards.
    pub async fn check_records(&self, accounts: &[String]) -> Result<Vec<Defect>, StoreError> {
        let mut defects = Vec::new();
        for accounts in accounts.chunks(STEP_ACCOUNTS) {
            let ids = json_list(accounts);
            let mut work = self.begin_check().await?;
            for (what, statement) in WITHIN_ACCOUNTS {
                defects.extend(find(&mut work, what, statement, &ids).await?);
            }
            let books = read_accounts(&mut work, &ids).await?;
            let transactions = read_transactions(&mut work, &ids).await?;
            defects.extend(unfound(&mut work, &books, &transactions, self.token_key()).await?);
        }
        Ok(defects)
    }
}

/// Statements on a JSON list of accounts' ids that give the account and the id of what is wrong.
const WITHIN_ACCOUNTS: [(&str, &str); 4] = [
    (
        LOST_MESSAGE,
        "select account_id, message_id from messages
         where account_id in ({texts})
           and not exists (select 1 from message_ids
                           where message_ids.message_id = messages.message_id
                             and message_ids.account_id = messages.account_id
                             and message_ids.sent_at = messages.sent_at and deleted = 0)
         limit $2",
    ),
    (
        LOST_TRANSACTION,
        "select account_id, transaction_id from transactions
         where account_id in ({texts})
           and not exists (select 1 from transaction_ids
                           where transaction_ids.transaction_id = transactions.transaction_id
                             and transaction_ids.account_id = transactions.account_id
                             and transaction_ids.occurred_at = transactions.occurred_at and deleted = 0)
         limit $2",
    ),
    (
        NO_MESSAGE,
        "select account_id, message_id
         from (select account_id, message_id, sent_at from message_ids
               where deleted = 0 and message_id >= (select min(message_id) from messages where account_id in ({texts}))
               order by message_id limit $2) as looked_up
         where not exists (select 1 from messages
                           where messages.account_id = looked_up.account_id
                             and messages.sent_at = looked_up.sent_at
                             and messages.message_id = looked_up.message_id)",
    ),
    (
        NO_TRANSACTION,
        "select account_id, transaction_id
         from (select account_id, transaction_id, occurred_at from transaction_ids
               where deleted = 0
                 and transaction_id >= (select min(transaction_id) from transactions where account_id in ({texts}))
               order by transaction_id limit $2) as looked_up
         where not exists (select 1 from transactions
                           where transactions.account_id = looked_up.account_id
                             and transactions.occurred_at = looked_up.occurred_at
                             and transactions.transaction_id = looked_up.transaction_id)",
    ),
];

async fn find(
    work: &mut StoreTransaction,
    what: &'static str,
    statement: &'static str,
    ids: &str,
) -> Result<Vec<Defect>, StoreError> {
    let found: Vec<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(statement)).bind(ids).bind(DEFECTS_MAX).fetch_all(connection).await?
    });
    Ok(found.into_iter().map(|(account, id)| Defect { what, account, id }).collect())
}

/// The accounts that lack a token or an address of what they hold.
async fn unfound(
    work: &mut StoreTransaction,
    accounts: &[Account],
    transactions: &[Transaction],
    key: &TokenKey,
) -> Result<Vec<Defect>, StoreError> {
    let tokens = (accounts.iter().flat_map(|account| tokens_of_account(account, key)))
        .chain(transactions.iter().flat_map(|transaction| tokens_of_transaction(transaction, key)));
    let statement = "select distinct value ->> 1 from {rows}
         where not exists (select 1 from known_tokens
                           where token = cast(value ->> 0 as bigint) and account_id = value ->> 1)";
    let mut defects = lacking(work, NO_TOKEN, statement, json_rows(tokens)).await?;
    let addresses = accounts.iter().flat_map(|account| addresses_of(account, key)).map(|address| {
        (address.recipient.get(), address.account.to_string(), address.valid_from, address.valid_to)
    });
    let statement = "select distinct value ->> 1 from {rows}
         where not exists (select 1 from addresses
                           where recipient_token = cast(value ->> 0 as bigint) and account_id = value ->> 1
                             and valid_from = cast(value ->> 2 as bigint) and valid_to = cast(value ->> 3 as bigint))";
    defects.extend(lacking(work, NO_ADDRESS, statement, json_rows(addresses)).await?);
    Ok(defects)
}

async fn lacking(
    work: &mut StoreTransaction,
    what: &'static str,
    statement: &'static str,
    lists: impl Iterator<Item = String>,
) -> Result<Vec<Defect>, StoreError> {
    let mut defects = Vec::new();
    for rows in lists.collect::<Vec<_>>() {
        let found: Vec<String> = on_both!(&mut *work, |connection| {
            sqlx::query_scalar(Driver::written(statement)).bind(rows).fetch_all(connection).await?
        });
        defects.extend(found.into_iter().map(|account| Defect { what, account, id: String::new() }));
    }
    Ok(defects)
}
