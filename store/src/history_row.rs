use engine::{Account, Books, Catalogue, Finding, Instant, Judgement, Transaction, TransactionId};
use rustc_hash::FxHashSet;
use serde::Deserialize;

/// A row of an account's history, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, Deserialize)]
pub(crate) struct HistoryRow {
    pub account_id: String,
    pub at: i64,
    pub entry_id: String,
    pub message_id: Option<String>,
    pub transaction_id: Option<String>,
    pub transaction_at: Option<i64>,
    pub kind: Option<String>,
    pub channel: Option<String>,
    pub verdict: Option<String>,
    pub attention: i64,
    pub untold: i64,
    pub waits_until: Option<i64>,
    pub reasons: String,
}

/// What a row is of, before it is written out.
pub(crate) enum Entry<'a> {
    /// A message; whether the transaction that it is the first to tell of was told of too late.
    Message { finding: Finding<'a>, is_late: bool },
    /// A transaction that no message's row is about; whether its customer had to be told of it.
    Transaction { transaction: &'a Transaction, is_untold: bool },
}

/// What an account's messages and transactions became: an entry for each message, and one for each transaction known at
/// the time of judging that no message's is about. The findings are by time.
pub(crate) fn entries_of<'a>(
    findings: impl Iterator<Item = Finding<'a>>,
    known: impl Iterator<Item = &'a Transaction>,
    untold: impl Iterator<Item = &'a Transaction>,
) -> Vec<Entry<'a>> {
    let mut untold: FxHashSet<&TransactionId> = untold.map(|it| &it.id).collect();
    let mut told: FxHashSet<&TransactionId> = FxHashSet::default();
    let mut entries: Vec<Entry> = Vec::new();
    for finding in findings {
        let about = finding.transaction().map(|transaction| &transaction.id);
        told.extend(about);
        // Told of too late: the first message about it says so.
        let is_late = about.is_some_and(|id| untold.remove(id));
        entries.push(Entry::Message { finding, is_late });
    }
    let apart = known.filter(|transaction| !told.contains(&transaction.id));
    entries.extend(apart.map(|transaction| {
        let is_untold = untold.contains(&transaction.id);
        Entry::Transaction { transaction, is_untold }
    }));
    entries
}

/// The rows of an account that is judged whole.
pub(crate) fn history_of(books: &Books, judgement: &Judgement, catalogue: &Catalogue) -> Vec<HistoryRow> {
    let Books { account, transactions, index } = *books;
    let mut findings: Vec<Finding> = judgement.findings().collect();
    sort_by_time(&mut findings);
    let known = transactions.iter().filter(|transaction| transaction.is_known_at(index.at()));
    let entries = entries_of(findings.into_iter(), known, judgement.untold());
    entries.iter().map(|entry| entry.row(account, catalogue, index.at())).collect()
}

/// In the order in which the messages were sent.
pub(crate) fn sort_by_time(findings: &mut [Finding]) {
    findings.sort_unstable_by(|a, b| {
        let (a, b) = (a.message(), b.message());
        (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id))
    });
}

impl Entry<'_> {
    /// The row, of an account judged by a catalogue at a time.
    pub(crate) fn row(&self, account: &Account, catalogue: &Catalogue, at: Instant) -> HistoryRow {
        match self {
            Self::Message { finding, is_late } => message_row(account, finding, *is_late),
            Self::Transaction { transaction, is_untold } => {
                transaction_row(account, transaction, *is_untold, catalogue, at)
            }
        }
    }
}

fn message_row(account: &Account, finding: &Finding, late: bool) -> HistoryRow {
    let (message, about) = (finding.message(), finding.transaction());
    HistoryRow {
        account_id: account.id.to_string(),
        at: message.sent_at.micros(),
        entry_id: format!("m:{}", message.id),
        message_id: Some(message.id.to_string()),
        transaction_id: about.map(|transaction| transaction.id.to_string()),
        transaction_at: about.map(|transaction| transaction.occurred_at.micros()),
        kind: finding.kind().map(ToString::to_string),
        channel: Some(message.channel.as_str().to_owned()),
        verdict: Some(finding.verdict().as_str().to_owned()),
        attention: i64::from(finding.verdict().is_flagged() || late),
        untold: i64::from(late),
        waits_until: finding.waits_until().map(Instant::micros),
        reasons: serde_json::to_string(&finding.written_reasons()).expect("reasons are JSON"),
    }
}

fn transaction_row(
    account: &Account,
    transaction: &Transaction,
    untold: bool,
    catalogue: &Catalogue,
    at: Instant,
) -> HistoryRow {
    let tell_within = catalogue.rule(&transaction.kind).tell_within;
    let tell_until = tell_within.map(|within| transaction.occurred_at.plus(within));
    HistoryRow {
        account_id: account.id.to_string(),
        at: transaction.occurred_at.micros(),
        entry_id: format!("t:{}", transaction.id),
        message_id: None,
        transaction_id: Some(transaction.id.to_string()),
        transaction_at: Some(transaction.occurred_at.micros()),
        kind: Some(transaction.kind.to_string()),
        channel: None,
        verdict: None,
        attention: i64::from(untold),
        untold: i64::from(untold),
        // Until then its customer may yet be told of it, and after that it is untold.
        waits_until: tell_until.filter(|until| *until > at).map(Instant::micros),
        reasons: "[]".to_owned(),
    }
}
