use engine::{AccountId, Cause, Instant, Message, Reason, Verdict};

use crate::{AccountScope, StoreError, StoreTransaction, on_both};

/// A verdict that another took the place of.
#[derive(Clone, Debug, PartialEq)]
pub struct PastVerdict {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// When it was reached.
    pub judged_at: Instant,
    /// When another took its place.
    pub replaced_at: Instant,
    /// It.
    pub verdict: Verdict,
    /// Why; the weightiest first. To a member only as far as it rests on no transaction.
    pub reasons: Vec<Reason>,
}

#[derive(sqlx::FromRow)]
struct PastRow {
    account_id: String,
    judged_at: i64,
    replaced_at: i64,
    verdict: String,
    reasons: String,
}

/// The latest ones are shown: a message that was judged oftener has met a bad day of its books, and not that much news.
const PAST_ROWS_MAX: i64 = 20;

/// The verdicts that a message had before the one that stands, by time; of very many, the latest.
pub(crate) async fn read_past_verdicts(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    message: &Message,
) -> Result<Vec<PastVerdict>, StoreError> {
    let rows: Vec<PastRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, judged_at, replaced_at, verdict, reasons from past_verdicts
             where account_id = $1 and message_id = $2 order by place desc limit $3",
        )
        .bind(scope.account().as_str())
        .bind(message.id.as_str())
        .bind(PAST_ROWS_MAX)
        .fetch_all(connection)
        .await?
    });
    let past = rows.into_iter().rev().map(PastRow::into_past).collect::<Result<Vec<_>, _>>()?;
    Ok(if scope.is_members() { past.into_iter().map(PastVerdict::narrowed).collect() } else { past })
}

impl PastVerdict {
    /// As a member may see it: what it came to, and of why only what rests on no transaction. Whether one that was
    /// compared then is of their lines is not looked up for what does not stand any longer.
    fn narrowed(self) -> Self {
        let rests_on_none = |reason: &Reason| {
            matches!(reason.cause, Cause::NoClaim | Cause::Grace { .. } | Cause::BooksBehind { .. })
        };
        let reasons = self.reasons.into_iter().filter(rests_on_none);
        Self { reasons: reasons.map(|reason| Reason { facts: Vec::new(), ..reason }).collect(), ..self }
    }
}

/// When the verdict was reached that stands; `None` where that is not known, or there is none yet.
pub(crate) async fn read_judged_at(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    message: &Message,
) -> Result<Option<Instant>, StoreError> {
    let judged_at: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select judged_at from history where account_id = $1 and at = $2 and entry_id = $3",
        )
        .bind(scope.account().as_str())
        .bind(message.sent_at.micros())
        .bind(format!("m:{}", message.id))
        .fetch_optional(connection)
        .await?
    });
    Ok(judged_at.filter(|at| *at > 0).map(Instant::from_micros))
}

impl PastRow {
    fn into_past(self) -> Result<PastVerdict, StoreError> {
        let unreadable = StoreError::Unreadable("past verdict");
        let Ok(owner) = self.account_id.parse() else { return Err(unreadable) };
        let Ok(verdict) = self.verdict.parse() else { return Err(unreadable) };
        let Ok(reasons) = serde_json::from_str(&self.reasons) else { return Err(unreadable) };
        Ok(PastVerdict {
            owner,
            judged_at: Instant::from_micros(self.judged_at),
            replaced_at: Instant::from_micros(self.replaced_at),
            verdict,
            reasons,
        })
    }
}
