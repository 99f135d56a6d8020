//! A bad line is told of, and stops no good one.

use serde_json::json;

use crate::feed::{AS_OF, Feed, Found, assert_same};
use crate::place::{Place, on_both_databases, run, text};

/// Puts a line where the line of that number, from 1, was.
fn insert(lines: &mut Vec<String>, number: usize, line: impl Into<String>) {
    lines.insert(number - 1, line.into());
}

fn transaction(id: &str, fields: &serde_json::Value) -> String {
    let mut line =
        json!({ "id": id, "account": "A-1", "kind": "order.placed", "occurred_at": "2026-04-01T10:00:00Z" });
    line.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    line.to_string()
}

fn message(id: &str, text: &str) -> String {
    json!({ "id": id, "channel": "email", "recipient": "nobody@example.org", "sent_at": "2026-04-01T10:00:00Z", "text": text })
        .to_string()
}

/// A feed with bad lines in it, and what must be said of each: its file and number, and a part of the reason.
fn spoilt(feed: &Feed) -> (Feed, Vec<(&'static str, &'static str)>) {
    let mut feed = feed.clone();
    insert(&mut feed.accounts, 1, r#"{"id":"A-broken""#);
    insert(&mut feed.accounts, 4, r#"{"id":"A-other","nickname":"Dee"}"#);
    insert(
        &mut feed.accounts,
        6,
        r#"{"id":"A-line","lines":[{"number":"+12065550123","from":"2026-02-30"}]}"#,
    );
    insert(
        &mut feed.transactions,
        2,
        transaction("T-imei", &json!({ "device": { "imei": "353918051234560" } })),
    );
    insert(
        &mut feed.transactions,
        100,
        transaction("T-day", &json!({ "occurred_at": "2026-02-30T10:00:00Z" })),
    );
    insert(&mut feed.transactions, 101, "[]");
    insert(&mut feed.messages, 7, message("M-long", &"x".repeat(2 << 20)));
    insert(&mut feed.messages, 300, message("M bad id", "Hello"));
    let expected = vec![
        ("accounts.ndjson, line 1: ", "EOF"),
        ("accounts.ndjson, line 4: ", "nickname"),
        ("accounts.ndjson, line 6: ", "2026-02-30"),
        ("transactions.ndjson, line 2: ", "IMEI"),
        ("transactions.ndjson, line 100: ", "2026-02-30"),
        ("transactions.ndjson, line 101: ", ""),
        ("messages.ndjson, line 7: ", "bytes"),
        ("messages.ndjson, line 300: ", "id"),
    ];
    (feed, expected)
}

fn assert_told(said: &str, expected: &[(&str, &str)]) {
    for (place, reason) in expected {
        let line = said.lines().find(|line| line.starts_with(place));
        let line = line.unwrap_or_else(|| panic!("nothing is said of {place} in {said}"));
        assert!(
            line.len() > place.len() && line.to_lowercase().contains(&reason.to_lowercase()),
            "{line}: no `{reason}`"
        );
        assert!(line.len() < 400, "a reason that can be read: {line}");
    }
    assert!(said.contains(&format!("{} bad lines", expected.len())), "{said}");
}

fn write(place: &Place, feed: &Feed, name: &str) -> std::path::PathBuf {
    let folder = place.path(name);
    feed.write(&folder);
    folder
}

on_both_databases!(bad_lines_are_told_and_the_good_ones_are_in, |place| {
    let feed = Feed::small();
    let expected = Found::by_match(place, &write(place, &feed, "good"));
    let (spoilt, reasons) = spoilt(&feed);
    let folder = write(place, &spoilt, "spoilt");

    let out = place.path("out");
    let matched = run(&mut place.counterfoil(&["match", text(&folder), "--out", text(&out)]));
    assert!(matched.status.success());
    assert_told(&String::from_utf8(matched.stderr).unwrap(), &reasons);
    assert_told(&place.succeed(&["import", text(&folder), "--as-of", AS_OF]), &reasons);
    assert_same(&Found::in_store(place), &expected, "with bad lines");
    assert_told(&place.succeed(&["import", text(&folder), "--as-of", AS_OF]), &reasons);
});

on_both_databases!(a_character_that_a_database_may_not_keep_stops_no_other_line, |place| {
    let mut feed = Feed::small();
    let expected = Found::by_match(place, &write(place, &feed, "good"));
    insert(&mut feed.accounts, 3, json!({ "id": "A-nul", "name": "Dee\0Whitfield" }).to_string());
    insert(&mut feed.transactions, 3, transaction("T-nul", &json!({ "account": "A-nul", "summary": "\0" })));
    insert(&mut feed.messages, 3, message("M-nul", "Hello\0there"));
    place.succeed(&["import", text(&write(place, &feed, "nul")), "--as-of", AS_OF]);
    let mut found = Found::in_store(place);
    found.verdicts.remove("M-nul");
    assert_same(&found, &expected, "with a character that PostgreSQL keeps in no text");
});
