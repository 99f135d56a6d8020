use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::Instant;
use tokio::task::spawn_blocking;

use crate::check_records::Defect;
use crate::dialect::Dialect;
use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::judge_accounts::{JudgeAll, Judging, KeptRecords, ReadAccount, judge_all, read_all};
use crate::judge_queued::known_elsewhere;
use crate::messages_since::read_messages_since;
use crate::read_books::{read_accounts, read_message_rows, read_transaction_rows};
use crate::write_history::read_kept;
use crate::{Store, StoreError, StoreTransaction, on_both};

/// What judging accounts anew came to, beside what is kept of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckedVerdicts {
    /// Accounts judged.
    pub accounts: usize,
    /// Accounts left out, for they are about to be judged anyway.
    pub due: usize,
    /// Entries of their histories that were compared.
    pub entries: usize,
    /// What came out otherwise.
    pub defects: Vec<Defect>,
}

/// Accounts that are read and judged at a time.
const STEP_ACCOUNTS: usize = 50;

const MISSING: &str = "an entry that is missing from a history";
const OTHER_VERDICT: &str = "a message whose verdict comes out otherwise";
const OTHER_ENTRY: &str = "an entry of a history that comes out otherwise";
const UNFOUNDED: &str = "an entry of a history that nothing stands behind";

impl Store {
    /// Judges accounts and compares their histories with those that are kept, entry by entry; it changes nothing.
    pub async fn check_verdicts(
        &self,
        accounts: &[String],
        judging: &Arc<Judging>,
    ) -> Result<CheckedVerdicts, StoreError> {
        let mut checked = CheckedVerdicts::default();
        for accounts in accounts.chunks(STEP_ACCOUNTS) {
            let mut work = self.begin_check().await?;
            let due = read_due(&mut work, &json_list(accounts), judging.at).await?;
            let ids = json_list(accounts.iter().filter(|account| !due.contains(*account)));
            let rows = self.judge_anew(&mut work, &ids, judging).await?;
            let kept = read_kept(&mut work, &ids).await?;
            checked.due += due.len();
            checked.accounts += accounts.len() - due.len();
            checked.entries += kept.len();
            checked.defects.extend(compare(&rows, &kept));
        }
        Ok(checked)
    }

    async fn judge_anew(
        &self,
        work: &mut StoreTransaction,
        ids: &str,
        judging: &Arc<Judging>,
    ) -> Result<Vec<HistoryRow>, StoreError> {
        let since = read_messages_since(work).await?.unwrap_or(judging.at);
        let accounts = read_accounts(work, ids).await?;
        let transactions = read_transaction_rows(work, ids).await?;
        let messages = read_message_rows(work, ids).await?;
        let records = KeptRecords { accounts, transactions, messages };
        let (with, key) = (Arc::clone(judging), self.token_key().clone());
        let read = spawn_blocking(move || read_all(records, &key, &with)).await;
        let (read, _): (Vec<ReadAccount>, _) = read.map_err(|_| StoreError::Judging)??;
        let elsewhere = known_elsewhere(work, &read).await?;
        let (judging, key) = (Arc::clone(judging), self.token_key().clone());
        let judged = spawn_blocking(move || {
            let context = JudgeAll { judging: &judging, key: &key, since };
            judge_all(read, &elsewhere, &context).into_iter().flatten().collect()
        });
        judged.await.map_err(|_| StoreError::Judging)
    }
}

/// Those of a JSON list of accounts whose kept histories need not be up to date.
async fn read_due(
    work: &mut StoreTransaction,
    ids: &str,
    at: Instant,
) -> Result<BTreeSet<String>, StoreError> {
    let due: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select account_id from judge_queue where account_id in ({texts})
             union
             select account_id from history where waits_until <= $2 and account_id in ({texts})",
        ))
        .bind(ids)
        .bind(at.micros())
        .fetch_all(connection)
        .await?
    });
    Ok(due.into_iter().collect())
}

fn compare(judged: &[HistoryRow], kept: &[HistoryRow]) -> Vec<Defect> {
    let kept: BTreeMap<_, &HistoryRow> = kept.iter().map(|row| (row.key(), row)).collect();
    let keys: BTreeSet<_> = judged.iter().map(HistoryRow::key).collect();
    let of_judged = judged.iter().filter_map(|row| {
        let what = match kept.get(&row.key()) {
            Some(kept) if *kept == row => return None,
            Some(kept) if kept.verdict != row.verdict => OTHER_VERDICT,
            Some(_) => OTHER_ENTRY,
            None => MISSING,
        };
        Some(defect(what, row))
    });
    let of_kept = kept.iter().filter(|(key, _)| !keys.contains(*key)).map(|(_, row)| defect(UNFOUNDED, row));
    of_judged.chain(of_kept).collect()
}

fn defect(what: &'static str, row: &HistoryRow) -> Defect {
    Defect { what, account: row.account_id.clone(), id: row.entry_id.clone() }
}
