//! Where the time comes from.

use engine::Instant;

/// What a page takes for the present.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's time.
    System,
    /// One moment, always: for tests, and for showing a past day.
    Fixed(Instant),
}

impl Clock {
    /// The present.
    pub fn now(self) -> Instant {
        match self {
            Self::System => system_time(),
            Self::Fixed(at) => at,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place at which pages read the machine's clock")]
fn system_time() -> Instant {
    Instant::from_micros(jiff::Timestamp::now().as_microsecond())
}
