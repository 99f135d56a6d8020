use std::collections::{BTreeMap, BTreeSet};

use engine::{Evidence, Instant};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::dialect::Dialect;
use crate::history_row::HistoryRow;
use crate::json_list::{json_list, json_rows};
use crate::judge_accounts::{JudgeAll, Judging, KeptRecords, ReadAccount, judge_all, read_all};
use crate::messages_since::read_messages_since;
use crate::publish_catalogue::read_catalogue_version;
use crate::read_books::{read_accounts, read_message_rows, read_transaction_rows};
use crate::write_history::{Stamp, write_cited, write_history};
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
    /// Those whose verdict was another before.
    pub changed: usize,
}

/// The messages that are read, judged and written at a time, in bytes: while some are judged, the next are read and the
/// last written, so each time should be short. It is some thousand messages.
const STEP_BYTES: usize = 2 << 20;
/// The first step's accounts, before it is known how much mail accounts have here.
const FIRST_STEP_ACCOUNTS: usize = 32;
/// The most accounts of a step, however few messages they have.
const STEP_ACCOUNTS_MAX: usize = 2_000;

/// Accounts that are to be judged, with their records.
pub(crate) struct Step {
    queued: Vec<String>,
    pub records: KeptRecords,
}

/// Accounts, as a JSON list of their ids, with what became of their messages and transactions.
struct Settled {
    ids: String,
    cited: BTreeSet<(i64, String)>,
    rows: Vec<HistoryRow>,
}

impl Store {
    /// Judges the accounts whose records changed since they were judged, and adds to `evidence` what their histories
    /// show.
    ///
    /// After about `batch` messages and accounts what was done is kept: stopped at any moment, it goes on from there. `on_progress`
    /// hears of each batch.
    pub async fn judge_queued(
        &self,
        judging: &Judging,
        batch: usize,
        evidence: &mut Evidence,
        mut on_progress: impl FnMut(&Judged),
    ) -> Result<Judged, StoreError> {
        let mut judged = Judged::default();
        loop {
            let mut work = self.write_bulk().await?;
            let done = self.judge_batch(&mut work, judging, batch, evidence).await?;
            work.commit().await?;
            let Some(done) = done else { return Ok(judged) };
            judged.add(&done);
            on_progress(&judged);
        }
    }

    /// Judges about so many messages' accounts; `None` where the queue is empty.
    async fn judge_batch(
        &self,
        work: &mut StoreTransaction,
        judging: &Judging,
        batch: usize,
        evidence: &mut Evidence,
    ) -> Result<Option<Judged>, StoreError> {
        if read_catalogue_version(work).await? != judging.version {
            return Err(StoreError::OtherCatalogue);
        }
        let since = read_messages_since(work).await?.unwrap_or(judging.at);
        let stamp = Stamp::new(judging.at, judging.version);
        let (mut judged, mut taken) = (Judged::default(), 0);
        let mut unwritten: Option<Settled> = None;
        let mut next = read_step(work, "", FIRST_STEP_ACCOUNTS).await?;
        let any = next.is_some();
        while let Some(step) = next {
            taken += step.queued.len();
            judged.accounts += step.records.accounts.len();
            let (ids, after, accounts) = (step.ids(), step.last().to_owned(), step.next_accounts());
            let reading = self.read_apart(step.records, judging);
            next = if taken < batch { read_step(work, &after, accounts).await? } else { None };
            let (read, shown) = reading.await.map_err(|_| StoreError::Judging)??;
            evidence.merge(shown);
            taken += read.iter().map(|account| account.messages.len()).sum::<usize>();
            let elsewhere = known_elsewhere(work, read.iter().flat_map(ReadAccount::cited_rows)).await?;
            let cited = read.iter().flat_map(ReadAccount::cited_rows).collect();
            let judging = self.judge_apart(read, elsewhere, judging, since);
            if let Some(settled) = unwritten.take() {
                judged.changed += settled.write(work, &stamp).await?;
            }
            let rows = judging.await.map_err(|_| StoreError::Judging)?;
            judged.messages += rows.iter().filter(|row| row.message_id.is_some()).count();
            judged.flagged += rows.iter().filter(|row| row.is_flagged()).count();
            unwritten = Some(Settled { ids, cited, rows });
        }
        if let Some(settled) = unwritten {
            judged.changed += settled.write(work, &stamp).await?;
        }
        Ok(any.then_some(judged))
    }

