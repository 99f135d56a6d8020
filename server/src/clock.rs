//! The machine's time, for what has no other: sessions, and when a record was first seen.

use engine::Instant;

/// The present.
pub fn now() -> Instant {
    app::clock::Clock::System.now()
}

/// A moment from which it can be told how long something took.
#[expect(clippy::disallowed_methods, reason = "the composition root is where time comes in")]
pub fn begin_timing() -> std::time::Instant {
    std::time::Instant::now()
}
