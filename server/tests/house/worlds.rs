//! Operators that the engine's lexicons know nothing of: judged rightly, and alike in memory and in a store.

use serde_json::Value;

use crate::feed::{AS_OF, Found, assert_same};
use crate::place::{Place, on_both_databases, run, text};

fn world(place: &Place, operator: &str, more: &[&str]) -> std::path::PathBuf {
    let folder = place.path(operator);
    let mut arguments = vec!["world", text(&folder), "--operator", operator, "--until", AS_OF];
    arguments.extend(more);
    place.succeed(&arguments);
    folder
}

/// The score of a world's verdicts by `match`.
fn score(place: &Place, folder: &std::path::Path) -> Value {
    let out = place.path("world.out");
    place.succeed(&["match", text(folder), "--out", text(&out)]);
    let output = run(&mut place.counterfoil(&["score", text(folder), text(&out)]));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn rate(score: &Value, of: &str, rate: &str) -> f64 {
    score[of][rate].as_f64().unwrap()
}

/// Small, to be quick: what is learnt rests on some thousand messages.
const SMALL: [&str; 4] = ["--accounts", "60", "--noise", "0.05"];

#[test]
fn operators_that_were_never_seen_are_judged_rightly() {
    for operator in ["carrier", "bank", "utility"] {
        let place = Place::sqlite();
        let score = score(&place, &world(&place, operator, &SMALL));
        for (of, rate_of, least) in [
            ("flagged", "precision", 0.99),
            ("flagged", "recall", 0.99),
            ("links", "precision", 0.999),
            ("links", "recall", 0.995),
        ] {
            let found = rate(&score, of, rate_of);
            assert!(found >= least, "{operator}: {of} {rate_of} is {found}");
        }
    }
}

#[test]
fn without_any_template_texts_and_books_are_enough() {
    let place = Place::sqlite();
    let folder = world(&place, "utility", &["--accounts", "120", "--untemplated", "1"]);
    let score = score(&place, &folder);
    assert!(rate(&score, "flagged", "precision") >= 0.97, "{score}");
    assert!(rate(&score, "links", "recall") >= 0.97, "{score}");
}

#[test]
fn a_world_that_cannot_be_is_refused() {
    let place = Place::sqlite();
    for (flag, value, why) in [
        ("--operator", "circus", "carrier, bank, utility"),
        ("--noise", "1.5", "0 to 1"),
        ("--days", "3", "31 to"),
    ] {
        let folder = place.path("nowhere");
        let output = run(&mut place.counterfoil(&["world", text(&folder), flag, value]));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{flag} {value}: {said}");
    }
}

on_both_databases!(what_is_learnt_is_learnt_by_an_import_too, |place| {
    let folder = world(place, "bank", &["--accounts", "25"]);
    let expected = Found::by_match(place, &folder);
    place.succeed(&["import", text(&folder), "--as-of", AS_OF]);
    assert_same(&Found::in_store(place), &expected, "imported once");
    place.succeed(&["import", text(&folder), "--as-of", AS_OF]);
    assert_same(&Found::in_store(place), &expected, "imported twice");
});

#[test]
fn what_a_feed_teaches_can_be_handed_in() {
    let place = Place::sqlite();
    let folder = world(&place, "utility", &["--accounts", "60"]);
    let learnt = place.path("learnt.toml");
    place.succeed(&["catalogue", "learn", text(&folder), "--out", text(&learnt)]);
    let (own, given) = (place.path("own.out"), place.path("given.out"));
    place.succeed(&["match", text(&folder), "--out", text(&own)]);
    place.succeed(&["match", text(&folder), "--out", text(&given), "--catalogue", text(&learnt)]);
    assert!(
        std::fs::read(own).unwrap() == std::fs::read(given).unwrap(),
        "the same catalogue judges otherwise"
    );
}
