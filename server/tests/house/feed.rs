//! A small operator's feed as files, in the orders that a feed may arrive in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use engine::{AccountId, Instant};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::{Value, json};
use server::demo_operator::{DemoOperator, demo_operator};

use crate::place::{Place, run, text};

pub const AS_OF: &str = "2026-04-20T12:00:00Z";
const SEED: u64 = 1;
/// Enough for every kind of fault, few enough to load many times.
const ACCOUNTS: usize = 15;

pub fn as_of() -> Instant {
    AS_OF.parse().unwrap()
}

/// The demonstration's operator with its first accounts alone.
pub fn small_operator(accounts: usize) -> DemoOperator {
    let mut operator = demo_operator(SEED, as_of());
    operator.accounts.truncate(accounts);
    let kept: BTreeSet<AccountId> = operator.accounts.iter().map(|account| account.id.clone()).collect();
    operator.transactions.retain(|transaction| kept.contains(&transaction.account));
    operator
        .messages
        .retain(|message| message.account.as_ref().is_some_and(|account| kept.contains(account)));
    let messages: BTreeSet<_> = operator.messages.iter().map(|message| message.id.clone()).collect();
    operator.faults.retain(|(message, _)| messages.contains(message));
    operator
}

/// A feed's lines.
#[derive(Clone)]
pub struct Feed {
    pub accounts: Vec<String>,
    pub transactions: Vec<String>,
    pub messages: Vec<String>,
    templates: String,
}

impl Feed {
    /// With messages that don't say whose they are, a transaction that is corrected, one that is taken back, and a
    /// message of which it stays unknown whose it is.
    pub fn small() -> Self {
        let mut operator = small_operator(ACCOUNTS);
        for message in operator.messages.iter_mut().step_by(5) {
            message.account = None;
        }
        let mut stray = operator.messages[1].clone();
        stray.id = "M-stray".parse().unwrap();
        stray.account = None;
        "nobody@example.org".clone_into(&mut stray.recipient);
        operator.messages.push(stray);
        let mut corrected = operator.transactions[40].clone();
        corrected.revision = 1;
        corrected.references.clear();
        let mut taken_back = operator.transactions[80].clone();
        taken_back.revision = 2;
        taken_back.deleted = true;
        operator.transactions.extend([corrected, taken_back]);
        Self {
            accounts: lines(&operator.accounts),
            transactions: lines(&operator.transactions),
            messages: lines(&operator.messages),
            templates: operator.templates_json,
        }
    }

    /// The operator's list of templates.
    pub fn templates(&self) -> &str {
        &self.templates
    }

    /// The same lines in another order.
    pub fn shuffled(&self) -> Self {
        let mut feed = self.clone();
        for lines in [&mut feed.accounts, &mut feed.transactions, &mut feed.messages] {
            shuffle(lines);
        }
        feed
    }

    /// Every other line, and the lines between.
    pub fn halves(&self) -> [Self; 2] {
        [0, 1].map(|first| {
            let half = |lines: &[String]| lines.iter().skip(first).step_by(2).cloned().collect();
            Self {
                accounts: half(&self.accounts),
                transactions: half(&self.transactions),
                messages: half(&self.messages),
                templates: self.templates.clone(),
            }
        })
    }

    /// Writes it as a folder, its messages packed.
    pub fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("accounts.ndjson"), self.accounts.join("\n")).unwrap();
        fs::write(folder.join("transactions.ndjson"), self.transactions.join("\n")).unwrap();
        let packed = File::create(folder.join("messages.ndjson.gz")).unwrap();
        let mut packed = GzEncoder::new(packed, Compression::fast());
        packed.write_all(self.messages.join("\n").as_bytes()).unwrap();
        packed.finish().unwrap();
        fs::write(folder.join("templates.json"), &self.templates).unwrap();
        fs::write(folder.join("manifest.json"), json!({ "as_of": AS_OF }).to_string()).unwrap();
    }
}

/// What was found: each message's verdict line, and the untold transactions.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub verdicts: BTreeMap<String, String>,
    pub untold: BTreeSet<String>,
}

impl Found {
    /// Of a folder, by `match`.
    pub fn by_match(place: &Place, folder: &Path) -> Self {
        Self::of(place, &["match", text(folder)])
    }

    /// Of a place's store, by `verdicts`.
    pub fn in_store(place: &Place) -> Self {
        Self::of(place, &["verdicts"])
    }

    fn of(place: &Place, arguments: &[&str]) -> Self {
        let (out, untold) = (place.path("verdicts.out"), place.path("untold.out"));
        let mut command = place.counterfoil(arguments);
        let output = run(command.args(["--out", text(&out), "--untold", text(&untold)]));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let verdicts = read(&out).into_iter().map(|line| {
            let codes: Vec<&Value> =
                line["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
            let said = json!([line["verdict"], line["transaction"], codes]);
            (line["message"].as_str().unwrap().to_owned(), said.to_string())
        });
        let untold = read(&untold).into_iter().map(|line| line["transaction"].as_str().unwrap().to_owned());
        Self { verdicts: verdicts.collect(), untold: untold.collect() }
    }

    /// How many messages have a verdict.
    pub fn count(&self, verdict: &str) -> usize {
        let begins = format!("[\"{verdict}\",");
        self.verdicts.values().filter(|said| said.starts_with(&begins)).count()
    }
}

/// Compares message by message, so that what differs is what is shown.
pub fn assert_same(found: &Found, expected: &Found, when: &str) {
    let ids: BTreeSet<&String> = found.verdicts.keys().chain(expected.verdicts.keys()).collect();
    let differing: Vec<_> = ids
        .into_iter()
        .map(|id| (id, found.verdicts.get(id), expected.verdicts.get(id)))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(
        differing.is_empty(),
        "{when}: {} differ, as {:?}",
        differing.len(),
        &differing[..differing.len().min(5)]
    );
    assert_eq!(found.untold, expected.untold, "{when}");
}

fn read(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn lines<R: Serialize>(records: &[R]) -> Vec<String> {
    records.iter().map(|record| serde_json::to_string(record).unwrap()).collect()
}

/// The same order at every run: by a multiplicative hash of where a line stood (Knuth 6.4).
fn shuffle(lines: &mut [String]) {
    let mut places: Vec<(u64, String)> = (1u64..)
        .zip(lines.iter_mut())
        .map(|(place, line)| (place.wrapping_mul(0x9e37_79b9_7f4a_7c15), std::mem::take(line)))
        .collect();
    places.sort();
    for (line, (_, shuffled)) in lines.iter_mut().zip(places) {
        *line = shuffled;
    }
}
