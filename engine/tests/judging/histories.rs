//! Made-up histories of an account that collide a lot: few references, amounts, devices, lines, words and moments, so
//! that most of what can happen between records happens within a few of them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use engine::{
    Account, BookIndex, Books, Catalogue, Channel, Citation, E164, Elsewhere, Imei, Instant, JudgeContext,
    Judgement, Message, Reader, Reference, Sent, TokenKey, Transaction, judge,
};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// 31 March 2026, shortly before midnight in UTC, so that days fall apart by zone.
const START: i64 = 1_775_000_000_000_000;
/// Until when something happens.
const HOURS: i64 = 130;

/// Numbers that stand in messages whatever they are about.
pub const SMALL_PRINT: (&str, &str, &str) = ("ORD0005555", "5.00", "5035550777");

/// Some are one character, or two neighbours, from another; some are written as a line or a device is.
const REFERENCES: [&str; 10] = [
    "PMT000000001",
    "PMT000000002",
    "PMT-000000010",
    "TI-00041",
    "ti 00014",
    "ORD 4711001",
    "2065550123",
    "12065550123",
    "013327003181395",
    SMALL_PRINT.0,
];
const AMOUNTS: [(&str, &str); 8] = [
    ("10.00", "USD"),
    ("10.00", "USD"),
    ("20.00", "USD"),
    ("20.00", "EUR"),
    ("30.00", "USD"),
    ("10.60", "USD"),
    ("-10.00", "USD"),
    ("60.00", "USD"),
];
/// The third ends as the first does.
const DEVICES: [&str; 3] = ["013327003181395", "353918058699824", "358240050001395"];
/// The third has the first's national number in another country.
const LINES: [&str; 3] = ["+12065550123", "+13035553771", "+442065550123"];

/// One template may repeat, one is vouched for by other kinds too, one comes long after, one claims nothing.
const CATALOGUE: &str = r#"
    [kind."payment.received"]
    tell_within = "24h"
    [template.receipt]
    asserts = "payment.received"
    [template.reminder]
    asserts = "payment.received"
    rule.repeats = true
    [template.refund]
    asserts = "payment.refunded"
    rule.vouched_by = ["payment.refunded", "payment.received", "bill.issued"]
    [template.due]
    asserts = "bill.issued"
    rule.after = "20d"
    rule.grace = "12h"
    [template.trade_in]
    asserts = "trade_in.received"
    [template.sim]
    asserts = "sim.changed"
    [template.news]
    [boilerplate]
    references = ["ORD0005555"]
    amounts = ["5.00"]
    lines = ["5035550777"]
"#;

/// What a narrow history is about: messages of one template to one recipient, and transactions of a kind that vouches.
#[derive(Clone, Copy, Debug)]
pub struct Focus {
    template: &'static str,
    kind: &'static str,
    /// Whether of the transactions nothing is told but amounts, so that several may add up.
    amounts_alone: bool,
}

const FOCUSES: [Focus; 6] = [
    Focus { template: "receipt", kind: "payment.received", amounts_alone: false },
    Focus { template: "receipt", kind: "payment.received", amounts_alone: true },
    Focus { template: "reminder", kind: "payment.received", amounts_alone: true },
    Focus { template: "due", kind: "bill.issued", amounts_alone: true },
    Focus { template: "trade_in", kind: "trade_in.received", amounts_alone: false },
    Focus { template: "sim", kind: "sim.changed", amounts_alone: false },
];

/// What the histories' messages are read and judged by.
pub static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::new(Catalogue::builtin().with_toml(CATALOGUE).unwrap()));

/// All that a judging is a function of.
#[derive(Clone)]
pub struct History {
    pub account: Account,
    /// Each id once.
    pub transactions: Vec<Transaction>,
    /// Each id once.
    pub messages: Vec<Message>,
    /// What is known on other accounts.
    pub elsewhere: BTreeSet<Citation>,
    /// When it is judged, in minutes.
    pub now: i64,
    /// What its records were narrowed to.
    pub focus: Option<Focus>,
}

impl Focus {
    /// Makes a message one of those that it is about.
    pub fn narrow_message(self, message: &mut Message) {
        message.template = Some(self.template.parse().unwrap());
        message.channel = Channel::Email;
        "a@example.net".clone_into(&mut message.recipient);
    }

    /// Makes a transaction one of those that it is about.
    pub fn narrow_transaction(self, transaction: &mut Transaction) {
        transaction.kind = self.kind.parse().unwrap();
        if self.amounts_alone {
            (transaction.device, transaction.line) = (None, None);
            transaction.references.clear();
        }
    }
}

