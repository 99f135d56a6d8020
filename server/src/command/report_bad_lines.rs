use crate::feed::{BadLine, FeedFile};

/// The most bad lines that are told one by one; a feed in another format has nothing else.
const TOLD_MAX: usize = 1000;

/// Tells each bad line by file, number and reason on the standard error.
pub(super) fn report_bad_lines(bad: &[(FeedFile, BadLine)]) {
    for (file, line) in bad.iter().take(TOLD_MAX) {
        eprintln!("{}.ndjson, line {}: {}", file.name(), line.number, line.reason);
    }
    if bad.len() > TOLD_MAX {
        eprintln!("… and {} more bad lines", bad.len() - TOLD_MAX);
    }
}
