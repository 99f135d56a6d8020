//! A zip file that is sent while it is written: only what nobody has taken yet is in memory.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Files that are written one behind the other, compressed.
pub(super) struct ZipParts {
    zip: Option<ZipWriter<StreamWriter<Written>>>,
    written: Written,
    options: SimpleFileOptions,
}

/// What was written and not taken yet.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl ZipParts {
    /// Of files that were made at a time: year, month, day, hour, minute, second.
    pub(super) fn new((year, [month, day, hour, minute, second]): (i16, [i8; 5])) -> Self {
        let part = |part: i8| u8::try_from(part).unwrap_or_default();
        let year = u16::try_from(year).unwrap_or_default();
        // Before 1980 and after 2107 a zip has no dates.
        let made = DateTime::from_date_and_time(
            year,
            part(month),
            part(day),
            part(hour),
            part(minute),
            part(second),
        )
        .unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(made);
        let written = Written::default();
        Self { zip: Some(ZipWriter::new_stream(written.clone())), written, options }
    }

    /// Begins a file behind those that were written.
    pub(super) fn begin(&mut self, name: &str) -> io::Result<()> {
        let options = self.options;
        Ok(self.zip()?.start_file(name, options)?)
    }

    /// Writes more of the file that was begun.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        self.zip()?.write_all(text.as_bytes())
    }

    /// Writes where each file is, behind the last.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if let Some(zip) = self.zip.take() {
            zip.finish()?;
        }
        Ok(())
    }

    /// What was written since this was last asked.
    pub(super) fn take(&self) -> Option<Bytes> {
        let written = std::mem::take(&mut *self.written.lock());
        (!written.is_empty()).then(|| Bytes::from(written))
    }

    fn zip(&mut self) -> io::Result<&mut ZipWriter<StreamWriter<Written>>> {
        self.zip.as_mut().ok_or_else(|| io::Error::other("the file has ended"))
    }
}

impl Written {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_in_memory_no_longer_and_the_whole_is_a_zip() {
        let mut zip = ZipParts::new((2026, [4, 10, 14, 37, 6]));
        let lines: Vec<String> = (0..200_000).map(|number| format!("line {number}")).collect();
        let text = lines.join("\n");
        let (mut parts, mut most) = (Vec::new(), 0);
        zip.begin("a.txt").expect("it begins");
        for part in text.as_bytes().chunks(10_000) {
            zip.write(std::str::from_utf8(part).expect("ASCII")).expect("it is written");
            let taken = zip.take().unwrap_or_default();
            most = most.max(taken.len());
            parts.extend_from_slice(&taken);
        }
        zip.begin("b.txt").expect("it begins");
        zip.finish().expect("it ends");
        parts.extend_from_slice(&zip.take().expect("the end"));
        assert!(most < 100_000, "{most}");
        let mut read = zip::ZipArchive::new(io::Cursor::new(parts)).expect("a zip");
        assert_eq!(read.len(), 2);
        assert_eq!(io::read_to_string(read.by_name("a.txt").expect("it is there")).expect("text"), text);
        assert!(zip.write("more").is_err(), "it has ended");
    }
}
