use std::collections::{BTreeMap, BTreeSet};

use engine::{Account, Instant, Message, Transaction, Verdict};

use crate::books_until::{count_transactions_seen, read_books_until};
use crate::claim_idempotency::{IdempotencyClaim, claim_idempotency};
use crate::judge_accounts::ReadAccount;
use crate::judge_queued::{Settled, known_elsewhere, read_step_of};
use crate::messages_since::read_messages_since;
use crate::publish_catalogue::read_catalogue_version;
use crate::sort_arrivals::Arrived;
use crate::touched::Touched;
use crate::write_history::Stamp;
use crate::{Hashed, Judging, Store, StoreError, StoreTransaction};

/// What is handed in at once while the house runs.
pub struct Handed {
    /// Under which Idempotency-Key, where there is one.
    pub claim: Option<IdempotencyClaim>,
    /// What.
    pub records: HandedRecords,
}

/// Records of a kind.
pub enum HandedRecords {
    /// Accounts.
    Accounts(Vec<Account>),
    /// Transactions.
    Transactions(Vec<Hashed<Transaction>>),
    /// Messages.
    Messages(Vec<Hashed<Message>>),
}

impl HandedRecords {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Accounts(accounts) => accounts.len(),
            Self::Transactions(transactions) => transactions.len(),
            Self::Messages(messages) => messages.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What became of what was handed in at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Of each record, in their order.
    Taken(Vec<WrittenRecord>),
    /// Something else was handed in under the same Idempotency-Key: nothing of it was taken.
    OtherContent,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRecord {
    /// Whether it was taken.
    pub arrived: Arrived,
    /// What became of a message, where that was judged at once.
    pub verdict: Option<Verdict>,
}

/// The most accounts that are judged in the transaction of the records that touch them. What touches more is judged
/// right after it, so that nobody waits for it.
pub const ACCOUNTS_AT_ONCE_MAX: usize = 64;

/// The records of several, by kind.
#[derive(Default)]
struct Merged {
    accounts: Vec<Account>,
    transactions: Vec<Hashed<Transaction>>,
    messages: Vec<Hashed<Message>>,
}

/// A write that is under way: what is handed in is taken and judged, all or nothing.
pub struct OnlineWrite<'a> {
    store: &'a Store,
    work: StoreTransaction,
    judging: &'a Judging,
}

/// What became of what several handed in.
pub struct OnlineWritten {
    /// Of each, in their order.
    pub written: Vec<Written>,
    /// Whether accounts are left to be judged.
    pub is_queued: bool,
}

impl Store {
    /// Begins to write what is handed in. `judging` has to be by the store's catalogue.
    pub async fn begin_online<'a>(&'a self, judging: &'a Judging) -> Result<OnlineWrite<'a>, StoreError> {
        let mut work = self.write_bulk().await?;
        if read_catalogue_version(&mut work).await? != judging.version {
            return Err(StoreError::OtherCatalogue);
        }
        Ok(OnlineWrite { store: self, work, judging })
    }
}

impl OnlineWrite<'_> {
    /// Takes what several hand in, and judges the accounts that it touches.
    pub async fn take(mut self, handed: Vec<Handed>) -> Result<OnlineWritten, StoreError> {
        let (store, judging) = (self.store, self.judging);
        let (mut merged, mut parts) = (Merged::default(), Vec::with_capacity(handed.len()));
        for Handed { claim, records } in handed {
            let is_free = match &claim {
                Some(claim) => claim_idempotency(&mut self.work, claim, judging.at).await?,
                None => true,
            };
            parts.push(is_free.then(|| merged.add(records)));
        }
        let mut touched = Touched::default();
        let ids = merged.messages.iter().map(|message| message.record.id.to_string()).collect();
        let taken = store.take_all(&mut self.work, merged, judging.at, &mut touched).await?;
        let verdicts = store.judge_touched(&mut self.work, &mut touched, judging).await?;
        let is_queued = !touched.is_empty();
        touched.queue(&mut self.work).await?;
        self.work.commit().await?;
        Ok(OnlineWritten { written: taken.part(parts, ids, &verdicts), is_queued })
    }
}

/// What became of the records of several, by kind.
#[derive(Default)]
struct Taken {
    accounts: Vec<Arrived>,
    transactions: Vec<Arrived>,
    messages: Vec<Arrived>,
}

