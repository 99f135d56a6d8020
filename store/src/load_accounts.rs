use std::collections::BTreeSet;

use engine::{Account, Instant};
use rustc_hash::FxHashMap;

use crate::address::{Address, addresses_of};
use crate::content_hash::account_hash;
use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::json_list::json_list;
use crate::known_tokens::{KnownToken, add_known, drop_known, tokens_of_account};
use crate::record_rows::account_of_record;
use crate::resolve_messages::{read_addresses_of_accounts, resolve_messages};
use crate::sort_arrivals::{Arrived, Loaded, Version, kept_revision, sort_arrivals};
use crate::touched::Touched;
use crate::{Progress, Store, StoreError, StoreTransaction, on_both};

#[derive(sqlx::FromRow)]
struct KnownRow {
    account_id: String,
    record: String,
    revision: i64,
    content_hash: i64,
    deleted: i64,
}

impl Store {
    /// Loads a batch of a feed's accounts and keeps how far the file is, both or neither.
    ///
    /// Messages that name no account join the accounts whose recipients they went to. The accounts that this changes
    /// are to be judged afterwards.
    pub async fn load_accounts(
        &self,
        progress: &Progress,
        mut accounts: Vec<Account>,
        _now: Instant,
    ) -> Result<Loaded, StoreError> {
        let (mut work, mut touched) = (self.write_bulk().await?, Touched::default());
        let outcomes = self.take_accounts(&mut work, &mut accounts, &mut touched).await?;
        progress.end(self, work, touched).await?;
        Ok(Loaded::of(outcomes))
    }

    /// Takes accounts; what became of each, in their order.
    pub(crate) async fn take_accounts(
        &self,
        work: &mut StoreTransaction,
        accounts: &mut [Account],
        touched: &mut Touched,
    ) -> Result<Vec<Arrived>, StoreError> {
        let versions: Vec<Version> = accounts.iter_mut().map(version_of).collect();
        let known = read_known(work, accounts).await?;
        let mut known_versions: FxHashMap<String, Version> =
            known.iter().map(|row| (row.account_id.clone(), row.version())).collect();
        let arrivals = accounts.iter().map(|account| account.id.as_str()).zip(versions.into_iter().map(Ok));
        let (outcomes, places) = sort_arrivals(arrivals, &mut known_versions);
        let standing: Vec<&Account> = places.into_iter().map(|place| &accounts[place]).collect();
        let before: Vec<Account> = (known.iter().filter(|row| row.deleted == 0))
            .filter(|row| standing.iter().any(|account| account.id.as_str() == row.account_id))
            .map(|row| account_of_record(&row.record))
            .collect::<Result<_, _>>()?;
        write_accounts(work, &standing, &known_versions).await?;
        self.write_tokens(work, &standing, &before, touched).await?;
        self.write_addresses(work, &standing, touched).await?;
        touched.extend(standing.iter().map(|account| account.id.as_str()));
        Ok(outcomes)
    }

    async fn write_tokens(
        &self,
        work: &mut StoreTransaction,
        standing: &[&Account],
        before: &[Account],
        touched: &mut Touched,
    ) -> Result<(), StoreError> {
        let tokens = |account| tokens_of_account(account, self.token_key());
        let added: BTreeSet<KnownToken> = alive(standing).flat_map(tokens).collect();
        let gone: BTreeSet<KnownToken> = before.iter().flat_map(tokens).collect();
        add_known(work, &added, touched).await?;
        drop_known(work, &gone.difference(&added).cloned().collect(), self.token_key(), touched).await
    }

    async fn write_addresses(
        &self,
        work: &mut StoreTransaction,
        standing: &[&Account],
        touched: &mut Touched,
    ) -> Result<(), StoreError> {
        let before =
            read_addresses_of_accounts(work, &json_list(standing.iter().map(|account| &account.id))).await?;
        let after: BTreeSet<Address> =
            alive(standing).flat_map(|account| addresses_of(account, self.token_key())).collect();
        let gone: Vec<&Address> = before.difference(&after).collect();
        let added: Vec<&Address> = after.difference(&before).collect();
        delete_addresses(work, &gone).await?;
        insert_addresses(work, &added).await?;
        let recipients = gone.into_iter().chain(added).map(|address| address.recipient.get()).collect();
        let deleted = standing.iter().filter(|account| account.deleted).map(|account| account.id.as_str());
        resolve_messages(work, recipients, &deleted.collect(), touched).await
    }
}

impl KnownRow {
    fn version(&self) -> Version {
        Version { revision: self.revision, content_hash: self.content_hash, body_hash: 0 }
    }
}

fn alive<'a>(accounts: &[&'a Account]) -> impl Iterator<Item = &'a Account> {
    accounts.iter().copied().filter(|account| !account.deleted)
}

fn version_of(account: &mut Account) -> Version {
    Version { revision: kept_revision(account.revision), content_hash: account_hash(account), body_hash: 0 }
}

async fn read_known(work: &mut StoreTransaction, accounts: &[Account]) -> Result<Vec<KnownRow>, StoreError> {
    let ids = json_list(accounts.iter().map(|account| &account.id));
    let known = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select account_id, record, revision, content_hash, deleted from accounts where account_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(known)
}

async fn write_accounts(
    work: &mut StoreTransaction,
    standing: &[&Account],
    versions: &FxHashMap<String, Version>,
) -> Result<(), StoreError> {
    let rows = standing.iter().map(|account| {
        let version = versions[account.id.as_str()];
        // Nothing that a tombstone's line says is kept.
        let record = if account.deleted { "{}".to_owned() } else { json_record(account) };
        (&account.id, record, version.revision, version.content_hash, i64::from(account.deleted))
    });
    let statement = "insert into accounts (account_id, record, revision, content_hash, deleted)
     select value ->> 0, value ->> 1, cast(value ->> 2 as bigint), cast(value ->> 3 as bigint),
            cast(value ->> 4 as bigint)
     from {rows} where true
     on conflict (account_id) do update set
         record = excluded.record, revision = excluded.revision, content_hash = excluded.content_hash,
         deleted = excluded.deleted";
    execute_rows(work, statement, rows).await
}

fn json_record(account: &Account) -> String {
    serde_json::to_string(account).expect("accounts are JSON")
}

async fn delete_addresses(work: &mut StoreTransaction, gone: &[&Address]) -> Result<(), StoreError> {
    let statement = "delete from addresses where (recipient_token, account_id, valid_from, valid_to) in
     (select cast(value ->> 0 as bigint), value ->> 1, cast(value ->> 2 as bigint),
             cast(value ->> 3 as bigint)
      from {rows})";
    execute_rows(work, statement, gone.iter().map(|address| address.row())).await
}

async fn insert_addresses(work: &mut StoreTransaction, added: &[&Address]) -> Result<(), StoreError> {
    let statement = "insert into addresses (recipient_token, account_id, valid_from, valid_to)
     select cast(value ->> 0 as bigint), value ->> 1, cast(value ->> 2 as bigint),
            cast(value ->> 3 as bigint)
     from {rows}";
    execute_rows(work, statement, added.iter().map(|address| address.row())).await
}

impl Address {
    fn row(&self) -> (i64, &str, i64, i64) {
        (self.recipient.get(), self.account.as_str(), self.valid_from, self.valid_to)
    }
}
