use std::collections::BTreeSet;

use engine::{Account, Books, Catalogue, Finding, Instant, Judgement, Transaction, TransactionId};

/// A row of an account's history, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
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

/// What an account's messages and transactions became: a row for each message, and one for each transaction known at
/// the time of judging that no message's row is about.
pub(crate) fn history_of(books: &Books, judgement: &Judgement, catalogue: &Catalogue) -> Vec<HistoryRow> {
    let Books { account, transactions, index } = *books;
    let mut untold: BTreeSet<&TransactionId> = judgement.untold().map(|it| &it.id).collect();
    let mut told: BTreeSet<&TransactionId> = BTreeSet::new();
    let mut rows: Vec<HistoryRow> = Vec::with_capacity(judgement.findings().len());
    for finding in judgement.findings() {
        let about = finding.transaction().map(|transaction| &transaction.id);
        told.extend(about);
        // Told of too late: the first message about it says so.
        let late = about.is_some_and(|id| untold.remove(id));
        rows.push(message_row(account, &finding, late));
    }
    let apart = transactions
        .iter()
        .filter(|transaction| transaction.is_known_at(index.at()) && !told.contains(&transaction.id));
    rows.extend(apart.map(|transaction| {
        transaction_row(account, transaction, untold.contains(&transaction.id), catalogue, index.at())
    }));
    rows.sort_by(|a, b| (a.at, &a.entry_id).cmp(&(b.at, &b.entry_id)));
    rows
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
