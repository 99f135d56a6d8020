use std::collections::BTreeMap;

use engine::{AccountId, CounterfoilNumber, Instant};
use sqlx::FromRow;

use crate::begin_export::AccountExport;
use crate::export_row::{
    ExportRow, ExportTable, ExportedMessage, ExportedTransaction, PastVerdictView, SecurityView,
};
use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::narrow_reasons::narrow_rows;
use crate::number_messages::counterfoil_numbers_of;
use crate::read_lookups::LookupRow;
use crate::read_reports::threads_after;
use crate::read_transactions_at::{Transactions, read_transactions_at};
use crate::record_rows::{MessageRow, TransactionRow, account_id};
use crate::{AccountScope, ReportThread, StoreError, StoreTransaction, TransactionView, on_both};

/// A place in a table of an export: behind a row of this time, or name, and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPlace {
    at: i64,
    id: String,
}

/// Rows of a table, the oldest first.
#[derive(Debug, Default)]
pub struct ExportPage {
    /// They.
    pub rows: Vec<ExportRow>,
    /// Where the next are, if there may be any.
    pub next: Option<ExportPlace>,
}

/// Messages read at once. Each may be some hundred kilobytes of HTML; most are a few.
const MESSAGES_AT_ONCE: usize = 100;
/// Reports read at once, each with its thread.
const REPORTS_AT_ONCE: usize = 50;
/// Rows of the other tables read at once: some hundred bytes each.
const ROWS_AT_ONCE: usize = 1_000;

#[derive(FromRow)]
struct ToldRow {
    #[sqlx(flatten)]
    transaction: TransactionRow,
    untold: Option<i64>,
}

#[derive(FromRow)]
struct PastRow {
    account_id: String,
    message_id: String,
    place: i64,
    judged_at: i64,
    replaced_at: i64,
    verdict: String,
    transaction_id: Option<String>,
    reasons: String,
}

#[derive(FromRow)]
struct DoneRow {
    account_id: String,
    at: i64,
    sequence: i64,
    act: String,
    actor_kind: String,
    actor_role: Option<String>,
    client: Option<String>,
}

impl ExportPlace {
    /// Before every row.
    fn first() -> Self {
        Self { at: i64::MIN, id: String::new() }
    }
}

impl AccountExport {
    /// Rows of a table behind a place, or its first: of the moment at which the export began.
    pub async fn read(
        &mut self,
        table: ExportTable,
        after: Option<ExportPlace>,
    ) -> Result<ExportPage, StoreError> {
        let after = after.unwrap_or_else(ExportPlace::first);
        match table {
            ExportTable::Messages => self.messages(&after).await,
            ExportTable::Transactions => self.transactions(&after).await,
            ExportTable::PastVerdicts => self.past_verdicts(&after).await,
            ExportTable::Lookups => self.lookups(&after).await,
            ExportTable::Reports => self.reports(&after).await,
            ExportTable::Security => self.security(&after).await,
        }
    }

