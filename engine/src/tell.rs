use crate::book_index::BookIndex;
use crate::{Catalogue, Finding, Instant, Transaction, TransactionId};

/// The transactions that the customer had to be told of by now, and was not.
///
/// `since` is where the record of messages begins: nobody can say what was told before it.
pub(crate) fn find_untold(
    books: &BookIndex,
    findings: &[Finding],
    catalogue: &Catalogue,
    at: Instant,
    since: Instant,
) -> Vec<TransactionId> {
    let due = |transaction: &&Transaction| {
        let tell_within = catalogue.rule(&transaction.kind).tell_within?;
        let deadline = transaction.occurred_at.plus(tell_within);
        (deadline <= at && transaction.occurred_at >= since).then_some(deadline)
    };
    let told_by = |transaction: &TransactionId, deadline: Instant| {
        findings.iter().any(|finding| finding.tells_of(transaction) && finding.sent_at <= deadline)
    };
    let untold = books
        .transactions
        .iter()
        .filter(|transaction| due(transaction).is_some_and(|deadline| !told_by(&transaction.id, deadline)));
    untold.map(|transaction| transaction.id.clone()).collect()
}
