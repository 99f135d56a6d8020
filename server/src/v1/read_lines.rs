use std::io;
use std::pin::Pin;
use std::time::Duration;

use async_compression::tokio::bufread::{GzipDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use axum::body::Body;
use engine::LINE_BYTES_MAX;
use futures_util::TryStreamExt;
use http::{HeaderMap, StatusCode, header};
use memchr::memchr;
use tokio::io::{AsyncRead, AsyncReadExt, BufReader};
use tokio::time::{Instant, timeout};
use tokio_util::io::StreamReader;

use super::problem::Problem;

/// The lines of a body, unpacked, a batch at a time.
pub(super) struct Lines {
    body: Pin<Box<dyn AsyncRead + Send>>,
    /// What is read and not yet handed on.
    rest: Vec<u8>,
    /// Whether `rest` is the end of a line that is too long, whose beginning was handed on.
    skips: bool,
    bytes: u64,
    count: u64,
    began: Instant,
    ended: bool,
}

/// Lines that follow each other: each with its number, from 1.
pub(super) type Batch = Vec<(u64, Vec<u8>)>;

/// The most that a body may unpack to. Ten seconds' worth of records: what is more is better sent in parts, each answered.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;
/// The most lines of a body: the answer has as many, and is in memory whole.
const LINES_MAX: u64 = 100_000;
/// Lines that are written together: enough to share a statement's cost, few enough for others to have their turn.
const BATCH_LINES: usize = 2_000;
/// And their bytes, unless one line alone has more.
const BATCH_BYTES: usize = 2 << 20;
/// Bytes read at a time.
const READ_BYTES: usize = 64 << 10;
/// How long a sender may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(15);
/// How fast a sender must be once it has had time to begin: slower than any modem, and faster than one that only holds a
/// place.
const BYTES_PER_SECOND_MIN: u64 = 512;
const BEGINNING: Duration = Duration::from_secs(30);
/// The most memory that unpacking may take, as a power of two: zstd's window as RFC 9659 bounds it for the web.
const WINDOW_LOG_MAX: u32 = 23;

impl Lines {
    /// The lines of a request's body.
    pub(super) fn of(headers: &HeaderMap, body: Body) -> Result<Self, Problem> {
        let packed = StreamReader::new(body.into_data_stream().map_err(io::Error::other));
        let packed = BufReader::with_capacity(READ_BYTES, packed);
        let encoding = headers.get(header::CONTENT_ENCODING).map_or(Ok(""), |value| value.to_str());
        let body: Pin<Box<dyn AsyncRead + Send>> =
            match encoding.unwrap_or("?").trim().to_ascii_lowercase().as_str() {
                "" | "identity" => Box::pin(packed),
                "gzip" | "x-gzip" => {
                    let mut unpacked = GzipDecoder::new(packed);
                    unpacked.multiple_members(true);
                    Box::pin(unpacked)
                }
                "zstd" => {
                    let window = [DParameter::window_log_max(WINDOW_LOG_MAX)];
                    let mut unpacked = ZstdDecoder::with_params(packed, &window);
                    unpacked.multiple_members(true);
                    Box::pin(unpacked)
                }
                _ => {
                    let detail = "Content-Encoding is gzip, zstd or nothing";
                    return Err(Problem::new(
                        StatusCode::UNSUPPORTED_MEDIA_TYPE,
                        "the body can't be unpacked",
                        detail,
                    ));
                }
            };
        let rest = Vec::with_capacity(READ_BYTES);
        Ok(Self { body, rest, skips: false, bytes: 0, count: 0, began: machine_time(), ended: false })
    }

    /// The next lines; none at the body's end. Empty lines are counted and left out; of one that is too long comes just
    /// so much that it is seen to be.
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, Problem> {
        let (mut batch, mut bytes) = (Batch::new(), 0);
        while batch.len() < BATCH_LINES && bytes < BATCH_BYTES {
            let Some(line) = self.next_line().await? else { break };
            if !line.iter().all(u8::is_ascii_whitespace) {
                bytes += line.len();
                batch.push((self.count, line));
            }
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    /// The whole body, where it is one record.
    pub(super) async fn whole(&mut self) -> Result<Vec<u8>, Problem> {
        while self.rest.len() <= LINE_BYTES_MAX && self.fill().await? {}
        Ok(std::mem::take(&mut self.rest))
    }

    async fn next_line(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let mut searched = 0;
        loop {
            if let Some(end) = memchr(b'\n', &self.rest[searched..]) {
                let mut line: Vec<u8> = self.rest.drain(..=searched + end).collect();
                line.pop();
                if std::mem::take(&mut self.skips) {
                    searched = 0;
                    continue;
                }
                return self.count(line).map(Some);
            }
            searched = self.rest.len();
            if self.skips {
                self.rest.clear();
                searched = 0;
            } else if searched > LINE_BYTES_MAX {
                self.skips = true;
                let line = std::mem::take(&mut self.rest);
                return self.count(line).map(Some);
            }
            if !self.fill().await? {
                let line = std::mem::take(&mut self.rest);
                return if line.is_empty() { Ok(None) } else { self.count(line).map(Some) };
            }
        }
    }

    fn count(&mut self, line: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.count += 1;
        if self.count > LINES_MAX {
            let detail = format!("a body has at most {LINES_MAX} lines: send the rest in another request");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body has too many lines", detail));
        }
        Ok(line)
    }

    /// Reads on; `false` at the end.
    async fn fill(&mut self) -> Result<bool, Problem> {
        if self.ended {
            return Ok(false);
        }
        self.rest.reserve(READ_BYTES);
        let mut some = self.body.as_mut().take(READ_BYTES as u64);
        let read = timeout(SILENCE_MAX, some.read_buf(&mut self.rest)).await.map_err(|_| slow())?;
        let read = read.map_err(|error| {
            let detail = format!("{error}: was it packed as Content-Encoding says, and sent whole?");
            Problem::new(StatusCode::BAD_REQUEST, "the body can't be read", detail)
        })?;
        self.ended = read == 0;
        self.bytes += read as u64;
        if self.bytes > UNPACKED_BYTES_MAX {
            let detail =
                format!("a body unpacks to at most {} MiB: send it in parts", UNPACKED_BYTES_MAX >> 20);
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long", detail));
        }
        let taken = self.began.elapsed();
        if taken > BEGINNING && self.bytes < taken.as_secs() * BYTES_PER_SECOND_MIN {
            return Err(slow());
        }
        Ok(!self.ended)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how fast a sender is, is measured, whatever the time of day is said to be"
)]
fn machine_time() -> Instant {
    Instant::now()
}

fn slow() -> Problem {
    let detail = format!(
        "a sender is silent for at most {} seconds and sends at least {BYTES_PER_SECOND_MIN} bytes a second",
        SILENCE_MAX.as_secs()
    );
    Problem::new(StatusCode::REQUEST_TIMEOUT, "the body came too slowly", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn lines_of(body: String) -> Vec<(u64, usize)> {
        let mut lines = Lines::of(&HeaderMap::new(), Body::from(body)).unwrap();
        let mut all = Vec::new();
        while let Some(batch) = lines.next().await.unwrap() {
            all.extend(batch.into_iter().map(|(number, line)| (number, line.len())));
        }
        all
    }

    #[tokio::test]
    async fn a_body_is_cut_at_its_lines() {
        assert_eq!(lines_of(String::new()).await, []);
        assert_eq!(lines_of("ab\n\n \nc".to_owned()).await, [(1, 2), (4, 1)]);
        assert_eq!(lines_of("ab\r\ncde\n".to_owned()).await, [(1, 3), (2, 3)]);
        let many = lines_of("x\n".repeat(5_000)).await;
        assert_eq!((many.len(), many.last()), (5_000, Some(&(5_000, 1))));
    }

    #[tokio::test]
    async fn of_a_line_that_is_too_long_only_its_beginning_is_kept() {
        let long = "x".repeat(5 * LINE_BYTES_MAX);
        let lines = lines_of(format!("a\n{long}\nb\n{long}")).await;
        assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(lines[1].1 > LINE_BYTES_MAX && lines[1].1 < LINE_BYTES_MAX + 2 * READ_BYTES);
        assert_eq!(lines[2].1, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_sender_that_is_silent_or_slow_is_told_so() {
        let silent = futures_util::stream::pending::<Result<Vec<u8>, io::Error>>();
        let drops = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            Some((Ok::<_, io::Error>(b"{".to_vec()), ()))
        });
        for body in [Body::from_stream(silent), Body::from_stream(drops)] {
            let mut lines = Lines::of(&HeaderMap::new(), body).unwrap();
            let began = machine_time();
            let refused = lines.next().await.err();
            assert!(format!("{refused:?}").contains("too slowly"), "{refused:?}");
            assert!(began.elapsed() < 3 * BEGINNING);
        }
    }

    #[tokio::test]
    async fn too_many_lines_are_refused() {
        let mut lines = Lines::of(&HeaderMap::new(), Body::from("x\n".repeat(100_001))).unwrap();
        let mut refused = None;
        while refused.is_none() {
            refused = lines.next().await.err();
        }
        assert!(format!("{refused:?}").contains("100000 lines"), "{refused:?}");
    }
}
