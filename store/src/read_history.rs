use engine::{Instant, TokenKey};

use crate::history_row::HistoryRow;
use crate::page_rows::{Place, Way, page_rows};
use crate::read_summaries::{Summaries, read_summaries};
use crate::read_transactions_at::{Transactions, read_transactions_at};
use crate::record_rows::account_id;
use crate::{
    AccountScope, Cursor, HistoryEntry, HistoryPage, HistoryQuery, Page, Store, StoreError, StoreTransaction,
    on_both,
};

impl Store {
    /// A page of an account's history: each message with the transaction it is about, and each transaction that no
    /// message tells of, the newest first.
    pub async fn read_history(
        &self,
        scope: &AccountScope,
        query: &HistoryQuery,
    ) -> Result<HistoryPage, StoreError> {
        let limit = query.limit.clamp(1, HistoryQuery::ENTRIES_MAX);
        let mut work = self.begin_scoped(scope.account()).await?;
        let (place, way) = self.place_of(&mut work, scope, &query.page).await?;
        let mut rows = page_rows(&mut work, scope, &query.filter, (&place, way), limit + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        if way == Way::Newer {
            rows.reverse();
        }
        let cursor = |row: Option<&HistoryRow>| row.map(|row| cursor_of(row, scope, self.token_key()));
        let (has_earlier, has_newer) = match query.page {
            Page::Newest => (more, false),
            Page::Before(_) => (more, true),
            Page::After(_) => (true, more),
        };
        let earlier = cursor(rows.last().filter(|_| has_earlier));
        let newer = cursor(rows.first().filter(|_| has_newer));
        let entries = read_entries(&mut work, scope, &rows).await?;
        Ok(HistoryPage { entries, earlier, newer })
    }

    async fn place_of(
        &self,
        work: &mut StoreTransaction,
        scope: &AccountScope,
        page: &Page,
    ) -> Result<(Place, Way), StoreError> {
        match page {
            Page::Newest => Ok((Place::newest(), Way::Earlier)),
            Page::Before(cursor) => {
                let found = find_entry(work, scope, cursor, self.token_key()).await?;
                Ok((found.unwrap_or_else(|| Place::after_all_at(cursor.at.micros())), Way::Earlier))
            }
            Page::After(cursor) => {
                let found = find_entry(work, scope, cursor, self.token_key()).await?;
                Ok((found.unwrap_or_else(|| Place::before_all_at(cursor.at.micros())), Way::Newer))
            }
        }
    }
}

fn cursor_of(row: &HistoryRow, scope: &AccountScope, key: &TokenKey) -> Cursor {
    Cursor { at: Instant::from_micros(row.at), entry: key.entry_token(scope.account(), &row.entry_id) }
}

/// The entry that a cursor means, among those of its moment. It may be no more: then a page is to show all of that
/// moment's again and not leave any out.
async fn find_entry(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    cursor: &Cursor,
    key: &TokenKey,
) -> Result<Option<Place>, StoreError> {
    let at = cursor.at.micros();
    let entries: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(
            scope.written::<Driver>("select entry_id from {history} where account_id = $1 and at = $4", 1),
        )
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .bind(at)
        .fetch_all(connection)
        .await?
    });
    let meant = entries.into_iter().find(|entry| key.entry_token(scope.account(), entry) == cursor.entry);
    Ok(meant.map(|entry_id| Place { at, entry_id }))
}

/// The entries that rows of a history are, with their messages and transactions.
pub(crate) async fn read_entries(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    rows: &[HistoryRow],
) -> Result<Vec<HistoryEntry>, StoreError> {
    let messages = rows.iter().filter_map(|row| Some((row.at, row.message_id.as_deref()?)));
    let messages = read_summaries(work, scope, messages).await?;
    let transactions =
        rows.iter().filter_map(|row| Some((row.transaction_at?, row.transaction_id.as_deref()?)));
    let transactions = read_transactions_at(work, scope, transactions).await?;
    rows.iter().map(|row| entry(row, &messages, &transactions)).collect()
}

fn entry(
    row: &HistoryRow,
    messages: &Summaries,
    transactions: &Transactions,
) -> Result<HistoryEntry, StoreError> {
    let message = row.message_id.as_deref().and_then(|id| messages.get(id)).cloned();
    let transaction = row.transaction_id.as_deref().and_then(|id| transactions.get(id)).cloned();
    Ok(HistoryEntry {
        owner: account_id(&row.account_id)?,
        at: Instant::from_micros(row.at),
        verdict: row.read_verdict()?,
        kind: row.read_kind()?,
        attention: row.attention != 0,
        untold: row.untold != 0,
        waits_until: row.waits_until.map(Instant::from_micros),
        message,
        transaction,
        reasons: row.read_reasons()?,
        is_withheld: row.is_withheld(),
    })
}
