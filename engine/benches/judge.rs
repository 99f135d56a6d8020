//! How fast `judge` is on claims that are read already: clustered by account, unsorted, and one record at a time.
//!
//!     cargo bench -p engine -- MESSAGES [CSV_FOLDER]
//!
//! With a folder, the same records are written there as CSV, for other matchers to be measured on.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't be set up has failed")]
#![expect(
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock and divides by it"
)]

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant as Clock;

use engine::{
    Account, BookIndex, Books, Catalogue, Channel, Elsewhere, Instant, JudgeContext, Kind, Money, Reading,
    Recipient, Reference, Sent, Standing, Stated, StatedAmount, TokenKey, Transaction, Verdict, judge,
};

/// As many messages as a customer gets in two years, each transaction told of by mail and by text message.
const MESSAGES_PER_ACCOUNT: usize = 170;
const KINDS: [&str; 8] = [
    "payment.received",
    "bill.issued",
    "order.placed",
    "shipment.dispatched",
    "plan.changed",
    "sim.changed",
    "credential.changed",
    "appointment.booked",
];
const START: i64 = 1_700_000_000_000_000;
const MICROS_PER_MINUTE: i64 = 60_000_000;
/// In minutes.
const TWO_YEARS: u32 = 2 * 365 * 24 * 60;

struct AccountRecords {
    account: Account,
    transactions: Vec<Transaction>,
    messages: Vec<Sent>,
}

/// A small generator of numbers (`SplitMix64`; Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let messages: usize = arguments.first().map_or(1_000_000, |count| count.parse().unwrap());
    let catalogue = Catalogue::builtin().with_template_list(&templates()).unwrap();
    let mut dice = Dice(7);
    let accounts: Vec<AccountRecords> = (0..messages.div_ceil(MESSAGES_PER_ACCOUNT))
        .map(|number| records(number, MESSAGES_PER_ACCOUNT, &mut dice))
        .collect();
    let judged: usize = accounts.iter().map(|one| one.messages.len()).sum();
    if let Some(folder) = arguments.get(1) {
        write_csv(&accounts, Path::new(folder), &mut dice).unwrap();
    }
    report("clustered", judged, || accounts.iter().map(|one| judge_account(one, &catalogue)).sum());
    unsorted(accounts, judged, &catalogue, &mut dice);
    one_large_account(&catalogue, &mut dice);
}

fn templates() -> String {
    let listed = KINDS.iter().map(|kind| serde_json::json!({"template": kind, "asserts": kind}));
    serde_json::to_string(&listed.collect::<Vec<_>>()).unwrap()
}

fn records(number: usize, messages: usize, dice: &mut Dice) -> AccountRecords {
    let id = format!("A-{number:07}");
    let account: Account = serde_json::from_value(serde_json::json!({
        "id": id, "time_zone": "America/Denver", "emails": [format!("{number}@example.net")],
    }))
    .unwrap();
    let mut transactions = Vec::with_capacity(messages / 2);
    let mut sent = Vec::with_capacity(messages);
    for place in 0..messages / 2 {
        let kind: Kind = KINDS[dice.below(KINDS.len())].parse().unwrap();
        let minutes = i64::try_from(dice.below(TWO_YEARS as usize)).unwrap();
        let occurred_at = Instant::from_micros(START + minutes * MICROS_PER_MINUTE);
        let reference = format!("R{number:07}{place:05}");
        let cents = i64::try_from(dice.below(50_000)).unwrap();
        let amount = Money::from_minor(cents, "USD".parse().unwrap());
        let transaction: Transaction = serde_json::from_value(serde_json::json!({
            "id": format!("T-{number:07}-{place:05}"), "account": id, "kind": kind,
            "occurred_at": occurred_at, "references": [reference], "amount": amount,
        }))
        .unwrap();
        for channel in [Channel::Email, Channel::Sms] {
            let wrong = dice.below(100) == 0;
            let stated = Stated {
                references: vec![Reference::parse(&reference).unwrap()],
                amounts: StatedAmount::from_decimal(&if wrong { "1.01".to_owned() } else { amount.value() })
                    .into_iter()
                    .collect(),
                ..Stated::default()
            };
            let late = i64::try_from(dice.below(180)).unwrap();
            sent.push(Sent {
                id: format!("M-{number:07}-{:05}", sent.len()).parse().unwrap(),
                channel,
                recipient: Recipient::of(&format!("{number}@example.net")),
                template: Some(kind.as_str().parse().unwrap()),
                sent_at: Instant::from_micros(START + (minutes + late) * MICROS_PER_MINUTE),
                reading: Reading { tells_of: Some(kind.clone()), stated, ..Reading::default() },
            });
        }
        transactions.push(transaction);
    }
    sent.sort_by_key(|message| message.sent_at);
    transactions.sort_by_key(|transaction| transaction.occurred_at);
    AccountRecords { account, transactions, messages: sent }
}

