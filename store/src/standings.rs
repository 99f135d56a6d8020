use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use engine::{
    Catalogue, Citation, E164, Elsewhere, Finding, Instant, MessageId, Reader, Standing, Token, TokenKey,
    Transaction, Verdict,
};
use rustc_hash::{FxHashMap, FxHasher};

use crate::Judging;
use crate::history_row::{Entry, HistoryRow, entries_of, sort_by_time};
use crate::judge_accounts::ReadAccount;
use crate::touched::Change;

/// Accounts that were judged lately, kept up record by record: what comes in for one of them costs what it changes, and
/// not the whole account.
///
/// They are good for one version of the catalogue, and as long as nobody else writes records.
#[derive(Default)]
pub struct Standings {
    accounts: FxHashMap<String, KeptStanding>,
    version: i64,
    records: usize,
    turn: u64,
}

/// An account as it was judged last.
pub(crate) struct KeptStanding {
    standing: Standing,
    /// By each row of its history, in order, a hash of what it says.
    rows: Vec<(RowKey, u64)>,
    /// What its messages cite and its own books don't hold.
    pub cited: BTreeSet<i64>,
    /// Which of that is known elsewhere.
    known: BTreeSet<i64>,
    used: u64,
}

/// A row of an account's history: when, whether of a message (`m`) or a transaction (`t`), and of which.
#[derive(Clone)]
pub(crate) struct RowKey {
    at: i64,
    sort: char,
    id: Box<str>,
}

/// The rows of an account that are others than before.
#[derive(Default)]
pub(crate) struct ChangedRows {
    /// Of those that changed or are gone, the keys.
    pub keys: Vec<RowKey>,
    /// Those that changed or are new.
    pub rows: Vec<HistoryRow>,
}

/// Records in memory: about a kilobyte each.
const RECORDS_MAX: usize = 100_000;

impl Standings {
    /// Forgets all of them where they are not good any more.
    pub(crate) fn keep_for(&mut self, version: i64, is_sole_writer: bool) {
        if self.version != version || !is_sole_writer {
            self.accounts.clear();
            self.records = 0;
        }
        self.version = version;
    }

    /// An account, which is not among them until it is put back: what is written of it may yet fail.
    pub(crate) fn take(&mut self, account: &str) -> Option<KeptStanding> {
        let taken = self.accounts.remove(account)?;
        self.records -= taken.records();
        Some(taken)
    }

    /// Keeps an account, and forgets those that were used the longest ago where there is no room.
    pub(crate) fn put(&mut self, mut kept: KeptStanding) {
        if kept.records() > RECORDS_MAX {
            return;
        }
        self.turn += 1;
        kept.used = self.turn;
        if self.records + kept.records() > RECORDS_MAX {
            self.make_room();
        }
        self.records += kept.records();
        self.accounts.insert(kept.standing.account().id.to_string(), kept);
    }

    /// Forgets half of them: rarely, and then many at once.
    fn make_room(&mut self) {
        let mut used: Vec<u64> = self.accounts.values().map(|kept| kept.used).collect();
        let middle = used.len() / 2;
        if let Some((_, middle, _)) = (!used.is_empty()).then(|| used.select_nth_unstable(middle)) {
            self.accounts.retain(|_, kept| kept.used > *middle);
        }
        self.records = self.accounts.values().map(KeptStanding::records).sum();
    }
}

impl KeptStanding {
    /// An account that was read.
    pub(crate) fn new(read: ReadAccount, known: &BTreeSet<i64>, key: &TokenKey, judging: &Judging) -> Self {
        let ReadAccount { account, transactions, messages, cited, .. } = read;
        let tokens = known.iter().map(|token| Token::from_stored(*token));
        let elsewhere = Elsewhere::new(key.clone(), tokens);
        let catalogue = Arc::clone(&judging.catalogue);
        let standing = Standing::new(account, transactions, messages, catalogue, elsewhere, judging.at);
        Self { standing, rows: Vec::new(), cited, known: known.clone(), used: 0 }
    }

    /// What became of one of its messages.
    pub(crate) fn verdict(&self, id: &MessageId) -> Option<Verdict> {
        Some(self.standing.finding(id)?.verdict())
    }

    /// The account's id.
    pub(crate) fn id(&self) -> &str {
        self.standing.account().id.as_str()
    }

    /// Takes records that stand from now on; what it cites since then that it did not before.
    pub(crate) fn take(&mut self, changes: Vec<Change>, reader: &Reader, key: &TokenKey) -> BTreeSet<i64> {
        let locale = self.standing.account().locale.clone();
        let mut messages = Vec::new();
        let mut recounts = false;
        for change in changes {
            match change {
                Change::Message(message) => {
                    messages.push(message.id.clone());
                    self.standing.put_message(reader.read(&message, &locale));
                }
                Change::MessageGone(id) => {
                    recounts = true;
                    self.standing.remove_message(&id);
                }
                Change::Transaction(transaction) => {
                    recounts = true;
                    self.standing.put_transaction(*transaction);
                }
            }
        }
        let token = |citation: &Citation| citation.token(key).get();
        let cited: BTreeSet<i64> = if recounts {
            self.standing.unexplained().iter().map(token).collect()
        } else {
            let of_messages = messages.iter().flat_map(|id| self.standing.unexplained_by(id));
            of_messages.map(|citation| token(&citation)).chain(self.cited.iter().copied()).collect()
        };
        let news = cited.difference(&self.cited).copied().collect();
        self.cited = cited;
        news
    }

