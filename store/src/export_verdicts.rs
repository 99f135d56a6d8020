use engine::{MessageId, TransactionId, Verdict};

use crate::{Store, StoreError, on_both};

/// What became of one message.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedVerdict {
    /// The message.
    pub message: MessageId,
    /// Its verdict; `None` where its account is not known, so that it could not be judged.
    pub verdict: Option<Verdict>,
    /// What vouches for it, or what it is about.
    pub transaction: Option<TransactionId>,
    /// A JSON list of [`engine::Reason`].
    pub reasons: String,
}

#[derive(sqlx::FromRow)]
struct ExportedRow {
    message_id: String,
    verdict: Option<String>,
    transaction_id: Option<String>,
    reasons: Option<String>,
}

/// Messages read at a time.
const PAGE_ROWS: i64 = 10_000;

impl Store {
    /// Hands every message's verdict to `take`, by message id. For comparing an import with a judging of its files: it
    /// reads every account and is for no page.
    pub async fn export_verdicts(&self, mut take: impl FnMut(ExportedVerdict)) -> Result<(), StoreError> {
        let mut work = self.begin_jobs().await?;
        let mut after = String::new();
        loop {
            let rows: Vec<ExportedRow> = on_both!(&mut work, |connection| {
                sqlx::query_as(
                    "select i.message_id, h.verdict, h.transaction_id, h.reasons
                     from message_ids i
                     left join history h
                         on h.account_id = i.account_id and h.at = i.sent_at and h.entry_id = 'm:' || i.message_id
                     where i.message_id > $1 and i.deleted = 0 and i.account_id not like 'counterfoil-canary-%'
                     order by i.message_id limit $2",
                )
                .bind(&after)
                .bind(PAGE_ROWS)
                .fetch_all(connection)
                .await?
            });
            let Some(last) = rows.last() else { return Ok(()) };
            after.clone_from(&last.message_id);
            for row in rows {
                take(row.exported().ok_or(StoreError::Unreadable("verdict"))?);
            }
        }
    }

    /// The transactions that customers had to be told of and were not, by id.
    pub async fn export_untold(&self) -> Result<Vec<TransactionId>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let ids: Vec<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select transaction_id from history where untold = 1 order by transaction_id")
                .fetch_all(connection)
                .await?
        });
        ids.iter().map(|id| id.parse().map_err(|_| StoreError::Unreadable("transaction"))).collect()
    }
}

impl ExportedRow {
    fn exported(self) -> Option<ExportedVerdict> {
        Some(ExportedVerdict {
            message: self.message_id.parse().ok()?,
            verdict: self.verdict.map(|verdict| verdict.parse()).transpose().ok()?,
            transaction: self.transaction_id.map(|id| id.parse()).transpose().ok()?,
            reasons: self.reasons.unwrap_or_else(|| "[]".to_owned()),
        })
    }
}