impl History {
    /// The messages as they are read.
    pub fn sent(&self) -> Vec<Sent> {
        self.messages.iter().map(|message| READER.read(message, &self.account.locale)).collect()
    }

    /// What is known elsewhere, as the engine takes it.
    pub fn known_elsewhere(&self) -> Elsewhere {
        Elsewhere::new(token_key(), self.elsewhere.iter().map(|citation| citation.token(&token_key())))
    }

    /// Judges the messages as they were read.
    pub fn judged<T>(&self, sent: &[Sent], of: impl FnOnce(&Judgement) -> T) -> T {
        let elsewhere = self.known_elsewhere();
        let context = JudgeContext {
            catalogue: READER.catalogue(),
            since: at(0),
            elsewhere: &elsewhere,
            books_until: None,
        };
        let index = BookIndex::new(&self.account, &self.transactions, at(self.now));
        let books = Books { account: &self.account, transactions: &self.transactions, index: &index };
        of(&judge(&books, sent, &context))
    }
}

/// As a feed has it, a record a line: what a property fails on is read by people.
impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "judged at {} with {:?} known elsewhere", at(self.now), self.elsewhere)?;
        writeln!(f, "{}", json!(self.account))?;
        self.transactions.iter().try_for_each(|it| writeln!(f, "{}", json!(it)))?;
        self.messages.iter().try_for_each(|it| writeln!(f, "{}", json!(it)))
    }
}

/// The key of what is known elsewhere.
pub fn token_key() -> TokenKey {
    TokenKey::new([7; 16])
}

/// So many minutes from the start.
pub fn at(minutes: i64) -> Instant {
    Instant::from_micros(START + minutes * 60_000_000)
}

/// A history of at most so many transactions and messages.
pub fn history(transactions_max: usize, messages_max: usize) -> impl Strategy<Value = History> {
    let transactions = prop::collection::vec(transaction(40), 0..=transactions_max);
    let messages = prop::collection::vec(message(40), 0..=messages_max);
    let elsewhere = prop::collection::btree_set(citation(), 0..4);
    let focus = prop::option::weighted(0.7, select(FOCUSES.to_vec()));
    (account(), transactions, messages, elsewhere, moment(2 * HOURS), focus).prop_map(
        |(account, mut transactions, mut messages, elsewhere, now, focus)| {
            transactions.sort_by(|a, b| a.id.cmp(&b.id));
            transactions.dedup_by(|a, b| a.id == b.id);
            messages.sort_by(|a, b| a.id.cmp(&b.id));
            messages.dedup_by(|a, b| a.id == b.id);
            if let Some(focus) = focus {
                for transaction in &mut transactions {
                    focus.narrow_transaction(transaction);
                }
                for message in &mut messages {
                    focus.narrow_message(message);
                }
            }
            History { account, transactions, messages, elsewhere, now, focus }
        },
    )
}

/// Minutes from the start: mostly whole hours, so that much happens at one moment.
pub fn moment(hours_max: i64) -> impl Strategy<Value = i64> {
    (0..hours_max, select(vec![0, 0, 0, 7])).prop_map(|(hours, minutes)| hours * 60 + minutes)
}

/// When something happens: half of all within a few hours.
fn event() -> impl Strategy<Value = i64> {
    prop_oneof![moment(HOURS), moment(8).prop_map(|minutes| minutes + 48 * 60)]
}

/// The account, with some of the lines and devices, in one of two zones.
pub fn account() -> impl Strategy<Value = Account> {
    let lines = prop::sample::subsequence(LINES.to_vec(), 0..=3);
    let devices = prop::sample::subsequence(DEVICES.to_vec(), 1..=3);
    (lines, devices, select(vec!["America/Denver", "UTC"])).prop_map(|(lines, devices, zone)| {
        record(json!({
            "id": "A-1", "time_zone": zone,
            "lines": lines.iter().map(|number| json!({"number": number})).collect::<Vec<_>>(),
            "devices": devices.iter().map(|imei| json!({"imei": imei})).collect::<Vec<_>>(),
        }))
    })
}

/// A transaction under one of so many ids, of any kind with any facts.
pub fn transaction(ids: u8) -> impl Strategy<Value = Transaction> {
    let kinds = select(vec![
        "payment.received",
        "payment.received",
        "payment.received",
        "payment.refunded",
        "bill.issued",
        "sim.changed",
        "trade_in.received",
        "trade_in.received",
    ]);
    let when = (event(), prop::option::weighted(0.3, 0i64..60));
    let references = references();
    let device = prop::option::weighted(0.3, select(DEVICES.to_vec()));
    let line = prop::option::weighted(0.3, select(LINES.to_vec()));
    let amount = prop::option::weighted(0.8, select(AMOUNTS.to_vec()));
    (0..ids, kinds, when, references, amount, device, line).prop_map(
        |(id, kind, (occurred, late), references, amount, device, line)| {
            record(json!({
                "id": format!("T-{id}"), "account": "A-1", "kind": kind, "occurred_at": at(occurred),
                "recorded_at": late.map(|hours| at(occurred + hours * 60)), "references": references,
                "amount": amount.map(|(value, currency)| json!({"value": value, "currency": currency})),
                "device": device.map(|imei| json!({"imei": imei})), "line": line,
            }))
        },
    )
}

