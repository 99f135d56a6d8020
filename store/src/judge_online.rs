use std::collections::{BTreeMap, BTreeSet};

use engine::{Instant, MessageId, Verdict};
use tokio::task::spawn_blocking;

use crate::history_row::HistoryRow;
use crate::json_list::json_list;
use crate::judge_accounts::ReadAccount;
use crate::judge_queued::{known_elsewhere, leave_queue, read_step_of};
use crate::messages_since::read_messages_since;
use crate::standings::{ChangedRows, KeptStanding, Standings};
use crate::touched::{Change, Changes};
use crate::write_history::{Stamp, write_changed_history, write_cited, write_history};
use crate::{Judging, Store, StoreError, StoreTransaction};

/// Accounts that are judged in the write that touches them, to be put back among the standing ones once it is committed.
#[derive(Default)]
pub(crate) struct JudgedOnline {
    pub kept: Vec<KeptStanding>,
    /// Of the messages that were written.
    pub verdicts: BTreeMap<MessageId, Verdict>,
}

/// An account of which a few records changed since it was judged.
struct Kept {
    standing: KeptStanding,
    /// What it cites for the first time, or may be known elsewhere from now on, or no more.
    asked: BTreeSet<i64>,
    cites_others: bool,
}

impl Store {
    /// Judges accounts in the write that touches them.
    pub(crate) async fn judge_online(
        &self,
        work: &mut StoreTransaction,
        few: BTreeMap<String, Changes>,
        judging: &Judging,
        standings: &mut Standings,
    ) -> Result<JudgedOnline, StoreError> {
        if few.is_empty() {
            return Ok(JudgedOnline::default());
        }
        let since = read_messages_since(work).await?.unwrap_or(judging.at);
        let stamp = Stamp::new(judging.at, judging.version);
        let ids = json_list(few.keys());
        let messages: Vec<MessageId> = few.values().flat_map(Changes::messages).cloned().collect();
        let (mut kept, mut anew) = (Vec::new(), Vec::new());
        for (account, changes) in few {
            match standings.take(&account) {
                Some(standing) if !changes.is_anew => {
                    kept.push(self.take_changes(standing, changes, judging));
                }
                _ => anew.push(account),
            }
        }
        let mut judged = Vec::with_capacity(kept.len() + anew.len());
        if !kept.is_empty() {
            judged.extend(judge_kept(work, kept, judging, since, &stamp).await?);
        }
        if !anew.is_empty() {
            judged.extend(self.judge_anew(work, anew, judging, since, &stamp).await?);
        }
        leave_queue(work, ids).await?;
        let verdict = |id: MessageId| {
            let verdict = judged.iter().find_map(|account| account.verdict(&id))?;
            Some((id, verdict))
        };
        Ok(JudgedOnline { verdicts: messages.into_iter().filter_map(verdict).collect(), kept: judged })
    }

    fn take_changes(&self, mut standing: KeptStanding, changes: Changes, judging: &Judging) -> Kept {
        let cited_before = standing.cited.clone();
        let news = standing.take(changes.records, &judging.reader, self.token_key());
        let cites_others = standing.cited != cited_before;
        let asked = if changes.is_cited { standing.cited.clone() } else { news };
        Kept { standing, asked, cites_others }
    }

    /// Judges accounts of which it is not known how they stood.
    async fn judge_anew(
        &self,
        work: &mut StoreTransaction,
        accounts: Vec<String>,
        judging: &Judging,
        since: Instant,
        stamp: &Stamp,
    ) -> Result<Vec<KeptStanding>, StoreError> {
        let step = read_step_of(work, accounts).await?;
        let ids = step.ids();
        let (read, _) = self.read_apart(step.records, judging).await.map_err(|_| StoreError::Judging)??;
        let elsewhere = known_elsewhere(work, read.iter().flat_map(ReadAccount::cited_rows)).await?;
        let cited = read.iter().flat_map(ReadAccount::cited_rows).collect();
        let (key, by) = (self.token_key().clone(), judging.clone());
        let judged = spawn_blocking(move || {
            let nothing = BTreeSet::new();
            let judge = |read: ReadAccount| {
                let known = elsewhere.get(read.account.id.as_str()).unwrap_or(&nothing);
                let mut standing = KeptStanding::new(read, known, &key, &by);
                let rows = standing.judge(&by, since).rows;
                (standing, rows)
            };
            read.into_iter().map(judge).unzip::<_, _, Vec<_>, Vec<_>>()
        });
        let (standings, rows) = judged.await.map_err(|_| StoreError::Judging)?;
        write_history(work, &ids, rows.into_iter().flatten().collect(), stamp).await?;
        write_cited(work, &ids, &cited).await?;
        Ok(standings)
    }
}

/// Judges what changed on accounts of which it is known how they stood.
async fn judge_kept(
    work: &mut StoreTransaction,
    mut kept: Vec<Kept>,
    judging: &Judging,
    since: Instant,
    stamp: &Stamp,
) -> Result<Vec<KeptStanding>, StoreError> {
    let asked: Vec<(i64, String)> = kept.iter().flat_map(Kept::asked_rows).collect();
    let elsewhere = known_elsewhere(work, asked.into_iter()).await?;
    let nothing = BTreeSet::new();
    let (mut keys, mut rows): (BTreeSet<(String, i64, String)>, Vec<HistoryRow>) = Default::default();
    for Kept { standing, asked, .. } in &mut kept {
        let id = standing.id().to_owned();
        standing.learn_elsewhere(asked, elsewhere.get(&id).unwrap_or(&nothing));
        let changed: ChangedRows = standing.judge(judging, since);
        keys.extend(changed.keys.into_iter().map(|key| key.of_account(&id)));
        rows.extend(changed.rows);
    }
    write_changed_history(work, keys, &rows, stamp).await?;
    let citing: Vec<&KeptStanding> =
        kept.iter().filter(|kept| kept.cites_others).map(|kept| &kept.standing).collect();
    if !citing.is_empty() {
        let ids = json_list(citing.iter().map(|standing| standing.id()));
        let cited = citing
            .iter()
            .flat_map(|standing| standing.cited.iter().map(|token| (*token, standing.id().to_owned())));
        write_cited(work, &ids, &cited.collect()).await?;
    }
    Ok(kept.into_iter().map(|kept| kept.standing).collect())
}

impl Kept {
    fn asked_rows(&self) -> impl Iterator<Item = (i64, String)> {
        self.asked.iter().map(|token| (*token, self.standing.id().to_owned()))
    }
}

impl Changes {
    /// The messages that stand from now on.
    fn messages(&self) -> impl Iterator<Item = &MessageId> {
        self.records.iter().filter_map(|change| match change {
            Change::Message(message) => Some(&message.id),
            _ => None,
        })
    }
}
