use engine::{AccountId, Instant, Span};

use crate::{Act, SignedIn, StoreError, StoreTransaction, on_both};

/// How many different accounts one person may open. Opening one again costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookupBudget {
    /// Within any hour.
    pub per_hour: u32,
    /// Within any 24 hours.
    pub per_day: u32,
}

/// Which part of a budget is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetSpan {
    /// That of an hour.
    Hour,
    /// That of a day.
    Day,
}

const HOUR: Span = Span::hours(1);
const DAY: Span = Span::days(1);
/// Once is a busy hour, and the page says whom to ask. Twice is somebody who did not read that. Who tries a third time
/// within a day goes on in spite of it, as a program does.
const HITS_MAX: i64 = 3;

impl LookupBudget {
    /// Somebody who answers calls opens an account every five minutes or so, and 30 an hour is more than anybody does:
    /// the record of the industry was taken by the million.
    pub const DEFAULT: Self = Self { per_hour: 30, per_day: 120 };
}

impl Default for LookupBudget {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl BudgetSpan {
    /// Its name in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

/// Which part of a person's budget one more account would go beyond, if any.
pub(crate) async fn spent_budget(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    account: &AccountId,
    budget: LookupBudget,
    now: Instant,
) -> Result<Option<BudgetSpan>, StoreError> {
    let first_opened = first_opened_since(work, staff, now.minus(DAY)).await?;
    if first_opened.iter().any(|(opened, _)| opened == account.as_str()) {
        return Ok(None);
    }
    let hour_began = now.minus(HOUR).micros();
    let of_hour = first_opened.iter().filter(|(_, at)| *at > hour_began).count();
    let is_spent = |opened: usize, most: u32| u32::try_from(opened).map_or(true, |opened| opened >= most);
    Ok(if is_spent(of_hour, budget.per_hour) {
        Some(BudgetSpan::Hour)
    } else if is_spent(first_opened.len(), budget.per_day) {
        Some(BudgetSpan::Day)
    } else {
        None
    })
}

/// Whether somebody has gone on asking for more than their budget: to be asked once the latest hit is written down.
pub(crate) async fn goes_on_asking(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    now: Instant,
) -> Result<bool, StoreError> {
    let hits: i64 = on_both!(work, |connection| {
        sqlx::query_scalar(
            "select count(*) from audit_log
             where actor_id = $1 and act = $2 and at > $3
               and at > (select coalesce(max(reinstated_at), $3) from users where user_id = $1)",
        )
        .bind(staff.user_id.as_str())
        .bind(Act::BudgetExceeded.as_str())
        .bind(now.minus(DAY).micros())
        .fetch_one(connection)
        .await?
    });
    Ok(hits >= HITS_MAX)
}

async fn first_opened_since(
    work: &mut StoreTransaction,
    staff: &SignedIn,
    since: Instant,
) -> Result<Vec<(String, i64)>, StoreError> {
    let opened = on_both!(work, |connection| {
        sqlx::query_as(
            "select account_id, min(opened_at) from lookup_ids where user_id = $1 and opened_at > $2
             group by account_id",
        )
        .bind(staff.user_id.as_str())
        .bind(since.micros())
        .fetch_all(connection)
        .await?
    });
    Ok(opened)
}
