//! An import that is killed goes on where it was.

use std::time::{Duration, Instant};

use crate::feed::{AS_OF, Feed, Found, assert_same};
use crate::place::{Place, on_both_databases, text};

/// How many imports are killed, each at another moment, unless `COUNTERFOIL_KILL_ROUNDS` says.
const ROUNDS: u32 = 3;

pub fn rounds() -> u32 {
    std::env::var("COUNTERFOIL_KILL_ROUNDS")
        .map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"))
}

/// How long a whole import takes here and now.
#[expect(
    clippy::disallowed_methods,
    reason = "the moments to kill at are within what an import takes on this machine"
)]
fn time_of(import: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    import();
    begun.elapsed()
}

/// Kills an import after a while; says whether it was still at work.
fn kill_after(place: &Place, import: &[&str], a_while: Duration) -> bool {
    let mut child = place.counterfoil(import).spawn().expect("the binary can be run");
    std::thread::sleep(a_while);
    let at_work = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    at_work
}

on_both_databases!(an_import_that_is_killed_and_run_again_ends_the_same, |place| {
    let folder = place.path("feed");
    Feed::small().write(&folder);
    let expected = Found::by_match(place, &folder);
    let import = ["import", text(&folder), "--as-of", AS_OF];
    let whole = time_of(|| drop(place.succeed(&import)));
    assert_same(&Found::in_store(place), &expected, "not killed at all");

    let rounds = rounds();
    let mut killed_at_work = 0;
    for round in 1..=rounds {
        let place = place.another().await;
        let moment = whole * round / (rounds + 1);
        for a_while in [moment, moment / 2] {
            killed_at_work += u32::from(kill_after(&place, &import, a_while));
        }
        place.succeed(&import);
        assert_same(&Found::in_store(&place), &expected, &format!("killed after {moment:?}"));
        place.leave().await;
    }
    assert!(
        killed_at_work >= rounds,
        "only {killed_at_work} imports were still at work when they were killed"
    );
});
