use std::collections::{BTreeMap, BTreeSet};

use engine::Instant;

use crate::check_records::Defect;
use crate::dialect::Dialect;
use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::judge_accounts::{Judging, ReadAccount};
use crate::judge_queued::{known_elsewhere, read_step_of};
use crate::messages_since::read_messages_since;
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
        judging: &Judging,
    ) -> Result<CheckedVerdicts, StoreError> {
        let mut checked = CheckedVerdicts::default();
        for accounts in accounts.chunks(STEP_ACCOUNTS) {
            let mut work = self.begin_check().await?;
            let due = read_due(&mut work, &json_list(accounts), judging.at).await?;
            let settled: Vec<String> =
                accounts.iter().filter(|account| !due.contains(*account)).cloned().collect();
            let ids = json_list(&settled);
            let rows = self.judge_sample(&mut work, settled, judging).await?;
            let kept: Vec<HistoryRow> =
                read_kept(&mut work, &ids).await?.into_iter().map(|kept| kept.row).collect();
            checked.due += due.len();
            checked.accounts += accounts.len() - due.len();
            checked.entries += kept.len();
            checked.defects.extend(compare(&rows, &kept));
        }
        Ok(checked)
    }

    async fn judge_sample(
        &self,
        work: &mut StoreTransaction,
        accounts: Vec<String>,
        judging: &Judging,
    ) -> Result<Vec<HistoryRow>, StoreError> {
        let since = read_messages_since(work).await?.unwrap_or(judging.at);
        let step = read_step_of(work, accounts).await?;
        let (read, _) = self.read_apart(step.records, judging).await.map_err(|_| StoreError::Judging)??;
        let elsewhere = known_elsewhere(work, read.iter().flat_map(ReadAccount::cited_rows)).await?;
        self.judge_apart(read, elsewhere, judging, since).await.map_err(|_| StoreError::Judging)
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