/// A message under one of so many ids: words that tell of something, or of nothing, and any facts.
pub fn message(ids: u8) -> impl Strategy<Value = Message> {
    let templates = select(vec![
        None,
        None,
        None,
        Some("receipt"),
        Some("receipt"),
        Some("reminder"),
        Some("refund"),
        Some("due"),
        Some("news"),
        Some("unlisted"),
    ]);
    let channels = select(vec!["email", "email", "sms"]);
    let recipients = select(vec!["a@example.net", "a@example.net", "A@example.net", "b@example.net"]);
    (0..ids, templates, channels, recipients, event(), text(), data()).prop_map(
        |(id, template, channel, recipient, sent, text, data)| {
            record(json!({
                "id": format!("M-{id}"), "channel": channel, "recipient": recipient, "template": template,
                "sent_at": at(sent), "text": text, "data": data,
            }))
        },
    )
}

fn text() -> impl Strategy<Value = String> {
    let told = select(vec![
        "We received your payment.",
        "We received your payment.",
        "Reminder: we received your payment.",
        "We refunded your card.",
        "Your bill is ready.",
        "The SIM of your line was changed.",
        "Your phone arrived for trade-in.",
        "Your phone arrived for trade-in.",
        "Save up to $800 with us.",
    ]);
    let sum = some_of(
        0.6,
        &["$10", "$10.00", "$20.00", "€20.00", "USD 30.00", "$11", "$60.00", "$40.00", "$50.00", "$5.00"],
    );
    let device = some_of(
        0.2,
        &[
            "IMEI 013327003181395",
            "IMEI 353918058699824",
            "IMEI 358240050001395",
            "IMEI ending in 1395",
            "IMEI ending in 9824",
            "IMEI ending in 9999",
        ],
    );
    let line = some_of(
        0.2,
        &["(206) 555-0123", "(303) 555-3771", "+442065550123", "+12065550123", "(503) 555-0777"],
    );
    let day = some_of(0.2, &["April 1", "April 3", "April 5, 2026", "today"]);
    let references = references();
    (told, sum, references, device, line, day).prop_map(|(told, sum, references, device, line, day)| {
        let facts = [sum, device, line, day].into_iter().flatten().chain(references);
        facts.fold(told.to_owned(), |text, fact| format!("{text} Details: {fact}."))
    })
}

/// Merge fields, which are read by other ways than texts: a line there is no reference as well.
fn data() -> impl Strategy<Value = Value> {
    let line = prop::option::weighted(0.1, select(LINES.to_vec()));
    let device = prop::option::weighted(0.05, select(DEVICES.to_vec()));
    let amount = prop::option::weighted(0.05, select(vec!["10.00", "20.00"]));
    (line, device, amount).prop_map(|(line, device, amount)| {
        let fields = [("line", line), ("imei", device), ("amount", amount)];
        let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?))));
        Value::Object(given.collect())
    })
}

/// Something that messages cite and other accounts may have.
pub fn citation() -> impl Strategy<Value = Citation> {
    let reference = |given: &str| {
        let reference: Reference = record(json!(given));
        Citation::Reference(reference.normalised().into())
    };
    let line = |number: &str| Citation::of_line(&number.parse::<E164>().unwrap());
    let device = |imei: &str| Citation::of_device(&imei.parse::<Imei>().unwrap());
    let references = REFERENCES.iter().map(|given| reference(given));
    let lines = LINES.iter().map(|number| line(number));
    select(references.chain(lines).chain([device(DEVICES[1])]).collect::<Vec<_>>())
}

fn references() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![Just(Vec::new()), prop::sample::subsequence(REFERENCES.to_vec(), 0..=2)]
}

fn some_of(share: f64, facts: &[&'static str]) -> impl Strategy<Value = Option<&'static str>> + use<> {
    prop::option::weighted(share, select(facts.to_vec()))
}

/// A record from its JSON, in which what is `null` is left out.
fn record<T: serde::de::DeserializeOwned>(mut written: Value) -> T {
    if let Some(fields) = written.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    serde_json::from_value(written).unwrap()
}
