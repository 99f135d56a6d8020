//! Loads a feed folder into a store and judges what it touches.

mod fingerprint;
mod load_file;

use std::io;
use std::sync::Arc;

use engine::{Account, Evidence, Instant, Message, Transaction};
use indicatif::{ProgressBar, ProgressStyle};
use store::{Hashed, Judged, Judging, Loaded, Store, StoreError};

use crate::catalogue::{CATALOGUES_MAX, is_worth_learning, keep_learnt, learn_again, stored_judging};
use crate::feed::{BadLine, FeedFile, FeedFolder, FeedFolderError};
use load_file::{Load, load_file};

/// What an import came to.
#[derive(Clone, Debug, Default)]
pub struct ImportSummary {
    /// Records under ids that were not known.
    pub new: usize,
    /// Records that stand in the place of others.
    pub corrected: usize,
    /// Records that changed nothing.
    pub unchanged: usize,
    /// Lines that an earlier run of the same files had loaded.
    pub skipped: u64,
    /// Lines that were not taken, by file.
    pub bad: Vec<(FeedFile, BadLine)>,
    /// What was judged.
    pub judged: Judged,
}

/// Why an import stopped. What it had loaded is kept, and it goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The folder.
    #[error(transparent)]
    Feed(#[from] FeedFolderError),
    /// Reading a file.
    #[error("the feed can't be read")]
    Read(#[from] io::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The catalogue in the store.
    #[error("the catalogue can't be used")]
    Catalogue(#[from] engine::CatalogueError),
}

/// Messages that are judged in one transaction while others write too.
const JUDGE_STEP_MESSAGES: usize = 1_000;

/// Messages that are judged in one transaction.
pub const JUDGE_BATCH_MESSAGES: usize = 20_000;

/// Loads the files of a feed in turn, as first seen at `at`, and then judges every account that they touched by what is
/// known then.
pub async fn import_feed(
    store: &Store,
    feed: Arc<FeedFolder>,
    at: Instant,
) -> Result<ImportSummary, ImportError> {
    let mut summary = ImportSummary::default();
    load_file::<Account>(store, &feed, at, &mut summary).await?;
    load_file::<Transaction>(store, &feed, at, &mut summary).await?;
    load_file::<Message>(store, &feed, at, &mut summary).await?;
    summary.judged = judge_touched(store, at).await?;
    Ok(summary)
}

/// Judges every account whose records changed since it was judged; and all of them once more, where that shows that
/// messages assert something else than was thought.
pub async fn judge_touched(store: &Store, at: Instant) -> Result<Judged, ImportError> {
    for _ in 1..CATALOGUES_MAX {
        match try_judge_touched(store, at).await {
            Err(ImportError::Store(StoreError::OtherCatalogue)) => {}
            done => return done,
        }
    }
    try_judge_touched(store, at).await
}

/// Judges what is left to be judged while the house runs: in small steps, so that what is handed in meanwhile does not
/// wait for it, and without learning from it.
pub async fn judge_waiting(store: &Store, at: Instant) -> Result<Judged, ImportError> {
    for _ in 0..CATALOGUES_MAX {
        if store.queued_accounts().await? == 0 {
            return Ok(Judged::default());
        }
        let judging = Judging { learns: false, ..stored_judging(store, at).await? };
        let mut evidence = Evidence::default();
        let progress = |_: &Judged| {};
        match store.judge_queued(&judging, JUDGE_STEP_MESSAGES, &mut evidence, progress).await {
            Err(StoreError::OtherCatalogue) => {}
            done => return Ok(done?),
        }
    }
    Err(StoreError::OtherCatalogue.into())
}

async fn try_judge_touched(store: &Store, at: Instant) -> Result<Judged, ImportError> {
    let was_cut_short = store.begin_learning().await?;
    let shows_all = store.queues_all_accounts().await?;
    let judging = stored_judging(store, at).await?;
    let mut evidence = Evidence::default();
    let mut judged = judge_queue(store, &judging, &mut evidence).await?;
    let is_worth_it = was_cut_short || is_worth_learning(store, &judging, &evidence).await?;
    // What is learnt must not depend on where an import was stopped: it is learnt from all accounts.
    let has_learnt = match (is_worth_it, shows_all && !was_cut_short) {
        (false, _) => false,
        (true, true) => keep_learnt(store, &judging, &evidence).await?,
        (true, false) => learn_again(store, at).await?,
    };
    if has_learnt {
        let judging = Judging { learns: false, ..stored_judging(store, at).await? };
        judged = judge_queue(store, &judging, &mut evidence).await?;
    }
    store.end_learning().await?;
    Ok(judged)
}

async fn judge_queue(
    store: &Store,
    judging: &Judging,
    evidence: &mut Evidence,
) -> Result<Judged, ImportError> {
    let bar = progress_bar(store.queued_accounts().await?, "judging", "{human_pos}/{human_len} accounts");
    let progress = |judged: &Judged| bar.set_position(judged.accounts as u64);
    let judged = store.judge_queued(judging, JUDGE_BATCH_MESSAGES, evidence, progress).await?;
    bar.finish_and_clear();
    Ok(judged)
}

/// A bar on the standard error, where that is a terminal; nothing elsewhere.
fn progress_bar(length: u64, what: &'static str, counts: &str) -> ProgressBar {
    let template = format!("{{msg:>14}} {{bar:32}} {counts}, {{elapsed}}");
    let style = ProgressStyle::with_template(&template).expect("the bar's template is valid");
    ProgressBar::new(length).with_style(style).with_message(what)
}

impl ImportSummary {
    fn count(&mut self, loaded: &Loaded) {
        self.new += loaded.new;
        self.corrected += loaded.corrected;
        self.unchanged += loaded.unchanged;
    }
}

impl Load for Account {
    const FILE: FeedFile = FeedFile::Accounts;

    type Ready = Self;

    async fn load(
        store: &Store,
        progress: &store::Progress,
        batch: Vec<Self::Ready>,
        now: Instant,
    ) -> Result<Loaded, StoreError> {
        store.load_accounts(progress, batch, now).await
    }
}

impl Load for Transaction {
    const FILE: FeedFile = FeedFile::Transactions;

    type Ready = Hashed<Self>;

    async fn load(
        store: &Store,
        progress: &store::Progress,
        batch: Vec<Self::Ready>,
        now: Instant,
    ) -> Result<Loaded, StoreError> {
        store.load_transactions(progress, batch, now).await
    }
}

impl Load for Message {
    const FILE: FeedFile = FeedFile::Messages;

    type Ready = Hashed<Self>;

    async fn load(
        store: &Store,
        progress: &store::Progress,
        batch: Vec<Self::Ready>,
        now: Instant,
    ) -> Result<Loaded, StoreError> {
        store.load_messages(progress, batch, now).await
    }
}
