//! The machine's time, for what has no other: sessions, and when a record was first seen.

use engine::Instant;

/// The present.
pub fn now() -> Instant {
    app::clock::Clock::System.now()
}
