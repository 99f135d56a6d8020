//! Judges a feed folder in memory: no store, nothing kept.

mod index_elsewhere;
mod index_recipients;
mod latest;
mod on_all_cores;
mod write_findings;

use std::convert::Infallible;
use std::io::{self, Write};
use std::path::PathBuf;

use engine::{
    Account, AccountId, BookIndex, Books, Catalogue, Elsewhere, Evidence, Instant, JudgeContext, Kind,
    Learnt, Message, MessageId, Reader, Sent, TokenKey, Transaction, Verdict, judge,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::feed::{BadLine, FeedFile, FeedFolder, FeedFolderError, read_batches};
use index_elsewhere::KnownTokens;
use index_recipients::Recipients;
use latest::{Arrival, Identified, Latest};
use on_all_cores::on_all_cores;
use write_findings::{Written, write_unresolved};

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
    index: BookIndex,
    messages: Vec<Sent>,
}

/// What a feed says, by account.
struct GatheredFeed {
    /// By id.
    accounts: Vec<Gathered>,
    /// Messages of which it is not known whose they are, by id.
    unresolved: Vec<MessageId>,
    /// When the first message was sent.
    since: Option<Instant>,
    /// What the messages were read by.
    reader: Reader,
}

/// Judges a feed at a time (its manifest's, unless given) and writes the verdicts.
///
/// `learns`: what the catalogue does not say is learnt from the feed itself first.
pub fn match_feed(
    feed: &FeedFolder,
    catalogue: Catalogue,
    learns: bool,
    as_of: Option<Instant>,
    mut output: MatchOutput,
) -> Result<MatchSummary, MatchError> {
    let at = time_of(feed, as_of)?;
    let mut summary = MatchSummary::default();
    let gathered = gather(feed, catalogue, at, &mut summary)?;
    let mut catalogue = gathered.reader.catalogue().clone();
    if learns {
        catalogue = catalogue.with_learnt(&learn_from(&gathered));
    }
    summary.accounts = gathered.accounts.len();
    summary.messages = gathered.unresolved.len();
    judge_all(&gathered, &catalogue, at, &mut summary, &mut output)?;
    write_unresolved(&gathered.unresolved, &mut output.verdicts).map_err(MatchError::Write)?;
    output.verdicts.flush().map_err(MatchError::Write)?;
    output.untold.iter_mut().try_for_each(Write::flush).map_err(MatchError::Write)?;
    Ok(summary)
}

/// What a feed teaches beyond a catalogue, by what is known at a time (its manifest's, unless given).
pub fn learn_feed(
    feed: &FeedFolder,
    catalogue: Catalogue,
    as_of: Option<Instant>,
) -> Result<(Learnt, MatchSummary), MatchError> {
    let at = time_of(feed, as_of)?;
    let mut summary = MatchSummary::default();
    let gathered = gather(feed, catalogue, at, &mut summary)?;
    summary.accounts = gathered.accounts.len();
    summary.messages = gathered.accounts.iter().map(|one| one.messages.len()).sum();
    Ok((learn_from(&gathered), summary))
}

fn time_of(feed: &FeedFolder, as_of: Option<Instant>) -> Result<Instant, MatchError> {
    as_of.or(feed.as_of()).ok_or_else(|| MatchError::NoTime(feed.path().to_owned()))
}

fn learn_from(gathered: &GatheredFeed) -> Learnt {
    let catalogue = gathered.reader.catalogue();
    let mut evidence = Evidence::default();
    let gather_evidence = |share: &&[Gathered]| {
        let mut evidence = Evidence::default();
        for one in *share {
            evidence.add(&one.books(), &one.messages, catalogue);
        }
        evidence
    };
    let shares: Vec<&[Gathered]> = gathered.accounts.chunks(ACCOUNTS_AT_A_TIME).collect();
    let Ok(()) = on_all_cores(&shares, gather_evidence, |more| -> Result<(), Infallible> {
        evidence.merge(more);
        Ok(())
    });
    evidence.learn(catalogue)
}

/// Accounts whose evidence is gathered in one, before it is put together.
const ACCOUNTS_AT_A_TIME: usize = 64;

impl Gathered {
    fn books(&self) -> Books<'_> {
        Books { account: &self.account, transactions: &self.transactions, index: &self.index }
    }
}

type Places = FxHashMap<AccountId, usize>;

