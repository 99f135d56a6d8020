//! What people are to be told of by mail is written down in the transaction in which it happens; the mail follows.

use engine::{AccountId, Instant, Span};

use crate::execute_rows::execute_rows;
use crate::history_row::HistoryRow;
use crate::write_mail::is_own;
use crate::{LookupId, StoreError, StoreTransaction, on_both};

/// What happens within this is told of together.
pub(crate) const GATHERED_FOR: Span = Span::minutes(1);

/// Notes that messages are flagged which were not, for whoever signed up before they were sent. A message is told of once,
/// whatever becomes of it.
pub(crate) async fn note_flagged<'a>(
    work: &mut StoreTransaction,
    rows: impl Iterator<Item = &'a HistoryRow> + Send,
    judged_at: i64,
) -> Result<(), StoreError> {
    let due_at = Instant::from_micros(judged_at).plus(GATHERED_FOR).micros();
    let flagged = rows.filter_map(|row| {
        let message = row.message_id.as_deref().filter(|message| !is_own(message))?;
        Some((row.account_id.as_str(), message, row.at, due_at))
    });
    let flagged: Vec<_> = flagged.collect();
    let statement = "insert into alerts (account_id, user_id, kind, subject_id, due_at)
         select users.account_id, users.user_id, 'flagged', value ->> 1, cast(value ->> 3 as bigint)
         from {rows} join users on users.account_id = value ->> 0
         where users.role = 'customer' and users.created_at <= cast(value ->> 2 as bigint)
         on conflict (account_id, user_id, kind, subject_id) do nothing";
    execute_rows(work, statement, flagged).await
}

/// Notes that somebody of the staff opened an account.
pub(crate) async fn note_lookup(
    work: &mut StoreTransaction,
    account: &AccountId,
    lookup: &LookupId,
    now: Instant,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into alerts (account_id, user_id, kind, subject_id, due_at)
             select account_id, user_id, 'lookup', $2, $3 from users
             where account_id = $1 and role = 'customer'",
        )
        .bind(account.as_str())
        .bind(lookup.as_str())
        .bind(now.plus(GATHERED_FOR).micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}
