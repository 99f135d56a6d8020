use engine::{Instant, Span};

use crate::record_rows::TransactionRow;
use crate::{AccountScope, Around, StoreError, StoreTransaction, TransactionView, on_both};

/// How far to either side of a message a reader may look for what it could be about.
const AROUND: Span = Span::hours(48);
/// As many as a page lists without hiding what matters.
const AROUND_ROWS_MAX: usize = 50;

/// What happened on the account around a moment.
pub(crate) async fn read_around(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    moment: Instant,
) -> Result<Around, StoreError> {
    let rows: Vec<TransactionRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, occurred_at, transaction_id, kind, recorded_at, status, reference_list, amount_minor,
                    currency, imei, model, line, summary
             from {transactions} where account_id = $1 and occurred_at between $4 and $5
             order by abs(occurred_at - $6), transaction_id limit $7",
            1,
        ))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .bind(moment.minus(AROUND).micros())
        .bind(moment.plus(AROUND).micros())
        .bind(moment.micros())
        .bind(i64::try_from(AROUND_ROWS_MAX + 1).expect("the bound is small"))
        .fetch_all(connection)
        .await?
    });
    let more = rows.len() > AROUND_ROWS_MAX;
    let nearest = rows.into_iter().take(AROUND_ROWS_MAX);
    let mut transactions: Vec<TransactionView> =
        nearest.map(|row| row.into_transaction().map(TransactionView::of)).collect::<Result<_, _>>()?;
    transactions.sort_by(|a, b| (a.occurred_at, &a.id).cmp(&(b.occurred_at, &b.id)));
    Ok(Around { transactions, more })
}
