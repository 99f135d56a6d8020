use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{
    Account, BookIndex, Books, Catalogue, Elsewhere, Evidence, Instant, JudgeContext, Message, Reader, Sent,
    Token, TokenKey, Transaction, judge,
};

use crate::StoreError;
use crate::history_row::{HistoryRow, history_of};
use crate::in_parallel::in_parallel;
use crate::read_books::{KeptRows, messages_of_rows, transactions_of_rows};

/// An account whose messages are read.
pub(crate) struct ReadAccount {
    pub account: Account,
    pub transactions: Vec<Transaction>,
    pub messages: Vec<Sent>,
    pub index: BookIndex,
    /// What its messages cite and its own books do not hold: what has to be looked for elsewhere.
    pub cited: BTreeSet<i64>,
}

/// Accounts, and their records as they come from the database.
pub(crate) struct KeptRecords {
    pub accounts: Vec<Account>,
    pub transactions: KeptRows,
    pub messages: KeptRows,
}

/// By what accounts are judged.
#[derive(Clone, Debug)]
pub struct Judging {
    /// What messages are read by. Its catalogue is what the operator says.
    pub reader: Arc<Reader>,
    /// What they are judged by: what the operator says, and what was learnt beyond.
    pub catalogue: Arc<Catalogue>,
    /// Which version of the catalogue that is.
    pub version: i64,
    /// The time at which to judge.
    pub at: Instant,
    /// How far the operator's books are complete, where they are behind.
    pub books_until: Option<Instant>,
    /// Whether to gather what the accounts' histories show of what messages assert.
    pub learns: bool,
}

/// Reads the messages of accounts, on all cores.
pub(crate) fn read_all(
    kept: KeptRecords,
    key: &TokenKey,
    judging: &Judging,
) -> Result<(Vec<ReadAccount>, Evidence), StoreError> {
    let KeptRecords { accounts, transactions, messages } = kept;
    let read = in_parallel(accounts, |account| -> Result<_, StoreError> {
        let id = account.id.as_str();
        let transactions = transactions.get(id).map_or(Ok(Vec::new()), |rows| transactions_of_rows(rows))?;
        let messages = messages.get(id).map_or(Ok(Vec::new()), |rows| messages_of_rows(rows))?;
        Ok(read_account(account, transactions, &messages, key, judging))
    });
    let mut accounts = Vec::with_capacity(read.len());
    let mut evidence = Evidence::default();
    for read in read {
        let (account, shown) = read?;
        accounts.push(account);
        evidence.merge(shown);
    }
    Ok((accounts, evidence))
}

fn read_account(
    account: Account,
    transactions: Vec<Transaction>,
    messages: &[Message],
    key: &TokenKey,
    judging: &Judging,
) -> (ReadAccount, Evidence) {
    let Judging { reader, catalogue, at, learns, .. } = judging;
    let messages: Vec<Sent> = messages.iter().map(|message| reader.read(message, &account.locale)).collect();
    let index = BookIndex::new(&account, &transactions, *at);
    let books = Books { account: &account, transactions: &transactions, index: &index };
    let unexplained = books.unexplained(&messages, catalogue);
    let cited = unexplained.iter().map(|citation| citation.token(key).get()).collect();
    let mut evidence = Evidence::default();
    if *learns {
        evidence.add(&books, &messages, reader.catalogue());
    }
    (ReadAccount { account, transactions, messages, index, cited }, evidence)
}

/// Judges accounts, on all cores. `elsewhere` has, by account, which of the tokens it cites other accounts' books hold.
pub(crate) fn judge_all(
    accounts: Vec<ReadAccount>,
    elsewhere: &BTreeMap<String, BTreeSet<i64>>,
    context: &JudgeAll,
) -> Vec<Vec<HistoryRow>> {
    in_parallel(accounts, |read| {
        let ReadAccount { account, transactions, messages, index, .. } = &read;
        let known = elsewhere.get(account.id.as_str()).into_iter().flatten();
        let elsewhere = Elsewhere::new(context.key.clone(), known.map(|token| Token::from_stored(*token)));
        let catalogue = &context.judging.catalogue;
        let books_until = context.judging.books_until;
        let judge_context =
            JudgeContext { catalogue, since: context.since, elsewhere: &elsewhere, books_until };
        let books = Books { account, transactions, index };
        history_of(&books, &judge(&books, messages, &judge_context), catalogue)
    })
}

/// What judging takes besides the accounts.
pub(crate) struct JudgeAll<'a> {
    pub judging: &'a Judging,
    pub key: &'a TokenKey,
    pub since: Instant,
}