    /// Takes which of some tokens are known elsewhere.
    pub(crate) fn learn_elsewhere(&mut self, asked: &BTreeSet<i64>, known: &BTreeSet<i64>) {
        for token in asked {
            let is_known = known.contains(token);
            if is_known != self.known.contains(token) {
                self.standing.put_elsewhere(Token::from_stored(*token), is_known);
            }
            if is_known {
                self.known.insert(*token);
            } else {
                self.known.remove(token);
            }
        }
    }

    /// Judges what changed, at a time; the rows that are others than when it was asked last.
    pub(crate) fn judge(&mut self, judging: &Judging, since: Instant) -> ChangedRows {
        if judging.at > self.standing.at() {
            self.standing.advance(judging.at);
        }
        self.standing.put_books_until(judging.books_until);
        self.standing.settle();
        let before = std::mem::take(&mut self.rows);
        let (changed, rows) = changed_rows(&self.standing, before, &judging.catalogue, since);
        self.rows = rows;
        changed
    }

    fn records(&self) -> usize {
        self.rows.len().max(1)
    }
}

/// The rows that are others than before, and by each that stands a hash of what it says. Both are in the keys' order, so
/// that what stays is passed over without being written out.
fn changed_rows(
    standing: &Standing,
    before: Vec<(RowKey, u64)>,
    catalogue: &Catalogue,
    since: Instant,
) -> (ChangedRows, Vec<(RowKey, u64)>) {
    let mut findings: Vec<Finding> = standing.findings().collect();
    sort_by_time(&mut findings);
    let mut entries = entries_of(findings.into_iter(), standing.known_transactions(), standing.untold(since));
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut changed = ChangedRows::default();
    let mut after = Vec::with_capacity(entries.len());
    let mut before = before.into_iter().peekable();
    for entry in &entries {
        let order = entry.order();
        while let Some((gone, _)) = before.next_if(|(key, _)| key.order() < order) {
            changed.keys.push(gone);
        }
        let hash = entry.hash();
        let kept = before.next_if(|(key, _)| key.order() == order);
        if kept.as_ref().is_none_or(|(_, kept)| *kept != hash) {
            changed.keys.extend(kept.as_ref().map(|(key, _)| key.clone()));
            changed.rows.push(entry.row(standing.account(), catalogue, standing.at()));
        }
        after.push((kept.map_or_else(|| entry.key(), |(key, _)| key), hash));
    }
    changed.keys.extend(before.map(|(gone, _)| gone));
    (changed, after)
}

impl RowKey {
    fn order(&self) -> (i64, char, &str) {
        (self.at, self.sort, &self.id)
    }

    /// The row's key in the history of its account.
    pub(crate) fn of_account(self, account: &str) -> (String, i64, String) {
        (account.to_owned(), self.at, format!("{}:{}", self.sort, self.id))
    }
}

impl Entry<'_> {
    fn order(&self) -> (i64, char, &str) {
        match self {
            Self::Message { finding, .. } => {
                (finding.message().sent_at.micros(), 'm', finding.message().id.as_str())
            }
            Self::Transaction { transaction, .. } => {
                (transaction.occurred_at.micros(), 't', transaction.id.as_str())
            }
        }
    }

    fn key(&self) -> RowKey {
        let (at, sort, id) = self.order();
        RowKey { at, sort, id: id.into() }
    }

    /// A hash of what its row says, without writing it out where that follows from little.
    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        match self {
            Self::Message { finding, is_late } => {
                finding.verdict().as_str().hash(&mut hasher);
                is_late.hash(&mut hasher);
                if let Some(transaction) = finding.transaction() {
                    hash_transaction(transaction, &mut hasher);
                }
                if !matches!(finding.verdict(), Verdict::Matched | Verdict::Informational) {
                    let reasons = serde_json::to_vec(&finding.written_reasons()).expect("reasons are JSON");
                    hasher.write(&reasons);
                }
            }
            Self::Transaction { transaction, is_untold } => {
                is_untold.hash(&mut hasher);
                hash_transaction(transaction, &mut hasher);
            }
        }
        hasher.finish()
    }
}

/// Of what of a transaction stands in the rows that are about it.
fn hash_transaction(transaction: &Transaction, hasher: &mut FxHasher) {
    transaction.id.hash(hasher);
    transaction.occurred_at.hash(hasher);
    transaction.kind.as_str().hash(hasher);
    transaction.amount.hash(hasher);
    transaction.line.as_ref().map(E164::as_str).hash(hasher);
    transaction.device.as_ref().map(|device| device.imei.printed()).hash(hasher);
    for reference in &transaction.references {
        reference.given().hash(hasher);
    }
}
