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
