use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Instant, Reader, TokenKey};

use crate::dialect::Dialect;
use crate::history_row::HistoryRow;
use crate::json_list::{json_list, json_rows};
use crate::judge_accounts::{AccountRecords, JudgeAll, ReadAccount, judge_all, read_all, records_by_account};
use crate::messages_since::read_messages_since;
use crate::read_books::{read_accounts, read_messages, read_transactions};
use crate::write_history::{write_cited, write_history};
use crate::{Store, StoreError, StoreTransaction, on_both};

/// What was judged so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Accounts.
    pub accounts: usize,
    /// Their messages.
    pub messages: usize,
    /// Those of them that are flagged.
    pub flagged: usize,
}

/// The first batch's accounts, before it is known how many messages accounts have here.
const FIRST_BATCH_ACCOUNTS: usize = 32;
/// The most accounts of a batch, however few messages they have.
const BATCH_ACCOUNTS_MAX: usize = 5_000;

impl Store {
    /// Judges the accounts whose records changed since they were judged, by what is known at `at`.
    ///
    /// Takes as many accounts at a time as have about `batch` messages, each time in one transaction: stopped at any
    /// moment, it goes on where it was. `on_progress` hears of each.
    pub async fn judge_queued(
        &self,
        reader: &Reader,
        at: Instant,
        batch: usize,
        mut on_progress: impl FnMut(&Judged),
    ) -> Result<Judged, StoreError> {
        let reader = Arc::new(reader.clone());
        let mut judged = Judged::default();
        let mut accounts = FIRST_BATCH_ACCOUNTS;
        loop {
            let mut work = self.write_bulk().await?;
            let queued = next_queued(&mut work, accounts).await?;
            if queued.is_empty() {
                return Ok(judged);
            }
            let done = self.judge_batch(&mut work, &queued, &reader, at).await?;
            work.commit().await?;
            judged.add(&done);
            on_progress(&judged);
            accounts = (queued.len() * batch / done.messages.max(1)).clamp(1, BATCH_ACCOUNTS_MAX);
        }
    }

    async fn judge_batch(
        &self,
        work: &mut StoreTransaction,
        queued: &[String],
        reader: &Arc<Reader>,
        at: Instant,
    ) -> Result<Judged, StoreError> {
        let ids = json_list(queued);
        let since = read_messages_since(work).await?.unwrap_or(at);
        let accounts = read_accounts(work, &ids).await?;
        let transactions = read_transactions(work, &ids).await?;
        let messages = read_messages(work, &ids).await?;
        let mut judged = Judged { accounts: accounts.len(), messages: 0, flagged: 0 };
        let records = records_by_account(accounts, transactions, messages);
        let read = self.read_apart(records, reader, at).await?;
        let elsewhere = known_elsewhere(work, &read).await?;
        let cited: BTreeSet<(i64, String)> = read.iter().flat_map(ReadAccount::cited_rows).collect();
        let rows = self.judge_apart(read, elsewhere, reader, at, since).await?;
        for row in rows.iter().filter(|row| row.message_id.is_some()) {
            judged.messages += 1;
            judged.flagged += usize::from(row.is_flagged());
        }
        write_history(work, &ids, rows).await?;
        write_cited(work, &ids, &cited).await?;
        leave_queue(work, &ids).await?;
        Ok(judged)
    }

    async fn read_apart(
        &self,
        records: Vec<AccountRecords>,
        reader: &Arc<Reader>,
        at: Instant,
    ) -> Result<Vec<ReadAccount>, StoreError> {
        let (reader, key) = (Arc::clone(reader), self.token_key().clone());
        let reading = tokio::task::spawn_blocking(move || read_all(records, &reader, &key, at));
        reading.await.map_err(|_| StoreError::Judging)
    }

    async fn judge_apart(
        &self,
        accounts: Vec<ReadAccount>,
        elsewhere: BTreeMap<String, BTreeSet<i64>>,
        reader: &Arc<Reader>,
        at: Instant,
        since: Instant,
    ) -> Result<Vec<HistoryRow>, StoreError> {
        let (reader, key): (Arc<Reader>, TokenKey) = (Arc::clone(reader), self.token_key().clone());
        let judging = tokio::task::spawn_blocking(move || {
            let context = JudgeAll { reader: &reader, key: &key, at, since };
            judge_all(accounts, &elsewhere, &context).into_iter().flatten().collect()
        });
        judging.await.map_err(|_| StoreError::Judging)
    }
}

impl Judged {
    fn add(&mut self, more: &Self) {
        self.accounts += more.accounts;
        self.messages += more.messages;
        self.flagged += more.flagged;
    }
}

impl ReadAccount {
    fn cited_rows(&self) -> impl Iterator<Item = (i64, String)> {
        self.cited.iter().map(|token| (*token, self.records.account.id.to_string()))
    }
}

async fn next_queued(work: &mut StoreTransaction, accounts: usize) -> Result<Vec<String>, StoreError> {
    let queued = on_both!(work, |connection| {
        sqlx::query_scalar("select account_id from judge_queue order by account_id limit $1")
            .bind(i64::try_from(accounts).unwrap_or(i64::MAX))
            .fetch_all(connection)
            .await?
    });
    Ok(queued)
}

/// Which of the tokens that accounts cite are known on other accounts, by the account that cites.
async fn known_elsewhere(
    work: &mut StoreTransaction,
    accounts: &[ReadAccount],
) -> Result<BTreeMap<String, BTreeSet<i64>>, StoreError> {
    let mut elsewhere: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for rows in json_rows(accounts.iter().flat_map(ReadAccount::cited_rows)) {
        let known: Vec<(i64, String)> = on_both!(&mut *work, |connection| {
            sqlx::query_as(Driver::written(
                "select cast(value ->> 0 as bigint), value ->> 1 from {rows}
                 where exists (select 1 from known_tokens
                               where token = cast(value ->> 0 as bigint) and account_id <> value ->> 1)",
            ))
            .bind(rows)
            .fetch_all(connection)
            .await?
        });
        for (token, account) in known {
            elsewhere.entry(account).or_default().insert(token);
        }
    }
    Ok(elsewhere)
}

async fn leave_queue(work: &mut StoreTransaction, ids: &str) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(Driver::written("delete from judge_queue where account_id in ({texts})"))
            .bind(ids)
            .execute(connection)
            .await?;
    });
    Ok(())
}
