//! Judges a feed folder in memory: no store, nothing kept.

mod index_elsewhere;
mod index_recipients;
mod write_findings;

use std::io::{self, Write};
use std::path::PathBuf;

use engine::{
    Account, AccountId, Books, Catalogue, Elsewhere, Instant, JudgeContext, Judgement, Message, MessageId,
    Reader, Reading, TokenKey, Transaction, TransactionId, Verdict, judge,
};
use rustc_hash::FxHashMap;

use crate::feed::{BadLine, FeedFile, FeedFolder, FeedFolderError, read_batches};
use index_elsewhere::KnownTokens;
use index_recipients::Recipients;

/// What a match does with its results.
pub struct MatchOutput {
    /// Where the verdicts go, a line a message.
    pub verdicts: Box<dyn Write>,
    /// Where the untold transactions go, if anywhere.
    pub untold: Option<Box<dyn Write>>,
}

/// What a match came to.
#[derive(Clone, Debug, Default)]
pub struct MatchSummary {
    /// Accounts with a record.
    pub accounts: usize,
    /// Messages judged.
    pub messages: usize,
    /// Of them flagged.
    pub flagged: usize,
    /// Transactions that had to be told of, and were not.
    pub untold: usize,
    /// The lines that were not taken, by file.
    pub bad: Vec<(FeedFile, BadLine)>,
}

