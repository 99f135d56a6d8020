use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;

use engine::{
    Account, Books, Citation, Elsewhere, Instant, JudgeContext, Message, Reader, Reading, Token, TokenKey,
    Transaction, judge,
};

use crate::StoreError;
use crate::history_row::{HistoryRow, history_of};
use crate::in_parallel::in_parallel;
use crate::known_tokens::{tokens_of_account, tokens_of_transaction};
use crate::read_books::{message_of_row, transaction_of_row};

/// An account and everything kept of it.
pub(crate) struct AccountRecords {
    pub account: Account,
    pub transactions: Vec<Transaction>,
    pub messages: Vec<Message>,
}

/// An account whose messages are read.
pub(crate) struct ReadAccount {
    pub records: AccountRecords,
    readings: Vec<Reading>,
    /// What its messages cite and its own books do not hold: what has to be looked for elsewhere.
    pub cited: BTreeSet<i64>,
}

/// Accounts and their records, by account, as they come from the database.
pub(crate) struct KeptRecords {
    pub accounts: Vec<Account>,
    pub transactions: Vec<String>,
    pub messages: Vec<String>,
}

/// Reads the messages of accounts, on all cores.
pub(crate) fn read_all(
    kept: KeptRecords,
    reader: &Reader,
    key: &TokenKey,
    at: Instant,
) -> Result<Vec<ReadAccount>, StoreError> {
    Ok(in_parallel(records_by_account(kept)?, |records| read_account(records, reader, key, at)))
}

fn records_by_account(kept: KeptRecords) -> Result<Vec<AccountRecords>, StoreError> {
    let transactions = in_parallel(kept.transactions, |row| transaction_of_row(&row));
    let messages = in_parallel(kept.messages, |row| message_of_row(&row));
    let mut transactions = transactions.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().peekable();
    let mut messages = messages.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().peekable();
    let of_account = |account: Account| AccountRecords {
        transactions: take_while_it(&mut transactions, |transaction| transaction.account <= account.id)
            .filter(|transaction| transaction.account == account.id)
            .collect(),
        messages: take_while_it(&mut messages, |message| message.account.as_ref() <= Some(&account.id))
            .filter(|message| message.account.as_ref() == Some(&account.id))
            .collect(),
        account,
    };
    Ok(kept.accounts.into_iter().map(of_account).collect())
}

fn read_account(records: AccountRecords, reader: &Reader, key: &TokenKey, at: Instant) -> ReadAccount {
    let AccountRecords { account, transactions, messages } = &records;
    let readings: Vec<Reading> =
        messages.iter().map(|message| reader.read(message, &account.locale)).collect();
    let claims = readings.iter().filter_map(|reading| reading.claim.as_ref());
    let citations: BTreeSet<Citation> = claims.flat_map(|claim| claim.citations(account)).collect();
    let mut cited: BTreeSet<i64> = citations.iter().map(|citation| citation.token(key).get()).collect();
    let known = transactions.iter().filter(|transaction| transaction.is_known_at(at));
    let own = known.flat_map(|transaction| tokens_of_transaction(transaction, key));
    for (token, _) in own.chain(tokens_of_account(account, key)) {
        cited.remove(&token);
    }
    ReadAccount { records, readings, cited }
}

/// Judges accounts, on all cores. `elsewhere` has, by account, which of the tokens it cites other accounts' books hold.
pub(crate) fn judge_all(
    accounts: Vec<ReadAccount>,
    elsewhere: &BTreeMap<String, BTreeSet<i64>>,
    context: &JudgeAll,
) -> Vec<Vec<HistoryRow>> {
    in_parallel(accounts, |read| {
        let AccountRecords { account, transactions, messages } = &read.records;
        let known = elsewhere.get(account.id.as_str()).into_iter().flatten();
        let elsewhere = Elsewhere::new(context.key.clone(), known.map(|token| Token::from_stored(*token)));
        let catalogue = context.reader.catalogue();
        let (at, since) = (context.at, context.since);
        let judge_context = JudgeContext { catalogue, at, since, elsewhere: &elsewhere };
        let pairs: Vec<(&Message, &Reading)> = messages.iter().zip(&read.readings).collect();
        let judgement = judge(&Books { account, transactions }, &pairs, &judge_context);
        history_of(account, transactions, messages, &judgement, catalogue, at)
    })
}

/// What judging takes besides the accounts.
pub(crate) struct JudgeAll<'a> {
    pub reader: &'a Reader,
    pub key: &'a TokenKey,
    pub at: Instant,
    pub since: Instant,
}

fn take_while_it<T, I: Iterator<Item = T>>(
    items: &mut Peekable<I>,
    mut belongs: impl FnMut(&T) -> bool,
) -> impl Iterator<Item = T> {
    std::iter::from_fn(move || items.next_if(&mut belongs))
}