    async fn messages(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let Self { work, scope, token_key, .. } = self;
        let rows: Vec<MessageRow> = on_both!(&mut *work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select account_id, sent_at, message_id, channel, recipient, sender, template, batch, subject, text, html,
                        data, delivery
                 from {messages}
                 where account_id = $1 and (sent_at, message_id) > ($4, $5)
                 order by account_id, sent_at, message_id limit $6",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(after.at)
            .bind(&after.id)
            .bind(limit(MESSAGES_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let next = place_after(&rows, MESSAGES_AT_ONCE, |row| (row.sent_at, row.message_id.clone()));
        let judged = judged_rows(work, scope, &rows).await?;
        let about =
            judged.values().filter_map(|row| Some((row.transaction_at?, row.transaction_id.as_deref()?)));
        let about = read_transactions_at(work, scope, about).await?;
        let ids = rows.iter().map(|row| row.message_id.as_str());
        let numbers = counterfoil_numbers_of(work, token_key, ids).await?;
        let messages = rows.into_iter().zip(numbers).map(|(row, number)| {
            let message = exported(row, number, &judged, &about)?;
            Ok(ExportRow::Message(Box::new(message)))
        });
        Ok(ExportPage { rows: messages.collect::<Result<_, StoreError>>()?, next })
    }

    async fn transactions(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let Self { work, scope, .. } = self;
        let rows: Vec<ToldRow> = on_both!(work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select transactions.account_id, transactions.occurred_at, transactions.transaction_id, transactions.kind,
                        recorded_at, status, reference_list, amount_minor, currency, imei, model, line, summary, untold
                 from {transactions}
                 left join {history} on history.account_id = transactions.account_id
                                  and history.at = transactions.occurred_at
                                  and history.entry_id = 't:' || transactions.transaction_id
                 where transactions.account_id = $1
                   and (transactions.occurred_at, transactions.transaction_id) > ($4, $5)
                 order by transactions.account_id, transactions.occurred_at, transactions.transaction_id limit $6",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(after.at)
            .bind(&after.id)
            .bind(limit(ROWS_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let key = |row: &ToldRow| (row.transaction.occurred_at, row.transaction.transaction_id.clone());
        let next = place_after(&rows, ROWS_AT_ONCE, key);
        let rows = rows.into_iter().map(ToldRow::into_row).collect::<Result<_, _>>()?;
        Ok(ExportPage { rows, next })
    }

    /// Why a verdict was what it was may rest on what is another's: to a member only the verdict is told.
    async fn past_verdicts(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let Self { work, scope, .. } = self;
        let rows: Vec<PastRow> = on_both!(work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select past_verdicts.account_id, past_verdicts.message_id, place, judged_at, replaced_at, verdict,
                        transaction_id, reasons
                 from past_verdicts
                 join message_ids on message_ids.message_id = past_verdicts.message_id
                                 and message_ids.account_id = past_verdicts.account_id
                 join {messages} on messages.account_id = past_verdicts.account_id
                                and messages.sent_at = message_ids.sent_at
                                and messages.message_id = past_verdicts.message_id
                 where past_verdicts.account_id = $1
                   and (past_verdicts.message_id, past_verdicts.place) > ($4, $5)
                 order by past_verdicts.account_id, past_verdicts.message_id, past_verdicts.place limit $6",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(&after.id)
            .bind(after.at)
            .bind(limit(ROWS_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let next = place_after(&rows, ROWS_AT_ONCE, |row| (row.place, row.message_id.clone()));
        let is_part = scope.is_members();
        let rows = rows.into_iter().map(|row| row.into_row(is_part)).collect::<Result<_, _>>()?;
        Ok(ExportPage { rows, next })
    }

    /// Who looked is for the account's holder.
    async fn lookups(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let Ok(account) = self.scope.whole() else { return Ok(ExportPage::default()) };
        let rows: Vec<LookupRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select account_id, lookup_id, opened_at, user_name, role, reason, found_by, closes_at, closed_at
                 from lookups
                 where account_id = $1 and (opened_at, lookup_id) > ($2, $3)
                 order by account_id, opened_at, lookup_id limit $4",
            )
            .bind(account.as_str())
            .bind(after.at)
            .bind(&after.id)
            .bind(limit(ROWS_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let next = place_after(&rows, ROWS_AT_ONCE, |row| (row.opened_at, row.lookup_id.clone()));
        let rows = rows.into_iter().map(|row| row.into_view().map(ExportRow::Lookup));
        Ok(ExportPage { rows: rows.collect::<Result<_, _>>()?, next })
    }

    /// What somebody reported is theirs, as on the pages.
    async fn reports(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let Self { work, scope, .. } = self;
        let threads = threads_after(work, scope, (after.at, &after.id), REPORTS_AT_ONCE).await?;
        let key = |thread: &ReportThread| (thread.report.opened_at.micros(), thread.report.id.to_string());
        let next = place_after(&threads, REPORTS_AT_ONCE, key);
        let rows = threads.into_iter().map(|thread| ExportRow::Report(Box::new(thread))).collect();
        Ok(ExportPage { rows, next })
    }

    /// What concerns the account's own people, and not how the house watches its staff; to a member, what they did.
    async fn security(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let sequence: i64 = after.id.parse().unwrap_or(i64::MIN);
        let only = self.scope.is_members().then(|| self.sign_in().user.user_id.to_string());
        let rows: Vec<DoneRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select account_id, at, sequence, act, actor_kind, actor_role, client from audit_log
                 where account_id = $1 and (at, sequence) > ($2, $3)
                   and (cast($5 as text) is null or actor_id = $5)
                   and act in ('sign_in', 'sign_in_refused', 'password_changed', 'lookup_opened', 'lookup_closed',
                               'user_added', 'account_exported')
                 order by account_id, at, sequence limit $4",
            )
            .bind(account)
            .bind(after.at)
            .bind(sequence)
            .bind(limit(ROWS_AT_ONCE))
            .bind(only)
            .fetch_all(connection)
            .await?
        });
        let next = place_after(&rows, ROWS_AT_ONCE, |row| (row.at, row.sequence.to_string()));
        let rows = rows.into_iter().map(DoneRow::into_row).collect::<Result<_, _>>()?;
        Ok(ExportPage { rows, next })
    }
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).expect("a page's limit is small")
}

/// Behind the last row, where a page is full.
fn place_after<Row>(rows: &[Row], full: usize, key: impl Fn(&Row) -> (i64, String)) -> Option<ExportPlace> {
    let (at, id) = rows.last().filter(|_| rows.len() == full).map(key)?;
    Some(ExportPlace { at, id })
}

/// What became of messages, by their ids, as whoever reads it may see why.
async fn judged_rows(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    messages: &[MessageRow],
) -> Result<BTreeMap<String, HistoryRow>, StoreError> {
    if messages.is_empty() {
        return Ok(BTreeMap::new());
    }
    let keys = messages.iter().map(|row| (row.sent_at, format!("m:{}", row.message_id)));
    let keys = json_list(keys);
    // A cross join, because SQLite keeps its order: it would rather go through all of the account's history.
    let rows: Vec<HistoryRow> = on_both!(&mut *work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, at, entry_id, message_id, transaction_id, transaction_at, kind, channel, verdict,
                    attention, untold, waits_until, reasons
             from (select distinct cast(value ->> 0 as bigint) as wanted_at, value ->> 1 as wanted_id from {rows}) as wanted
             cross join {history}
             where account_id = $2 and at = wanted_at and entry_id = wanted_id",
            2,
        ))
        .bind(keys)
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    let rows = narrow_rows(work, scope, rows).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.message_id.clone()?, row))).collect())
}

fn exported(
    row: MessageRow,
    number: Option<CounterfoilNumber>,
    judged: &BTreeMap<String, HistoryRow>,
    about: &Transactions,
) -> Result<ExportedMessage, StoreError> {
    let judged = judged.get(&row.message_id);
    let transaction = judged.and_then(|row| about.get(row.transaction_id.as_deref()?)).cloned();
    Ok(ExportedMessage {
        owner: account_id(&row.account_id)?,
        message: row.into_message()?,
        number,
        verdict: judged.map(HistoryRow::read_verdict).transpose()?.flatten(),
        kind: judged.map(HistoryRow::read_kind).transpose()?.flatten(),
        waits_until: judged.and_then(|row| row.waits_until).map(Instant::from_micros),
        transaction,
        reasons: judged.map(HistoryRow::read_reasons).transpose()?.unwrap_or_default(),
        is_withheld: judged.is_some_and(HistoryRow::is_withheld),
    })
}

impl ToldRow {
    /// A transaction without an entry of its own is one that a message's entry is about.
    fn into_row(self) -> Result<ExportRow, StoreError> {
        Ok(ExportRow::Transaction(Box::new(ExportedTransaction {
            transaction: TransactionView::of(self.transaction.into_transaction()?),
            is_told: self.untold.is_none(),
            is_untold: self.untold == Some(1),
        })))
    }
}

impl PastRow {
    fn into_row(self, is_part: bool) -> Result<ExportRow, StoreError> {
        self.read(is_part).ok_or(StoreError::Unreadable("past verdict"))
    }

