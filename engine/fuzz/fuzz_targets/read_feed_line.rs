//! Whatever a line of a feed is, it is refused or read, and what was read is written so that it reads the same again. Its
//! days and moments can be reckoned with.
#![no_main]

use std::fmt::Debug;

use engine::{Account, FeedRecord, Instant, Message, Span, Transaction};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;

fuzz_target!(|line: &[u8]| {
    if let Some(account) = read::<Account>(line) {
        let of_lines = account.lines.iter().flat_map(|line| [line.from, line.to]);
        let of_devices = account.devices.iter().flat_map(|device| [device.from, device.to]);
        for day in of_lines.chain(of_devices).flatten() {
            assert!(day.start_in_any_zone() <= day.end_in_any_zone(), "{day} begins before it ends");
        }
    }
    if let Some(transaction) = read::<Transaction>(line) {
        reckon(transaction.occurred_at);
    }
    if let Some(message) = read::<Message>(line) {
        reckon(message.sent_at);
    }
});

fn read<T: FeedRecord + Serialize + PartialEq + Debug>(line: &[u8]) -> Option<T> {
    let record = T::from_line(line).ok()?;
    let written = serde_json::to_vec(&record).expect("a record can be written");
    let again: T = serde_json::from_slice(&written).expect("a record that was written can be read");
    assert_eq!(again, record, "a record reads as it was written");
    assert_eq!(serde_json::to_vec(&again).expect("a record can be written"), written);
    Some(record)
}

fn reckon(at: Instant) {
    for moment in [at.minus(Span::days(365)), at.plus(Span::days(365))] {
        assert!(moment.to_string().parse::<Instant>().is_ok_and(|again| again == moment), "{moment:?}");
    }
}
