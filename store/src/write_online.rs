use std::collections::BTreeMap;

use engine::{Account, CounterfoilNumber, Instant, Message, MessageId, Transaction, Verdict};

use crate::books_until::{count_transactions_seen, read_books_until};
use crate::claim_idempotency::{IdempotencyClaim, claim_idempotency};
use crate::number_messages::counterfoil_numbers_of;
use crate::publish_catalogue::read_catalogue_version;
use crate::sign_write::sign_write;
use crate::sort_arrivals::Arrived;
use crate::tell_contact_change::contacts_before;
use crate::touched::Touched;
use crate::write_mail::Post;
use crate::{Hashed, Judging, MailDesk, Standings, Store, StoreError, StoreTransaction};

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

    /// What they are called together.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Accounts(_) => "accounts",
            Self::Transactions(_) => "transactions",
            Self::Messages(_) => "messages",
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
    /// A message's counterfoil number, unless it was refused.
    pub number: Option<CounterfoilNumber>,
}

/// The most accounts that are judged in the transaction of the records that touch them. What touches more is judged
/// right after it, so that nobody waits for it.
pub const ACCOUNTS_AT_ONCE_MAX: usize = 256;

/// The records of several, by kind.
#[derive(Default)]
struct Merged {
    accounts: Vec<Account>,
    transactions: Vec<Hashed<Transaction>>,
    messages: Vec<Hashed<Message>>,
}

/// A write that is under way: what is handed in is taken and judged, all or nothing.
pub struct OnlineWrite<'a> {
    pub(crate) store: &'a Store,
    pub(crate) work: StoreTransaction,
    pub(crate) judging: &'a Judging,
    standings: &'a mut Standings,
    /// Who tells people of a change of their addresses, and the machine's time.
    telling: Option<(&'a MailDesk, Instant)>,
}

/// What became of what several handed in.
pub struct OnlineWritten {
    /// Of each, in their order.
    pub written: Vec<Written>,
    /// Whether accounts are left to be judged.
    pub is_queued: bool,
    /// Whether mail waits to be sent.
    pub has_mail: bool,
}

impl Store {
    /// Begins to write what is handed in. `judging` has to be by the store's catalogue; `standings` are what one writer
    /// alone keeps from write to write.
    pub async fn begin_online<'a>(
        &'a self,
        judging: &'a Judging,
        standings: &'a mut Standings,
    ) -> Result<OnlineWrite<'a>, StoreError> {
        let mut work = self.write_bulk().await?;
        if read_catalogue_version(&mut work).await? != judging.version {
            return Err(StoreError::OtherCatalogue);
        }
        let is_sole_writer = sign_write(&mut work, self.instance()).await?;
        standings.keep_for(judging.version, is_sole_writer);
        Ok(OnlineWrite { store: self, work, judging, standings, telling: None })
    }
}

impl<'a> OnlineWrite<'a> {
    /// Has people told by mail where their addresses become others. `now` is the machine's time.
    #[must_use]
    pub fn telling(self, desk: &'a MailDesk, now: Instant) -> Self {
        Self { telling: Some((desk, now)), ..self }
    }

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
        let mut touched = Touched::keeping_changes();
        let ids: Vec<MessageId> = merged.messages.iter().map(|message| message.record.id.clone()).collect();
        let before = match self.telling {
            Some(_) if !merged.accounts.is_empty() => {
                contacts_before(&mut self.work, &merged.accounts).await?
            }
            _ => Vec::new(),
        };
        let taken = store.take_all(&mut self.work, merged, judging.at, &mut touched).await?;
        let numbered: Vec<&str> = ids.iter().map(MessageId::as_str).collect();
        let numbers = counterfoil_numbers_of(&mut self.work, store.token_key(), numbered).await?;
        let mails = match self.telling {
            Some((desk, now)) => {
                let post = Post { desk, now, at: judging.at };
                store.tell_contact_changes(&mut self.work, before, post, &mut touched).await?
            }
            None => 0,
        };
        let (verdicts, is_queued) = self.judge_and_commit(touched).await?;
        Ok(OnlineWritten {
            written: taken.part(parts, ids.into_iter().zip(numbers), &verdicts),
            is_queued,
            has_mail: mails > 0,
        })
    }

    /// Judges the accounts that a write touches, and makes it last. The messages' verdicts, and whether accounts are left
    /// to be judged.
    pub(crate) async fn judge_and_commit(
        mut self,
        mut touched: Touched,
    ) -> Result<(BTreeMap<MessageId, Verdict>, bool), StoreError> {
        let few = touched.take_few(ACCOUNTS_AT_ONCE_MAX);
        for account in touched.accounts() {
            drop(self.standings.take(account));
        }
        let books_until = read_books_until(&mut self.work, self.judging.at).await?;
        let judging = Judging { books_until, ..self.judging.clone() };
        let judged = self.store.judge_online(&mut self.work, few, &judging, self.standings).await?;
        let is_queued = !touched.is_empty();
        touched.queue(&mut self.work).await?;
        self.work.commit().await?;
        judged.kept.into_iter().for_each(|kept| self.standings.put(kept));
        Ok((judged.verdicts, is_queued))
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
        numbered: impl Iterator<Item = (MessageId, Option<CounterfoilNumber>)>,
        verdicts: &BTreeMap<MessageId, Verdict>,
    ) -> Vec<Written> {
        let unjudged = |arrived| WrittenRecord { arrived, verdict: None, number: None };
        let mut accounts = self.accounts.into_iter().map(unjudged);
        let mut transactions = self.transactions.into_iter().map(unjudged);
        let mut messages = numbered.zip(self.messages).map(|((id, number), arrived)| WrittenRecord {
            number: number.filter(|_| !matches!(arrived, Arrived::Refused(_))),
            arrived,
            verdict: verdicts.get(&id).copied(),
        });
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
