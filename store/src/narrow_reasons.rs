use std::collections::BTreeSet;

use engine::{Cause, Reason, TransactionId};

use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::{AccountScope, StoreError, StoreTransaction, on_both};

/// A transaction's time where there is one that its reader may not see.
const WITHHELD_AT: i64 = 0;

/// Rows as whoever reads them may see why: to a member no reason names, or compares with, a transaction that is not of
/// their lines. What it came to is shown to them still, for that is what became of their own message.
pub(crate) async fn narrow_rows(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    mut rows: Vec<HistoryRow>,
) -> Result<Vec<HistoryRow>, StoreError> {
    if !scope.is_members() {
        return Ok(rows);
    }
    let reasons = rows.iter().map(HistoryRow::read_reasons).collect::<Result<Vec<_>, _>>()?;
    let cited = reasons.iter().flatten().flat_map(cited_by).collect();
    let own = own_among(work, scope, &cited).await?;
    for (row, reasons) in rows.iter_mut().zip(reasons) {
        row.narrow(reasons, &own);
    }
    Ok(rows)
}

impl HistoryRow {
    /// Whether it is about a transaction that its reader may not see.
    pub(crate) fn is_withheld(&self) -> bool {
        self.transaction_id.is_none() && self.transaction_at.is_some()
    }

    fn narrow(&mut self, reasons: Vec<Reason>, own: &BTreeSet<String>) {
        let count = reasons.len();
        let is_withheld = self.is_withheld();
        let kept: Vec<Reason> =
            reasons.into_iter().filter_map(|reason| narrowed(reason, is_withheld, own)).collect();
        if kept.len() < count {
            (self.transaction_id, self.transaction_at) = (None, Some(WITHHELD_AT));
        }
        self.reasons = serde_json::to_string(&kept).expect("reasons are JSON");
    }
}

/// As much of a reason as rests on what is own; `None` where it rests on something else.
fn narrowed(reason: Reason, is_withheld: bool, own: &BTreeSet<String>) -> Option<Reason> {
    let is_own = |id: &TransactionId| own.contains(id.as_str());
    let Reason { cause, facts } = reason;
    match cause {
        Cause::NoTransaction { kinds, from, to, nearest: Some(nearest) } if !is_own(&nearest.transaction) => {
            let facts = facts.into_iter().filter(|fact| fact.recorded.is_none()).collect();
            Some(Reason { cause: Cause::NoTransaction { kinds, from, to, nearest: None }, facts })
        }
        // The first one went to the same recipient, so it is theirs too.
        Cause::Duplicate { .. } if is_withheld => Some(Reason { cause, facts: Vec::new() }),
        _ if is_withheld => None,
        Cause::Split { ref transactions } | Cause::Several { ref transactions }
            if !transactions.iter().all(is_own) =>
        {
            None
        }
        cause => Some(Reason { cause, facts }),
    }
}

fn cited_by(reason: &Reason) -> Vec<&TransactionId> {
    match &reason.cause {
        Cause::Split { transactions } | Cause::Several { transactions } => transactions.iter().collect(),
        Cause::NoTransaction { nearest: Some(nearest), .. } => vec![&nearest.transaction],
        _ => Vec::new(),
    }
}

/// Which of some transactions are of the reader's lines.
async fn own_among(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    cited: &BTreeSet<&TransactionId>,
) -> Result<BTreeSet<String>, StoreError> {
    if cited.is_empty() {
        return Ok(BTreeSet::new());
    }
    let own: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(scope.written::<Driver>(
            "select transactions.transaction_id from transaction_ids cross join {transactions}
             where transaction_ids.transaction_id in ({texts}) and transaction_ids.account_id = $2
               and transactions.account_id = transaction_ids.account_id
               and transactions.occurred_at = transaction_ids.occurred_at
               and transactions.transaction_id = transaction_ids.transaction_id",
            2,
        ))
        .bind(json_list(cited))
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    Ok(own.into_iter().collect())
}