fn gather(
    feed: &FeedFolder,
    catalogue: Catalogue,
    at: Instant,
    summary: &mut MatchSummary,
) -> Result<GatheredFeed, MatchError> {
    let accounts = gather_accounts(feed, summary)?;
    let places: Places =
        accounts.iter().enumerate().map(|(place, account)| (account.id.clone(), place)).collect();
    let (transactions, kinds) = gather_transactions(feed, &places, summary)?;
    let reader = Reader::new(catalogue.with_kinds(&kinds));
    let messages: Vec<Vec<Sent>> =
        gather_messages(feed, &reader, &accounts, &places, summary)?.into_lists().collect();
    let since = messages.iter().flatten().map(|message| message.sent_at).min();
    let mut messages = messages.into_iter();
    let accounts = (accounts.into_iter().zip(transactions.into_lists()).zip(&mut messages)).map(
        |((account, transactions), mut messages)| {
            messages.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
            let index = BookIndex::new(&account, &transactions, at);
            Gathered { account, transactions, index, messages }
        },
    );
    let accounts = accounts.collect();
    let mut unresolved: Vec<MessageId> = messages.flatten().map(|message| message.id).collect();
    unresolved.sort();
    Ok(GatheredFeed { accounts, unresolved, since, reader })
}

fn gather_accounts(feed: &FeedFolder, summary: &mut MatchSummary) -> Result<Vec<Account>, MatchError> {
    let mut latest = Latest::new(1);
    read_file(
        feed,
        FeedFile::Accounts,
        summary,
        |account: Account| account,
        |line, account| {
            let (revision, deleted) = (account.revision, account.deleted);
            latest.add(&Arrival { list: 0, line, revision, deleted }, account);
        },
    )?;
    let mut accounts: Vec<Account> = latest.into_lists().flatten().collect();
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(accounts)
}

/// The transactions by account, those of accounts that are not known last; and the kinds there are.
fn gather_transactions(
    feed: &FeedFolder,
    places: &Places,
    summary: &mut MatchSummary,
) -> Result<(Latest<Transaction>, FxHashSet<Kind>), MatchError> {
    let mut latest = Latest::new(places.len() + 1);
    let mut kinds = FxHashSet::default();
    let trim = |mut transaction: Transaction| {
        (transaction.status, transaction.summary) = (None, None);
        transaction
    };
    read_file(feed, FeedFile::Transactions, summary, trim, |line, transaction| {
        let list = places.get(&transaction.account).copied().unwrap_or(places.len());
        if list < places.len() && !transaction.deleted && !kinds.contains(&transaction.kind) {
            kinds.insert(transaction.kind.clone());
        }
        let (revision, deleted) = (transaction.revision, transaction.deleted);
        latest.add(&Arrival { list, line, revision, deleted }, transaction);
    })?;
    Ok((latest, kinds))
}

/// The messages by account, those of which it is not known whose they are last.
fn gather_messages(
    feed: &FeedFolder,
    reader: &Reader,
    accounts: &[Account],
    places: &Places,
    summary: &mut MatchSummary,
) -> Result<Latest<Sent>, MatchError> {
    let recipients = Recipients::of(accounts.iter(), &key());
    let mut latest = Latest::new(places.len() + 1);
    let read = |message: Message| {
        let owner = match &message.account {
            Some(account) => Some(account),
            None => recipients.owner(&message.recipient, message.sent_at),
        };
        let list = owner.and_then(|account| places.get(account).copied()).unwrap_or(places.len());
        let locale = accounts.get(list).map_or("", |account| &account.locale);
        let arrival = Arrival { list, line: 0, revision: message.revision, deleted: message.deleted };
        (arrival, reader.read(&message, locale))
    };
    read_file(feed, FeedFile::Messages, summary, read, |line, (arrival, message)| {
        latest.add(&Arrival { line, ..arrival }, message);
    })?;
    Ok(latest)
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

fn judge_all(
    gathered: &GatheredFeed,
    catalogue: &Catalogue,
    at: Instant,
    summary: &mut MatchSummary,
    output: &mut MatchOutput,
) -> Result<(), MatchError> {
    let key = key();
    let since = gathered.since.unwrap_or(at);
    let known = KnownTokens::of(&gathered.accounts, catalogue, &key);
    let wants_untold = output.untold.is_some();
    let judge_one = |one: &Gathered| {
        let elsewhere = Elsewhere::new(key.clone(), known.elsewhere(one));
        let context = JudgeContext { catalogue, since, elsewhere: &elsewhere, books_until: None };
        Written::of(&judge(&one.books(), &one.messages, &context), wants_untold)
    };
    on_all_cores(&gathered.accounts, judge_one, |written| {
        summary.messages += written.messages;
        summary.flagged += written.flagged;
        summary.untold += written.untold;
        output.verdicts.write_all(&written.verdict_lines)?;
        output.untold.iter_mut().try_for_each(|untold| untold.write_all(&written.untold_lines))
    })
    .map_err(MatchError::Write)
}

impl Identified for Account {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Identified for Transaction {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Identified for Sent {
    fn id(&self) -> &str {
        self.id.as_str()
    }
}

/// Tokens here never leave the process, and so their key need not be secret.
fn key() -> TokenKey {
    TokenKey::new([0; 16])
}

/// The verdict of a message of which it is not known whose it is.
const UNRESOLVED: Verdict = Verdict::Unchecked;