    pub(crate) fn read_apart(
        &self,
        records: KeptRecords,
        judging: &Judging,
    ) -> JoinHandle<Result<(Vec<ReadAccount>, Evidence), StoreError>> {
        let (judging, key) = (judging.clone(), self.token_key().clone());
        spawn_blocking(move || read_all(records, &key, &judging))
    }

    pub(crate) fn judge_apart(
        &self,
        accounts: Vec<ReadAccount>,
        elsewhere: BTreeMap<String, BTreeSet<i64>>,
        judging: &Judging,
        since: Instant,
    ) -> JoinHandle<Vec<HistoryRow>> {
        let (judging, key) = (judging.clone(), self.token_key().clone());
        spawn_blocking(move || {
            let context = JudgeAll { judging: &judging, key: &key, since };
            judge_all(accounts, &elsewhere, &context).into_iter().flatten().collect()
        })
    }
}

impl Judged {
    /// Counts what was judged later.
    pub fn add(&mut self, more: &Self) {
        self.accounts += more.accounts;
        self.messages += more.messages;
        self.flagged += more.flagged;
        self.changed += more.changed;
    }
}

impl Step {
    /// A JSON list of the accounts' ids.
    pub(crate) fn ids(&self) -> String {
        json_list(&self.queued)
    }

    fn last(&self) -> &str {
        self.queued.last().map_or("", String::as_str)
    }

    /// How many accounts make as large a step as it should be, if the next are like these.
    fn next_accounts(&self) -> usize {
        let bytes: usize = self.records.messages.values().map(String::len).sum();
        (self.queued.len() * STEP_BYTES / bytes.max(1)).clamp(1, STEP_ACCOUNTS_MAX)
    }
}

impl Settled {
    /// Makes it what is known of the accounts, which leave the queue; tells of how many messages the verdict was another.
    async fn write(self, work: &mut StoreTransaction, stamp: &Stamp) -> Result<usize, StoreError> {
        let changed = write_history(work, &self.ids, self.rows, stamp).await?;
        write_cited(work, &self.ids, &self.cited).await?;
        leave_queue(work, self.ids).await?;
        Ok(changed)
    }
}

/// Takes a JSON list of accounts off the queue.
pub(crate) async fn leave_queue(work: &mut StoreTransaction, ids: String) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(Driver::written("delete from judge_queue where account_id in ({texts})"))
            .bind(ids)
            .execute(connection)
            .await?;
    });
    Ok(())
}

impl ReadAccount {
    pub(crate) fn cited_rows(&self) -> impl Iterator<Item = (i64, String)> {
        self.cited.iter().map(|token| (*token, self.account.id.to_string()))
    }
}

/// Reads the next accounts of the queue and their records. An account that is not known, or deleted, has none: it leaves
/// the queue with no history, and its records wait for it.
async fn read_step(
    work: &mut StoreTransaction,
    after: &str,
    accounts: usize,
) -> Result<Option<Step>, StoreError> {
    let queued: Vec<String> = on_both!(&mut *work, |connection| {
        sqlx::query_scalar(
            "select account_id from judge_queue where account_id > $1 order by account_id limit $2",
        )
        .bind(after)
        .bind(i64::try_from(accounts).unwrap_or(i64::MAX))
        .fetch_all(connection)
        .await?
    });
    if queued.is_empty() { Ok(None) } else { read_step_of(work, queued).await.map(Some) }
}

/// Reads accounts' records.
pub(crate) async fn read_step_of(
    work: &mut StoreTransaction,
    queued: Vec<String>,
) -> Result<Step, StoreError> {
    let accounts = read_accounts(work, &json_list(&queued)).await?;
    let known = json_list(accounts.iter().map(|account| &account.id));
    let transactions = read_transaction_rows(work, &known).await?;
    let messages = read_message_rows(work, &known).await?;
    Ok(Step { queued, records: KeptRecords { accounts, transactions, messages } })
}

/// Which of the tokens that accounts cite are known on other accounts, by the account that cites.
pub(crate) async fn known_elsewhere(
    work: &mut StoreTransaction,
    cited: impl Iterator<Item = (i64, String)>,
) -> Result<BTreeMap<String, BTreeSet<i64>>, StoreError> {
    let mut elsewhere: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let lists: Vec<String> = json_rows(cited).collect();
    for rows in lists {
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
