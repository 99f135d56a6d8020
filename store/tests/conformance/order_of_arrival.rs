//! Random histories: whatever the order in which they arrive, they end the same.

use std::collections::BTreeMap;

use engine::Span;
use store::Standings;

use crate::database::{TestDatabase, on_both_databases};
use crate::records::{Record, account, as_of, at, message, payment, receipt, write_online};

/// Histories tried on each database.
const HISTORIES: u64 = 4;

/// `SplitMix64` (Steele, Lea, Flood 2014): the same numbers from the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }

    fn pick(&mut self, items: &[&'static str]) -> &'static str {
        items[self.roll(items.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            items.swap(place, self.roll(place + 1));
        }
    }
}

const NUMBERS: [&str; 4] = ["+12065550121", "+12065550122", "+12065550123", "+12065550124"];
const REFERENCES: [&str; 5] = ["PMT1000001", "PMT1000002", "PMT1000003", "PMT1000004", "PMT1000005"];
const ACCOUNTS: [&str; 4] = ["A-1", "A-2", "A-3", "A-4"];

fn history(dice: &mut Dice) -> Vec<Record> {
    let mut records = Vec::new();
    for id in ACCOUNTS {
        let phone = dice.pick(&NUMBERS);
        let line = format!(
            r#"{{"number":"{}","from":"{}"}}"#,
            dice.pick(&NUMBERS),
            dice.pick(&["2026-01-01", "2026-04-01"])
        );
        let lines = if dice.roll(2) == 0 { line } else { String::new() };
        let whole =
            |more: &str| account(&format!(r#"{{"id":"{id}","phones":["{phone}"],"lines":[{lines}]{more}}}"#));
        records.push(whole(""));
        match dice.roll(4) {
            0 => records.push(whole(r#","name":"New","revision":1"#)),
            1 => records.push(whole(r#","devices":[{"imei":"01332700318139"}],"revision":2"#)),
            _ => {}
        }
    }
    for number in 0..12 {
        let id = format!("T-{number}");
        records.push(payment(&id, dice.pick(&ACCOUNTS), dice.pick(&REFERENCES), ""));
        match dice.roll(4) {
            0 => records.push(payment(&id, dice.pick(&ACCOUNTS), dice.pick(&REFERENCES), r#","revision":1"#)),
            1 => records.push(payment(&id, "A-1", REFERENCES[0], r#","revision":2,"deleted":true"#)),
            _ => {}
        }
    }
    for number in 0..16 {
        let to = format!(r#""recipient":"{}""#, dice.pick(&NUMBERS));
        let to = if dice.roll(2) == 0 { to } else { format!(r#"{to},"account":"{}""#, dice.pick(&ACCOUNTS)) };
        let (id, reference) = (format!("M-{number}"), dice.pick(&REFERENCES));
        records.push(receipt(&id, reference, &to));
        let correct = |more: &str| receipt(&id, reference, &format!("{to},{more}"));
        match dice.roll(5) {
            0 => records.push(correct(
                r#""revision":1,"delivery":[{"state":"bounced","at":"2026-03-01T10:06:00Z"}]"#,
            )),
            1 => records.push(correct(r#""revision":3,"deleted":true"#)),
            _ => {}
        }
    }
    let early = r#"{"id":"M-E","channel":"email","recipient":"x@example.net","sent_at":"2025-01-01T00:00:00Z","text":"Hi"}"#;
    records.push(message(early));
    records
}

/// Loads records in their order, in batches of up to so many neighbours of one kind, judging now and then.
async fn load_in_order(database: &TestDatabase, records: &[Record], batch: usize, dice: &mut Dice) {
    let mut rest = records;
    while let Some(first) = rest.first() {
        let same = |record: &&Record| std::mem::discriminant(*record) == std::mem::discriminant(first);
        let neighbours = rest.iter().take(batch).take_while(same).count();
        let loaded = database.load(&rest[..neighbours]).await;
        assert_eq!(loaded.refused, []);
        rest = &rest[neighbours..];
        if dice.roll(8) == 0 {
            database.judge().await;
        }
    }
    database.judge().await;
}

/// Hands records in by a few at a time, as time goes on; the same process now and then begins anew, and knows nothing of
/// how accounts stood.
async fn hand_in(database: &TestDatabase, records: &[Record], dice: &mut Dice) {
    let store = &database.store;
    let mut standings = Standings::default();
    let mut now = at("2026-03-01T10:05:30Z");
    let mut rest = records;
    while !rest.is_empty() {
        let some = (1 + dice.roll(3)).min(rest.len());
        now = now.plus(Span::minutes(60 * i64::try_from(dice.roll(20)).unwrap())).min(as_of());
        let done = write_online(store, &mut standings, now, &rest[..some]).await;
        rest = &rest[some..];
        match dice.roll(16) {
            0 => standings = Standings::default(),
            1 => drop(database.judge_at(now).await),
            2 if done.is_queued => drop(database.judge_at(now).await),
            _ => {}
        }
    }
    store.queue_waiting_due(as_of()).await.unwrap();
    database.judge().await;
}

fn assert_same(one: &BTreeMap<String, Vec<String>>, other: &BTreeMap<String, Vec<String>>, what: &str) {
    for (table, rows) in one {
        assert_eq!(*rows, other[table], "{table} {what}");
    }
}

async fn empty(database: &TestDatabase) {
    let mut beside = database.beside().await;
    for table in database.everything().await.keys().filter(|table| *table != "settings") {
        beside.run(&format!("delete from {table}")).await;
    }
    beside.run("delete from settings where name = 'messages_since'").await;
}

on_both_databases!(whatever_the_order_it_ends_the_same, |database| {
    for seed in 0..HISTORIES {
        let mut dice = Dice(seed);
        let sorted = history(&mut dice);
        load_in_order(database, &sorted, sorted.len(), &mut dice).await;
        let expected = database.everything().await;
        assert!(!expected["history"].is_empty());
        for _ in 0..2 {
            empty(database).await;
            let mut shuffled = sorted.clone();
            dice.shuffle(&mut shuffled);
            load_in_order(database, &shuffled, 3, &mut dice).await;
            assert_same(&database.everything().await, &expected, &format!("shuffled, seed {seed}"));
        }
        for _ in 0..3 {
            empty(database).await;
            let mut shuffled = sorted.clone();
            shuffled.extend(sorted.iter().step_by(3).cloned());
            dice.shuffle(&mut shuffled);
            hand_in(database, &shuffled, &mut dice).await;
            assert_same(&expected, &database.everything().await, &format!("handed in, seed {seed}"));
        }
        empty(database).await;
        let (half, other_half): (Vec<_>, Vec<_>) = sorted.iter().cloned().partition(|_| dice.roll(2) == 0);
        load_in_order(database, &half, half.len(), &mut dice).await;
        load_in_order(database, &other_half, other_half.len(), &mut dice).await;
        assert_same(&database.everything().await, &expected, &format!("in two halves, seed {seed}"));
        empty(database).await;
    }
});
