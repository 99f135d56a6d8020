use engine::{AccountId, Instant};
use sqlx::FromRow;

use crate::begin_export::AccountExport;
use crate::export_row::{
    ExportRow, ExportTable, ExportedMessage, ExportedTransaction, PastVerdictView, SecurityView,
};
use crate::number_messages::counterfoil_numbers_of;
use crate::read_lookups::LookupRow;
use crate::read_transactions_at::{Transactions, read_transactions_at};
use crate::record_rows::{MessageRow, TransactionRow, account_id};
use crate::{StoreError, TransactionView, on_both};

/// A place in a table of an export: behind a row of this time, or name, and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportPlace {
    at: i64,
    id: String,
}

/// Rows of a table, the oldest first.
#[derive(Debug)]
pub struct ExportPage {
    /// They.
    pub rows: Vec<ExportRow>,
    /// Where the next are, if there may be any.
    pub next: Option<ExportPlace>,
}

/// Messages read at once. Each may be some hundred kilobytes of HTML; most are a few.
const MESSAGES_AT_ONCE: usize = 100;
/// Rows of the other tables read at once: some hundred bytes each.
const ROWS_AT_ONCE: usize = 1_000;

#[derive(FromRow)]
struct JudgedRow {
    #[sqlx(flatten)]
    message: MessageRow,
    verdict: Option<String>,
    kind: Option<String>,
    waits_until: Option<i64>,
    transaction_id: Option<String>,
    transaction_at: Option<i64>,
    reasons: Option<String>,
}

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
            ExportTable::Security => self.security(&after).await,
        }
    }

    async fn messages(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let rows: Vec<JudgedRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select messages.account_id, messages.sent_at, messages.message_id, messages.channel, recipient, sender,
                        template, batch, subject, text, html, data, delivery, verdict, kind, waits_until, transaction_id,
                        transaction_at, reasons
                 from messages
                 left join history on history.account_id = messages.account_id and history.at = messages.sent_at
                                  and history.entry_id = 'm:' || messages.message_id
                 where messages.account_id = $1 and (messages.sent_at, messages.message_id) > ($2, $3)
                 order by messages.account_id, messages.sent_at, messages.message_id limit $4",
            )
            .bind(account)
            .bind(after.at)
            .bind(&after.id)
            .bind(limit(MESSAGES_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let next =
            place_after(&rows, MESSAGES_AT_ONCE, |row| (row.message.sent_at, row.message.message_id.clone()));
        let about = rows.iter().filter_map(|row| Some((row.transaction_at?, row.transaction_id.as_deref()?)));
        let about = read_transactions_at(&mut self.work, &self.scope, about).await?;
        let ids = rows.iter().map(|row| row.message.message_id.as_str());
        let numbers = counterfoil_numbers_of(&mut self.work, &self.token_key, ids).await?;
        let messages = rows.into_iter().zip(numbers).map(|(row, number)| {
            let message = row.into_message(&about)?;
            Ok(ExportRow::Message(Box::new(ExportedMessage { number, ..message })))
        });
        Ok(ExportPage { rows: messages.collect::<Result<_, StoreError>>()?, next })
    }

    async fn transactions(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let rows: Vec<ToldRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select transactions.account_id, transactions.occurred_at, transactions.transaction_id, transactions.kind,
                        recorded_at, status, reference_list, amount_minor, currency, imei, model, line, summary, untold
                 from transactions
                 left join history on history.account_id = transactions.account_id
                                  and history.at = transactions.occurred_at
                                  and history.entry_id = 't:' || transactions.transaction_id
                 where transactions.account_id = $1
                   and (transactions.occurred_at, transactions.transaction_id) > ($2, $3)
                 order by transactions.account_id, transactions.occurred_at, transactions.transaction_id limit $4",
            )
            .bind(account)
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

    async fn past_verdicts(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let rows: Vec<PastRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select account_id, message_id, place, judged_at, replaced_at, verdict, transaction_id, reasons
                 from past_verdicts
                 where account_id = $1 and (message_id, place) > ($2, $3)
                 order by account_id, message_id, place limit $4",
            )
            .bind(account)
            .bind(&after.id)
            .bind(after.at)
            .bind(limit(ROWS_AT_ONCE))
            .fetch_all(connection)
            .await?
        });
        let next = place_after(&rows, ROWS_AT_ONCE, |row| (row.place, row.message_id.clone()));
        let rows = rows.into_iter().map(PastRow::into_row).collect::<Result<_, _>>()?;
        Ok(ExportPage { rows, next })
    }

    async fn lookups(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let rows: Vec<LookupRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select account_id, lookup_id, opened_at, user_name, role, reason, found_by, closes_at, closed_at
                 from lookups
                 where account_id = $1 and (opened_at, lookup_id) > ($2, $3)
                 order by account_id, opened_at, lookup_id limit $4",
            )
            .bind(account)
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

    /// What concerns the account's own people, and not how the house watches its staff.
    async fn security(&mut self, after: &ExportPlace) -> Result<ExportPage, StoreError> {
        let account = self.scope.account().as_str();
        let sequence: i64 = after.id.parse().unwrap_or(i64::MIN);
        let rows: Vec<DoneRow> = on_both!(&mut self.work, |connection| {
            sqlx::query_as(
                "select account_id, at, sequence, act, actor_kind, actor_role, client from audit_log
                 where account_id = $1 and (at, sequence) > ($2, $3)
                   and act in ('sign_in', 'password_changed', 'lookup_opened', 'lookup_closed', 'user_added',
                               'account_exported')
                 order by account_id, at, sequence limit $4",
            )
            .bind(account)
            .bind(after.at)
            .bind(sequence)
            .bind(limit(ROWS_AT_ONCE))
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

impl JudgedRow {
    fn into_message(self, about: &Transactions) -> Result<ExportedMessage, StoreError> {
        let owner = account_id(&self.message.account_id)?;
        let reasons = self.reasons.as_deref().map(serde_json::from_str).transpose();
        let transaction = self.transaction_id.as_deref().and_then(|id| about.get(id)).cloned();
        let (verdict, kind) = (self.verdict, self.kind);
        let unreadable = || StoreError::Unreadable("entry of a history");
        Ok(ExportedMessage {
            owner,
            message: self.message.into_message()?,
            number: None,
            verdict: verdict.map(|it| it.parse()).transpose().map_err(|_| unreadable())?,
            kind: kind.map(|it| it.parse()).transpose().map_err(|_| unreadable())?,
            waits_until: self.waits_until.map(Instant::from_micros),
            transaction,
            reasons: reasons.map_err(|_| unreadable())?.unwrap_or_default(),
        })
    }
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
    fn into_row(self) -> Result<ExportRow, StoreError> {
        self.read().ok_or(StoreError::Unreadable("past verdict"))
    }

    fn read(self) -> Option<ExportRow> {
        Some(ExportRow::PastVerdict(PastVerdictView {
            owner: self.account_id.parse().ok()?,
            message: self.message_id.parse().ok()?,
            judged_at: Instant::from_micros(self.judged_at),
            replaced_at: Instant::from_micros(self.replaced_at),
            verdict: self.verdict.parse().ok()?,
            transaction: self.transaction_id.map(|id| id.parse()).transpose().ok()?,
            reasons: serde_json::from_str(&self.reasons).ok()?,
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