/// Judges all of an account's messages, and how many are flagged.
fn judge_account(one: &AccountRecords, catalogue: &Catalogue) -> usize {
    let elsewhere = Elsewhere::new(TokenKey::new([0; 16]), []);
    let index = BookIndex::new(&one.account, &one.transactions, now());
    let books = Books { account: &one.account, transactions: &one.transactions, index: &index };
    let context = JudgeContext {
        catalogue,
        since: Instant::from_micros(START),
        elsewhere: &elsewhere,
        books_until: None,
    };
    let judgement = judge(&books, &one.messages, &context);
    let flagged = judgement.findings().filter(|finding| finding.verdict().is_flagged());
    flagged.map(|finding| black_box(finding.code()).len().min(1)).sum()
}

fn now() -> Instant {
    Instant::from_micros(START + i64::from(TWO_YEARS + 7 * 24 * 60) * MICROS_PER_MINUTE)
}

/// The same records in no order: they are brought together by account and judged.
fn unsorted(accounts: Vec<AccountRecords>, judged: usize, catalogue: &Catalogue, dice: &mut Dice) {
    let count = accounts.len();
    let (mut owners, mut messages, mut transactions) = (Vec::new(), Vec::new(), Vec::new());
    for (place, one) in accounts.into_iter().enumerate() {
        owners.push(one.account);
        messages.extend(one.messages.into_iter().map(|message| (place, message)));
        transactions.extend(one.transactions.into_iter().map(|transaction| (place, transaction)));
    }
    shuffle(&mut messages, dice);
    shuffle(&mut transactions, dice);
    let clock = Clock::now();
    let mut gathered: Vec<(Vec<Transaction>, Vec<Sent>)> = (0..count).map(|_| Default::default()).collect();
    for (place, transaction) in transactions {
        gathered[place].0.push(transaction);
    }
    for (place, message) in messages {
        gathered[place].1.push(message);
    }
    let mut flagged = 0;
    for (account, (transactions, messages)) in owners.into_iter().zip(gathered) {
        flagged += judge_account(&AccountRecords { account, transactions, messages }, catalogue);
    }
    say("unsorted", judged, clock.elapsed().as_secs_f64(), flagged);
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for last in (1..items.len()).rev() {
        items.swap(last, dice.below(last + 1));
    }
}

/// An account of 10,000 messages: judged whole, and with one more message.
fn one_large_account(catalogue: &Catalogue, dice: &mut Dice) {
    const MESSAGES: usize = 10_000;
    let mut one = records(0, MESSAGES, dice);
    report("an account of 10,000", MESSAGES, || judge_account(&one, catalogue));
    let last = one.messages.pop().unwrap();
    let elsewhere = Elsewhere::new(TokenKey::new([0; 16]), []);
    let AccountRecords { account, transactions, messages } = one;
    let mut standing =
        Standing::new(account, transactions, messages, Arc::new(catalogue.clone()), elsewhere, now());
    let mut best = f64::INFINITY;
    for _ in 0..20 {
        standing.remove_message(&last.id);
        standing.settle();
        let message = last.clone();
        let clock = Clock::now();
        standing.put_message(message);
        let changed = standing.settle().len();
        best = best.min(clock.elapsed().as_secs_f64());
        assert_eq!(
            (changed, standing.finding(&last.id).unwrap().verdict() == Verdict::Informational),
            (1, false)
        );
    }
    println!("one message more: {:.3} ms", best * 1e3);
}

/// The best of five runs.
fn report(what: &str, judged: usize, run: impl Fn() -> usize) {
    let mut best = (f64::INFINITY, 0);
    for _ in 0..5 {
        let clock = Clock::now();
        let flagged = run();
        let seconds = clock.elapsed().as_secs_f64();
        if seconds < best.0 {
            best = (seconds, flagged);
        }
    }
    say(what, judged, best.0, best.1);
}

fn say(what: &str, judged: usize, seconds: f64, flagged: usize) {
    let rate = judged as f64 / seconds / 1e6;
    println!("{what}: {judged} messages in {seconds:.3} s, {rate:.2} M a second, {flagged} flagged");
}

fn write_csv(accounts: &[AccountRecords], folder: &Path, dice: &mut Dice) -> std::io::Result<()> {
    let mut messages: Vec<(&Account, &Sent)> = Vec::new();
    let mut transactions: Vec<&Transaction> = Vec::new();
    for one in accounts {
        messages.extend(one.messages.iter().map(|message| (&one.account, message)));
        transactions.extend(&one.transactions);
    }
    shuffle(&mut messages, dice);
    shuffle(&mut transactions, dice);
    let mut file = BufWriter::new(File::create(folder.join("messages.csv"))?);
    writeln!(file, "id,account,asserts,sent_at")?;
    for (account, message) in messages {
        let kind = message.reading.tells_of.as_ref().unwrap();
        writeln!(file, "{},{},{kind},{}", message.id, account.id, message.sent_at)?;
    }
    let mut file = BufWriter::new(File::create(folder.join("transactions.csv"))?);
    writeln!(file, "id,account,kind,occurred_at")?;
    for transaction in transactions {
        writeln!(
            file,
            "{},{},{},{}",
            transaction.id, transaction.account, transaction.kind, transaction.occurred_at
        )?;
    }
    file.flush()
}