/// Why a feed can't be matched.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// The folder.
    #[error(transparent)]
    Feed(#[from] FeedFolderError),
    /// Reading a file.
    #[error("the feed can't be read")]
    Read(#[from] io::Error),
    /// Writing the results.
    #[error("the results can't be written: {0}")]
    Write(io::Error),
    /// Neither a flag nor the manifest says when.
    #[error("{0} has no manifest with an `as_of`: say with --as-of at which time to judge")]
    NoTime(PathBuf),
}

/// An account with all that is known of it, its messages read and their bodies let go.
struct Gathered {
    account: Account,
    transactions: Vec<Transaction>,
    messages: Vec<(Message, Reading)>,
}

/// Judges a feed at a time (its manifest's, unless given) and writes the verdicts.
pub fn match_feed(
    feed: &FeedFolder,
    catalogue: Catalogue,
    as_of: Option<Instant>,
    mut output: MatchOutput,
) -> Result<MatchSummary, MatchError> {
    let at = as_of.or(feed.as_of()).ok_or_else(|| MatchError::NoTime(feed.path().to_owned()))?;
    let mut summary = MatchSummary::default();
    let (mut gathered, places) = gather_books(feed, &mut summary)?;
    let kinds = gathered.iter().flat_map(|one| one.transactions.iter().map(|transaction| &transaction.kind));
    let reader = Reader::new(catalogue.with_kinds(kinds));
    let messages = gather_messages(feed, &reader, &mut gathered, &places, &mut summary)?;
    summary.accounts = gathered.len();
    let since = messages.since.unwrap_or(at);
    let judgements = judge_all(&gathered, reader.catalogue(), at, since);
    for (one, judgement) in gathered.iter().zip(&judgements) {
        summary.count(judgement);
        write_findings::write_judgement(judgement, one, &mut output).map_err(MatchError::Write)?;
    }
    summary.messages += messages.unresolved.len();
    write_findings::write_unresolved(&messages.unresolved, &mut output.verdicts)
        .map_err(MatchError::Write)?;
    output.verdicts.flush().map_err(MatchError::Write)?;
    output.untold.iter_mut().try_for_each(Write::flush).map_err(MatchError::Write)?;
    Ok(summary)
}

impl MatchSummary {
    fn count(&mut self, judgement: &Judgement) {
        self.messages += judgement.findings.len();
        self.flagged += judgement.findings.iter().filter(|finding| finding.verdict.is_flagged()).count();
        self.untold += judgement.untold.len();
    }
}

/// The records of which the greatest revision wins, whatever the order they come in; of equal ones the first in its
/// file.
struct Latest<K, R> {
    records: FxHashMap<K, (u64, u64, R)>,
}

impl<K: std::hash::Hash + Eq, R> Latest<K, R> {
    fn new() -> Self {
        Self { records: FxHashMap::default() }
    }

    fn add(&mut self, line: u64, id: K, revision: u64, record: R) {
        let known = self.records.get(&id);
        let stands = known.is_some_and(|(known, first, _)| {
            (*known, std::cmp::Reverse(*first)) > (revision, std::cmp::Reverse(line))
        });
        if !stands {
            self.records.insert(id, (revision, line, record));
        }
    }

    fn into_records(self) -> impl Iterator<Item = R> {
        self.records.into_values().map(|(_, _, record)| record)
    }
}

type Places = FxHashMap<AccountId, usize>;

fn gather_books(
    feed: &FeedFolder,
    summary: &mut MatchSummary,
) -> Result<(Vec<Gathered>, Places), MatchError> {
    let mut accounts = Latest::new();
    read_file(
        feed,
        FeedFile::Accounts,
        summary,
        |account: Account| account,
        |line, account| {
            accounts.add(line, account.id.clone(), account.revision, account);
        },
    )?;
    let mut accounts: Vec<Account> =
        accounts.into_records().filter(|account: &Account| !account.deleted).collect();
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    let places: Places =
        accounts.iter().enumerate().map(|(place, account)| (account.id.clone(), place)).collect();
    let gathered = accounts.into_iter().map(|account| Gathered {
        account,
        transactions: Vec::new(),
        messages: Vec::new(),
    });
    let mut gathered: Vec<Gathered> = gathered.collect();

    let mut transactions: Latest<TransactionId, Transaction> = Latest::new();
    read_file(
        feed,
        FeedFile::Transactions,
        summary,
        |transaction: Transaction| transaction,
        |line, transaction| {
            transactions.add(line, transaction.id.clone(), transaction.revision, transaction);
        },
    )?;
    for transaction in transactions.into_records() {
        if let Some(place) = places.get(&transaction.account) {
            gathered[*place].transactions.push(transaction);
        }
    }
    Ok((gathered, places))
}

#[derive(Default)]
struct Messages {
    /// When the first of them was sent.
    since: Option<Instant>,
    /// Those of which it is not known whose they are.
    unresolved: Vec<MessageId>,
}

fn gather_messages(
    feed: &FeedFolder,
    reader: &Reader,
    gathered: &mut [Gathered],
    places: &Places,
    summary: &mut MatchSummary,
) -> Result<Messages, MatchError> {
    let recipients = Recipients::of(gathered.iter().map(|one| &one.account), &key());
    let mut latest_messages: Latest<MessageId, (Message, Option<(usize, Reading)>)> = Latest::new();
    let read = |mut message: Message| {
        let owner = match &message.account {
            Some(account) => Some(account),
            None => recipients.owner(&message.recipient, message.sent_at),
        };
        let place = owner.and_then(|account| places.get(account).copied());
        let reading = place.map(|place| (place, reader.read(&message, &gathered[place].account.locale)));
        message.text = None;
        message.html = None;
        message.data.clear();
        (message, reading)
    };
    read_file(feed, FeedFile::Messages, summary, read, |line, (message, reading)| {
        latest_messages.add(line, message.id.clone(), message.revision, (message, reading));
    })?;
    let mut messages = Messages::default();
    for (message, reading) in latest_messages.into_records() {
        if message.deleted {
            continue;
        }
        messages.since = Some(messages.since.map_or(message.sent_at, |since| since.min(message.sent_at)));
        match reading {
            Some((place, reading)) => gathered[place].messages.push((message, reading)),
            None => messages.unresolved.push(message.id),
        }
    }
    for one in gathered {
        one.messages.sort_by(|(a, _), (b, _)| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
    }
    messages.unresolved.sort();
    Ok(messages)
}

fn read_file<R: engine::FeedRecord, T: Send>(
    feed: &FeedFolder,
    file: FeedFile,
    summary: &mut MatchSummary,
    make: impl Fn(R) -> T + Sync,
    mut take: impl FnMut(u64, T),
) -> Result<(), MatchError> {
    let mut bad = Vec::new();
    read_batches(feed.read(file)?, make, |batch| -> Result<(), MatchError> {
        batch.records.into_iter().for_each(|(line, record)| take(line, record));
        bad.extend(batch.bad);
        Ok(())
    })?;
    bad.sort_by_key(|line| line.number);
    summary.bad.extend(bad.into_iter().map(|line| (file, line)));
    Ok(())
}

fn judge_all(gathered: &[Gathered], catalogue: &Catalogue, at: Instant, since: Instant) -> Vec<Judgement> {
    let key = key();
    let known = KnownTokens::of(gathered, &key);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = gathered.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let shares = gathered.chunks(share).enumerate().map(|(number, accounts)| {
            let (known, key) = (&known, &key);
            let judge_one = move |(offset, one): (usize, &Gathered)| {
                let elsewhere =
                    Elsewhere::new(key.clone(), known.elsewhere(number * share + offset, one, key));
                let books = Books { account: &one.account, transactions: &one.transactions };
                let messages: Vec<(&Message, &Reading)> =
                    one.messages.iter().map(|(message, reading)| (message, reading)).collect();
                judge(&books, &messages, &JudgeContext { catalogue, at, since, elsewhere: &elsewhere })
            };
            scope.spawn(move || accounts.iter().enumerate().map(judge_one).collect::<Vec<Judgement>>())
        });
        let shares: Vec<_> = shares.collect();
        shares.into_iter().flat_map(|share| share.join().expect("judging does not panic")).collect()
    })
}

/// Tokens here never leave the process, and so their key need not be secret.
fn key() -> TokenKey {
    TokenKey::new([0; 16])
}

/// The verdict of a message of which it is not known whose it is.
const UNRESOLVED: Verdict = Verdict::Unchecked;