    fn read(self, is_part: bool) -> Option<ExportRow> {
        let reasons = if is_part { Vec::new() } else { serde_json::from_str(&self.reasons).ok()? };
        let transaction = self.transaction_id.filter(|_| !is_part);
        Some(ExportRow::PastVerdict(PastVerdictView {
            owner: self.account_id.parse().ok()?,
            message: self.message_id.parse().ok()?,
            judged_at: Instant::from_micros(self.judged_at),
            replaced_at: Instant::from_micros(self.replaced_at),
            verdict: self.verdict.parse().ok()?,
            transaction: transaction.map(|id| id.parse()).transpose().ok()?,
            reasons,
        }))
    }
}

impl DoneRow {
    fn into_row(self) -> Result<ExportRow, StoreError> {
        self.read().ok_or(StoreError::Unreadable("audit entry"))
    }

    fn read(self) -> Option<ExportRow> {
        let role = self.actor_role.map(|role| role.parse()).transpose().ok()?;
        // From where the staff works is not for customers.
        let client = self.client.filter(|_| role == Some(crate::Role::Customer));
        Some(ExportRow::Security(SecurityView {
            owner: self.account_id.parse::<AccountId>().ok()?,
            at: Instant::from_micros(self.at),
            act: self.act.parse().ok()?,
            actor: self.actor_kind.parse().ok()?,
            role,
            client,
        }))
    }
}
