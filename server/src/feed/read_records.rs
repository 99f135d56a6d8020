use std::io::{self, Read};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use engine::{FeedRecord, LINE_BYTES_MAX};
use memchr::memchr_iter;

/// A line of a feed that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub number: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// What a stretch of a file holds.
pub struct Batch<T> {
    /// How many stretches came before it.
    pub place: usize,
    /// The number of its first line, from 1.
    pub first_line: u64,
    /// How many lines it has, the bad and the empty ones included.
    pub lines: u64,
    /// What its good lines hold, each with its line's number.
    pub records: Vec<(u64, T)>,
    /// Its bad lines.
    pub bad: Vec<BadLine>,
}

/// A stretch of a file, ending at a line's end: enough lines to be worth a thread's turn.
struct Stretch {
    place: usize,
    first_line: u64,
    bytes: Vec<u8>,
}

const STRETCH_BYTES: usize = 1 << 20;

/// Reads a file's lines on all cores and makes of each record what `make` makes of it.
///
/// Batches arrive in any order; `take` runs on the calling thread. Stops at the first error of reading or of `take`.
pub fn read_batches<R, T, E>(
    file: Box<dyn Read + Send>,
    make: impl Fn(R) -> T + Sync,
    mut take: impl FnMut(Batch<T>) -> Result<(), E>,
) -> Result<(), E>
where
    R: FeedRecord,
    T: Send,
    E: From<io::Error>,
{
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_parse, stretches) = sync_channel::<io::Result<Stretch>>(threads * 2);
    let (to_take, batches) = sync_channel::<io::Result<Batch<T>>>(threads * 2);
    let stretches = Mutex::new(stretches);
    let (stretches, make) = (&stretches, &make);
    thread::scope(move |scope| {
        scope.spawn(move || cut_stretches(file, &to_parse));
        for _ in 0..threads {
            let to_take = to_take.clone();
            scope.spawn(move || parse_stretches(stretches, make, &to_take));
        }
        drop(to_take);
        let taken = batches.iter().try_for_each(|batch| take(batch?));
        drop(batches);
        drain(stretches);
        taken
    })
}

/// Lets the cutter finish where nobody takes its stretches any more.
fn drain(stretches: &Mutex<Receiver<io::Result<Stretch>>>) {
    let stretches = stretches.lock().expect("no thread panics while it holds the queue");
    while stretches.recv().is_ok() {}
}

fn cut_stretches(mut file: Box<dyn Read + Send>, to_parse: &SyncSender<io::Result<Stretch>>) {
    let mut rest: Vec<u8> = Vec::new();
    let mut first_line = 1;
    for place in 0.. {
        let stretch = next_stretch(&mut file, &mut rest);
        let ended = !matches!(&stretch, Ok(bytes) if !bytes.is_empty());
        let lines = stretch.as_ref().map_or(0, |bytes| memchr_iter(b'\n', bytes).count());
        if matches!(&stretch, Ok(bytes) if bytes.is_empty()) {
            return;
        }
        if to_parse.send(stretch.map(|bytes| Stretch { place, first_line, bytes })).is_err() || ended {
            return;
        }
        first_line += lines as u64;
    }
}

/// The next bytes up to a line's end; nothing at the file's end. A line that is too long is cut short, and so refused,
/// but its end is found.
fn next_stretch(file: &mut impl Read, rest: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut bytes = std::mem::take(rest);
    loop {
        let before = bytes.len();
        let wanted = STRETCH_BYTES.saturating_sub(before).max(STRETCH_BYTES / 4) as u64;
        if file.by_ref().take(wanted).read_to_end(&mut bytes)? == 0 {
            return Ok(bytes);
        }
        if let Some(end) = bytes[before..].iter().rposition(|byte| *byte == b'\n') {
            *rest = bytes.split_off(before + end + 1);
            return Ok(bytes);
        }
        let line_start = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        bytes.truncate(line_start + LINE_BYTES_MAX + 1);
    }
}

fn parse_stretches<R: FeedRecord, T>(
    stretches: &Mutex<Receiver<io::Result<Stretch>>>,
    make: &impl Fn(R) -> T,
    to_take: &SyncSender<io::Result<Batch<T>>>,
) {
    loop {
        let next = stretches.lock().expect("no thread panics while it holds the queue").recv();
        let Ok(stretch) = next else { return };
        if to_take.send(stretch.map(|stretch| parse(&stretch, make))).is_err() {
            return;
        }
    }
}

fn parse<R: FeedRecord, T>(stretch: &Stretch, make: &impl Fn(R) -> T) -> Batch<T> {
    let mut batch = Batch {
        place: stretch.place,
        first_line: stretch.first_line,
        lines: 0,
        records: Vec::new(),
        bad: Vec::new(),
    };
    let whole = stretch.bytes.strip_suffix(b"\n").unwrap_or(&stretch.bytes);
    for (number, line) in (stretch.first_line..).zip(whole.split(|byte| *byte == b'\n')) {
        batch.lines += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match R::from_line(line) {
            Ok(record) => batch.records.push((number, make(record))),
            Err(error) => batch.bad.push(BadLine { number, reason: error.to_string() }),
        }
    }
    batch
}

#[cfg(test)]
mod tests {
    use engine::Account;

    use super::*;

    fn read(text: String) -> (Vec<(u64, String)>, Vec<u64>) {
        let mut good = Vec::new();
        let mut bad = Vec::new();
        let file: Box<dyn Read + Send> = Box::new(io::Cursor::new(text));
        let taken: io::Result<()> = read_batches(
            file,
            |account: Account| account.id.to_string(),
            |batch| {
                good.extend(batch.records);
                bad.extend(batch.bad.into_iter().map(|line| line.number));
                Ok(())
            },
        );
        taken.unwrap();
        good.sort();
        bad.sort_unstable();
        (good, bad)
    }

    #[test]
    fn lines_keep_their_numbers() {
        let lines: Vec<String> = (1..=100_000)
            .map(
                |number| if number % 1000 == 7 { "{".to_owned() } else { format!(r#"{{"id":"A{number}"}}"#) },
            )
            .collect();
        let (good, bad) = read(lines.join("\n"));
        assert_eq!(good.len() + bad.len(), 100_000);
        assert!(good.iter().all(|(number, id)| *id == format!("A{number}")));
        assert!(bad.iter().all(|number| number % 1000 == 7));
    }

    #[test]
    fn a_line_that_is_too_long_is_refused_alone() {
        let long = format!(r#"{{"id":"B","name":"{}"}}"#, "x".repeat(3 << 20));
        let (good, bad) = read(format!("{{\"id\":\"A\"}}\n{long}\n\n{{\"id\":\"C\"}}\r\n"));
        assert_eq!(good, [(1, "A".to_owned()), (4, "C".to_owned())]);
        assert_eq!(bad, [2]);
    }
}
