//! Compares the verdicts of a match with a feed's truth.

mod read_lines;
mod report;

use std::io;
use std::path::Path;

use engine::{MessageId, TransactionId, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::feed::{FeedFile, FeedFolder, FeedFolderError};
use read_lines::{open_output, read_lines};
pub use report::{Rates, Report, WrongMessage};

/// Why a score can't be told.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
    /// The feed's folder.
    #[error(transparent)]
    Feed(#[from] FeedFolderError),
    /// A file can't be read.
    #[error("{file} can't be read: {error}")]
    Read {
        /// Which.
        file: String,
        /// What the system says.
        error: io::Error,
    },
    /// A line is not what the file has lines of.
    #[error("{file}, line {number}: {reason}")]
    Line {
        /// Which file.
        file: String,
        /// The line's number, from 1.
        number: u64,
        /// What is wrong with it.
        reason: String,
    },
}

/// What is true of a message.
#[derive(Deserialize)]
struct Truth {
    message: MessageId,
    verdict: Verdict,
    transaction: Option<TransactionId>,
    reason: Option<String>,
    /// Transactions that nothing in the feed tells apart from the first.
    #[serde(default)]
    also: Vec<TransactionId>,
}

/// What a match said of a message.
#[derive(Deserialize)]
struct Said {
    message: MessageId,
    verdict: Verdict,
    transaction: Option<TransactionId>,
    #[serde(default)]
    reasons: Vec<SaidReason>,
}

#[derive(Deserialize)]
struct SaidReason {
    code: String,
}

/// A line of untold transactions; the truth names the kind too.
#[derive(Deserialize)]
struct Untold {
    transaction: TransactionId,
}

/// Scores a match's verdicts, and its untold transactions where they are given.
pub fn score(
    feed: &FeedFolder,
    said: &Path,
    untold: Option<&Path>,
    wrong_max: usize,
) -> Result<Report, ScoreError> {
    let mut report = Report::new(wrong_max);
    let mut said_of: FxHashMap<MessageId, Said> = FxHashMap::default();
    read_lines(open_output(said)?, said, |line: Said| {
        said_of.insert(line.message.clone(), line);
    })?;
    let truth = feed.read(FeedFile::Truth)?;
    read_lines(truth, &feed.path().join("truth.ndjson"), |line: Truth| {
        report.count_message(&line, said_of.get(&line.message));
    })?;
    if let Some(path) = untold {
        let mut said_untold: FxHashSet<TransactionId> = FxHashSet::default();
        read_lines(open_output(path)?, path, |line: Untold| {
            said_untold.insert(line.transaction);
        })?;
        let mut true_untold: FxHashSet<TransactionId> = FxHashSet::default();
        read_lines(feed.read(FeedFile::Untold)?, &feed.path().join("untold.ndjson"), |line: Untold| {
            true_untold.insert(line.transaction);
        })?;
        report.count_untold(&true_untold, &said_untold);
    }
    Ok(report)
}

impl Said {
    fn code(&self) -> &str {
        self.reasons.first().map_or("", |reason| &reason.code)
    }
}
