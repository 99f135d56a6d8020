//! A message beside a transaction, fact by fact: the plain matcher's own view of it.

use engine::{
    Account, Date, E164, Imei, Money, Reference, Sent, Span, StatedAmount, StatedDay, StatedDevice,
    StatedLine, Transaction,
};

use crate::histories::SMALL_PRINT;

/// What one fact of a message says of the same fact of a transaction; the greater where several say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    Nothing,
    Other,
    Nearly,
    Same,
}
use Says::{Nearly, Nothing, Other, Same};

/// The facts in the order in which a difference of several is named. What a reference or device names differs by the first
/// three alone.
pub const FACTS: [&str; 5] = ["amount", "device", "line", "reference", "day"];
pub const DEVICE: usize = 1;
pub const REFERENCE: usize = 3;
pub const DAY: usize = 4;

/// The logarithms of how much likelier each fact agrees, and agrees in part, than by chance; and a further reference.
const WEIGHTS: [(f64, f64); 5] = [(6.0, 3.0), (10.0, 6.0), (4.0, 0.0), (14.0, 0.0), (2.0, 0.0)];
const FURTHER_REFERENCE: f64 = 7.0;
/// For a message that runs ahead of its transaction.
const AHEAD: f64 = -1.0;

/// A transaction beside a message.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    pub transaction: &'a Transaction,
    pub says: [Says; 5],
    pub weight: f64,
}

impl<'a> Pair<'a> {
    pub fn of(sent: &Sent, transaction: &'a Transaction, account: &Account) -> Self {
        let stated = &sent.reading.stated;
        let amount =
            transaction.amount.map(|own| best(stated.amounts.iter().map(|it| says_amount(*it, own))));
        let device = transaction
            .device
            .as_ref()
            .map(|own| best(stated.devices.iter().map(|it| says_device(it, &own.imei))));
        let line = transaction
            .line
            .as_ref()
            .map(|own| best(stated.lines.iter().map(|it| says_line(it, own, account))));
        let day = best(stated.days.iter().map(|it| says_day(*it, sent, transaction, account)));
        let reference = says_references(sent, transaction);
        let says =
            [amount.unwrap_or(Nothing), device.unwrap_or(Nothing), line.unwrap_or(Nothing), reference, day];
        Self { transaction, says, weight: weigh(says, sent, transaction) }
    }

    /// What of the first so many facts speaks against it.
    pub fn against(&self, facts: usize) -> Vec<&'static str> {
        (0..facts).filter(|fact| self.says[*fact] == Other).map(|fact| FACTS[fact]).collect()
    }

    pub fn is(&self, other: &Self) -> bool {
        self.transaction.id == other.transaction.id
    }
}

fn weigh(says: [Says; 5], sent: &Sent, transaction: &Transaction) -> f64 {
    let facts = says.into_iter().zip(WEIGHTS).map(|(says, (same, nearly))| match says {
        Same => same,
        Nearly => nearly,
        Other | Nothing => 0.0,
    });
    let cited = |own: &&Reference| sent.reading.stated.references.contains(own);
    let further = transaction.references.iter().filter(cited).skip(1).map(|_| FURTHER_REFERENCE);
    let lag = sent.sent_at.since(transaction.occurred_at);
    let ahead = if lag < Span::ZERO { AHEAD } else { 0.0 };
    facts.chain(further).sum::<f64>() + ahead - (1.0 + lag.as_hours().abs()).ln()
}

fn best(all: impl Iterator<Item = Says>) -> Says {
    all.max().unwrap_or(Nothing)
}

/// Of one sort, and so of different things, are numbers that have the same letters before as many digits.
fn says_references(sent: &Sent, transaction: &Transaction) -> Says {
    let stated = &sent.reading.stated;
    let is_a_line = |cited: &str| stated.lines.iter().any(|line| *line.digits == *cited);
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let says = |cited: &str, own: &str| {
        if cited == own {
            Same
        } else if is_slip(cited, own) {
            Nearly
        } else if cited.len() == own.len() && letters(cited) == letters(own) && !is_a_line(cited) {
            Other
        } else {
            Nothing
        }
    };
    let cited = stated.references.iter().map(Reference::normalised);
    best(cited.flat_map(|cited| transaction.references.iter().map(move |own| says(cited, own.normalised()))))
}

/// Whether one long reference is the other but for one character, or for two neighbours that changed places.
pub fn is_slip(one: &str, other: &str) -> bool {
    let apart = one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
    is_swap(one, other) || (one.len() == other.len() && one.len() >= 6 && apart == 1)
}

/// Whether one long reference is the other but for two neighbours that changed places.
pub fn is_swap(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let swapped = |place: usize| {
        let mut swapped = one.to_vec();
        swapped.swap(place, place + 1);
        swapped == other
    };
    one.len() == other.len() && one.len() >= 6 && one != other && (0..one.len() - 1).any(swapped)
}

/// An amount without decimals may have been rounded; one of the small print can't differ.
fn says_amount(stated: StatedAmount, own: Money) -> Says {
    let written = stated.to_string();
    let own_currency = own.currency();
    let (value, currency) = written.split_once(' ').unwrap_or((&written, own_currency.as_str()));
    let exact = StatedAmount::from_decimal(value).unwrap().or_currency(own_currency);
    let is_rounded = stated.or_currency(own_currency) != exact;
    let cents = |value: &str| value.replace('.', "").parse::<i64>().unwrap().abs();
    let apart = (cents(value) - cents(&own.value())).abs();
    if currency == own_currency.as_str() && apart == 0 {
        Same
    } else if currency == own_currency.as_str() && apart < 100 && is_rounded {
        Nearly
    } else if value == SMALL_PRINT.1 {
        Nothing
    } else {
        Other
    }
}

pub fn says_device(named: &StatedDevice, own: &Imei) -> Says {
    match named {
        StatedDevice::Whole(imei) if imei == own => Same,
        StatedDevice::Ending(ending) if own.last_four().as_bytes() == ending => Nearly,
        _ => Other,
    }
}

/// A number that is not the account's may be a hotline's.
fn says_line(named: &StatedLine, own: &E164, account: &Account) -> Says {
    if is_line(named, own) {
        Same
    } else if account.numbers().any(|other| is_line(named, other)) {
        Other
    } else {
        Nothing
    }
}

/// A number without its country's code is any that ends so.
pub fn is_line(named: &StatedLine, own: &E164) -> bool {
    if named.international { *named.digits == *own.digits() } else { own.digits().ends_with(&*named.digits) }
}

/// By zone a day may be the next one; "today" may have been sent late; and on a day to come something is due.
fn says_day(stated: StatedDay, sent: &Sent, transaction: &Transaction, account: &Account) -> Says {
    let sent = Date::of(sent.sent_at, &account.time_zone);
    let (day, apart_max) = match stated {
        StatedDay::Ago(days) => (sent.days_before(days).unwrap(), 3),
        StatedDay::Of { year, month, day } => (Date::new(year.unwrap_or(2026), month, day).unwrap(), 1),
    };
    let apart = day.days_since(Date::of(transaction.occurred_at, &account.time_zone)).abs();
    if apart <= apart_max {
        Same
    } else if day <= sent {
        Other
    } else {
        Nothing
    }
}
