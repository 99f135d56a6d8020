use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

use super::ScoreError;

/// A file of verdicts, unpacked where its name ends in `.gz`.
pub(super) fn open_output(path: &Path) -> Result<Box<dyn Read + Send>, ScoreError> {
    let unreadable = |error| ScoreError::Read { file: path.display().to_string(), error };
    let file = File::open(path).map_err(unreadable)?;
    let packed = path.extension().is_some_and(|ending| ending == "gz");
    Ok(if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

/// Takes each line of a file; empty ones are passed over.
pub(super) fn read_lines<T: DeserializeOwned>(
    file: Box<dyn Read + Send>,
    path: &Path,
    mut take: impl FnMut(T),
) -> Result<(), ScoreError> {
    let name = || path.display().to_string();
    for (number, line) in (1..).zip(BufReader::new(file).split(b'\n')) {
        let line = line.map_err(|error| ScoreError::Read { file: name(), error })?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let taken = serde_json::from_slice(&line).map_err(|error| ScoreError::Line {
            file: name(),
            number,
            reason: error.to_string(),
        })?;
        take(taken);
    }
    Ok(())
}
