use std::pin::Pin;

use serde::Serialize;

use crate::dialect::Dialect;
use crate::json_list::json_rows;
use crate::{StoreError, StoreTransaction, on_both};

/// Runs a statement for rows, which it takes as `{rows}`, a list at a time: while the database works on one list, the next
/// is written out.
///
/// Boxed, so that whoever awaits it does not hold the rows' iterator: rustc can't tell that one with closures may change
/// threads.
pub(crate) fn execute_rows<'a>(
    work: &'a mut StoreTransaction,
    statement: &'static str,
    rows: impl IntoIterator<Item: Serialize, IntoIter: Send + 'a>,
) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>> {
    let counted = execute_rows_counted(work, statement, rows);
    Box::pin(async move { counted.await.map(|_| ()) })
}

/// The same, and how many rows of the database it changed.
pub(crate) fn execute_rows_counted<'a>(
    work: &'a mut StoreTransaction,
    statement: &'static str,
    rows: impl IntoIterator<Item: Serialize, IntoIter: Send + 'a>,
) -> Pin<Box<dyn Future<Output = Result<u64, StoreError>> + Send + 'a>> {
    let mut lists = json_rows(rows.into_iter());
    Box::pin(async move {
        let mut changed = 0;
        let mut next = lists.next();
        while let Some(list) = next {
            let executed = async {
                let done = on_both!(&mut *work, |connection| {
                    sqlx::query(Driver::written(statement))
                        .bind(list)
                        .execute(connection)
                        .await?
                        .rows_affected()
                });
                Ok::<u64, StoreError>(done)
            };
            // The statement is under way before the second future is first polled.
            let (executed, following) = tokio::join!(biased; executed, async { lists.next() });
            changed += executed?;
            next = following;
        }
        Ok(changed)
    })
}
