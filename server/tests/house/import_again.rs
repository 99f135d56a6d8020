//! However a feed comes in, its verdicts are those of `match`.

use crate::feed::{AS_OF, Feed, Found, assert_same};
use crate::place::{Place, on_both_databases, text};

fn import(place: &Place, feed: &Feed, name: &str) -> String {
    let folder = place.path(name);
    feed.write(&folder);
    place.succeed(&["import", text(&folder), "--as-of", AS_OF])
}

fn matched(place: &Place, feed: &Feed) -> Found {
    let folder = place.path("matched");
    feed.write(&folder);
    let found = Found::by_match(place, &folder);
    for verdict in ["matched", "unmatched", "duplicate", "waiting", "informational", "unchecked"] {
        assert!(found.count(verdict) > 0, "the feed has no message that is {verdict}");
    }
    assert!(!found.untold.is_empty());
    found
}

on_both_databases!(an_import_judges_as_a_match_does, |place| {
    let feed = Feed::small();
    let expected = matched(place, &feed);
    let said = import(place, &feed, "feed");
    let records = feed.accounts.len() + feed.transactions.len() - 2 + feed.messages.len();
    assert!(said.contains(&format!("{records} new records, 2 corrected, 0 unchanged")), "{said}");
    assert_same(&Found::in_store(place), &expected, "imported once");
});

on_both_databases!(an_import_again_changes_nothing, |place| {
    let feed = Feed::small();
    let expected = matched(place, &feed);
    import(place, &feed, "feed");
    let same_files = import(place, &feed, "feed");
    let nothing = "0 messages on 0 accounts judged, 0 flagged";
    let lines = feed.accounts.len() + feed.transactions.len() + feed.messages.len();
    let loaded_before = format!("0 new records, 0 corrected, 0 unchanged, {lines} loaded before");
    assert!(same_files.contains(&loaded_before), "{same_files}");
    assert!(same_files.contains(nothing), "{same_files}");
    let other_files = import(place, &feed.shuffled(), "shuffled");
    assert!(other_files.contains("0 new records, 0 corrected"), "{other_files}");
    assert!(other_files.contains(nothing), "{other_files}");
    assert_same(&Found::in_store(place), &expected, "imported three times");
});

on_both_databases!(the_order_of_lines_does_not_matter, |place| {
    let feed = Feed::small();
    import(place, &feed.shuffled(), "shuffled");
    assert_same(&Found::in_store(place), &matched(place, &feed), "shuffled");
});

on_both_databases!(two_halves_end_as_the_whole, |place| {
    let feed = Feed::small();
    let expected = matched(place, &feed);
    let [first, second] = feed.halves();
    import(place, &second, "second");
    assert!(Found::in_store(place) != expected, "half of a feed is not the whole");
    import(place, &first, "first");
    assert_same(&Found::in_store(place), &expected, "the second half first");
});

on_both_databases!(a_message_that_is_taken_back_does_not_begin_the_record, |place| {
    let folder = place.path("taken_back");
    let message = |id: &str, sent_at: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","account":"A-1","channel":"email","recipient":"a@example.net","sent_at":"{sent_at}"{more}}}"#
        )
    };
    let said = r#","text":"Tell us about your visit.""#;
    let messages = [
        message("M-1", "2026-03-01T10:00:00Z", said),
        message("M-2", "2026-04-01T10:00:00Z", said),
        message("M-1", "2026-03-01T10:00:00Z", r#","revision":1,"deleted":true"#),
    ];
    let changed = r#"{"id":"T-1","account":"A-1","kind":"sim.changed","occurred_at":"2026-03-10T10:00:00Z",
        "recorded_at":"2026-03-10T10:00:00Z"}"#;
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("accounts.ndjson"), r#"{"id":"A-1"}"#).unwrap();
    std::fs::write(folder.join("transactions.ndjson"), changed.replace('\n', "")).unwrap();
    std::fs::write(folder.join("messages.ndjson"), messages.join("\n")).unwrap();
    std::fs::write(folder.join("manifest.json"), format!(r#"{{"as_of":"{AS_OF}"}}"#)).unwrap();
    let matched = Found::by_match(place, &folder);
    assert!(matched.untold.is_empty(), "what happened before the record begins: {:?}", matched.untold);
    place.succeed(&["import", text(&folder), "--as-of", AS_OF]);
    assert_same(&Found::in_store(place), &matched, "imported");
});