impl Taken {
    /// What became of each one's.
    fn part(
        self,
        parts: Vec<Option<Part>>,
        message_ids: Vec<String>,
        verdicts: &BTreeMap<String, Verdict>,
    ) -> Vec<Written> {
        let unjudged = |arrived| WrittenRecord { arrived, verdict: None };
        let mut accounts = self.accounts.into_iter().map(unjudged);
        let mut transactions = self.transactions.into_iter().map(unjudged);
        let messages = message_ids.into_iter().zip(self.messages);
        let mut messages =
            messages.map(|(id, arrived)| WrittenRecord { arrived, verdict: verdicts.get(&id).copied() });
        let written = parts.into_iter().map(|part| match part {
            None => Written::OtherContent,
            Some(Part::Accounts(count)) => Written::Taken(accounts.by_ref().take(count).collect()),
            Some(Part::Transactions(count)) => Written::Taken(transactions.by_ref().take(count).collect()),
            Some(Part::Messages(count)) => Written::Taken(messages.by_ref().take(count).collect()),
        });
        written.collect()
    }
}

impl Store {
    async fn take_all(
        &self,
        work: &mut StoreTransaction,
        merged: Merged,
        now: Instant,
        touched: &mut Touched,
    ) -> Result<Taken, StoreError> {
        let Merged { mut accounts, transactions, messages } = merged;
        let mut taken = Taken::default();
        if !accounts.is_empty() {
            taken.accounts = self.take_accounts(work, &mut accounts, touched).await?;
        }
        if !transactions.is_empty() {
            count_transactions_seen(work, now).await?;
            taken.transactions = self.take_transactions(work, transactions, now, touched).await?;
        }
        if !messages.is_empty() {
            taken.messages = self.take_messages(work, messages, touched).await?;
        }
        Ok(taken)
    }

    /// Judges the accounts that a write touches, unless they are many or any account may be touched; the verdicts of
    /// their messages.
    async fn judge_touched(
        &self,
        work: &mut StoreTransaction,
        touched: &mut Touched,
        judging: &Judging,
    ) -> Result<BTreeMap<String, Verdict>, StoreError> {
        let few = touched.take_few(ACCOUNTS_AT_ONCE_MAX);
        if few.is_empty() {
            return Ok(BTreeMap::new());
        }
        let judging = Judging { books_until: read_books_until(work, judging.at).await?, ..judging.clone() };
        let since = read_messages_since(work).await?.unwrap_or(judging.at);
        let step = read_step_of(work, few.into_iter().collect()).await?;
        let ids = step.ids();
        let (read, _) = self.read_apart(step.records, &judging).await.map_err(|_| StoreError::Judging)??;
        let elsewhere = known_elsewhere(work, &read).await?;
        let cited: BTreeSet<(i64, String)> = read.iter().flat_map(ReadAccount::cited_rows).collect();
        let rows = self.judge_apart(read, elsewhere, &judging, since);
        let rows = rows.await.map_err(|_| StoreError::Judging)?;
        let verdict = |text: &String| text.parse().map_err(|_| StoreError::Unreadable("verdict"));
        let verdicts = rows.iter().filter_map(|row| Some((row.message_id.clone()?, row.verdict.as_ref()?)));
        let verdicts = verdicts.map(|(id, text)| Ok((id, verdict(text)?))).collect::<Result<_, StoreError>>();
        Settled { ids, cited, rows }.write(work, &Stamp::new(judging.at, judging.version)).await?;
        verdicts
    }
}

/// How many records of a kind one writer handed in.
enum Part {
    Accounts(usize),
    Transactions(usize),
    Messages(usize),
}

impl Merged {
    fn add(&mut self, records: HandedRecords) -> Part {
        match records {
            HandedRecords::Accounts(accounts) => {
                let count = accounts.len();
                self.accounts.extend(accounts);
                Part::Accounts(count)
            }
            HandedRecords::Transactions(transactions) => {
                let count = transactions.len();
                self.transactions.extend(transactions);
                Part::Transactions(count)
            }
            HandedRecords::Messages(messages) => {
                let count = messages.len();
                self.messages.extend(messages);
                Part::Messages(count)
            }
        }
    }
}
