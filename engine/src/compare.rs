use serde::{Deserialize, Serialize};

use crate::boilerplate::Boilerplate;
use crate::scan_text::{Stated, StatedDay, StatedDevice, StatedLine};
use crate::{Account, Date, Instant, Reference, Transaction};

/// One fact of a message beside the same fact of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Which fact.
    pub fact: FactName,
    /// As the message states it; `None`: it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
    /// As the books have it; `None`: they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<String>,
    /// What the comparison shows.
    pub outcome: Outcome,
}

/// What of a message and a transaction is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactName {
    /// What sort of thing happened; stated and recorded as kinds.
    Kind,
    /// When: the message's `sent_at` and the transaction's `occurred_at`, as RFC 3339.
    Time,
    /// A reference.
    Reference,
    /// An amount: a decimal number, and perhaps a currency code behind a space.
    Amount,
    /// A device: 15 digits, or the last four.
    Device,
    /// A line's digits, with `+` where they are international.
    Line,
    /// A day, as `2026-04-10`.
    Day,
}

/// What a comparison shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Both say the same.
    Agrees,
    /// They say different things.
    Differs,
    /// The message states it and the account has nothing of it.
    NotFound,
    /// Only one of them says it.
    Silent,
}

/// A message's facts against one transaction's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub reference: Agreement,
    /// How many of the transaction's references are cited.
    pub references: u8,
    pub amount: Agreement,
    pub device: Agreement,
    pub line: Agreement,
    pub day: Agreement,
}

/// How one fact compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Agreement {
    Agrees,
    /// A part of it agrees, such as the last four digits.
    InPart,
    Differs,
    Silent,
}

/// A day's difference may be the hour's: the message's zone, the shop's, or midnight in between.
const DAYS_APART_MAX: i64 = 1;
/// A "today" is the day it was written, and what was written may have been sent again, or late.
const DAYS_AGO_APART_MAX: i64 = 3;

impl Comparison {
    /// Compares what a message states with a transaction. `account` knows its own lines, and its zone the days.
    pub(crate) fn of(
        stated: &Stated,
        sent_at: Instant,
        transaction: &Transaction,
        account: &Account,
        boilerplate: &Boilerplate,
    ) -> Self {
        Self {
            reference: compare_references(stated, transaction),
            references: count_cited(stated, transaction),
            amount: compare_amounts(stated, transaction, boilerplate),
            device: compare_devices(stated, transaction),
            line: compare_lines(stated, transaction, account),
            day: compare_days(stated, sent_at, transaction, account),
        }
    }

    /// The facts in which the two differ.
    pub(crate) fn differences(self) -> impl Iterator<Item = FactName> + use<> {
        let facts = [
            (FactName::Reference, self.reference),
            (FactName::Amount, self.amount),
            (FactName::Device, self.device),
            (FactName::Line, self.line),
            (FactName::Day, self.day),
        ];
        facts.into_iter().filter(|(_, agreement)| *agreement == Agreement::Differs).map(|(name, _)| name)
    }
}

fn compare_references(stated: &Stated, transaction: &Transaction) -> Agreement {
    let pairs = || {
        let cited = stated.references.iter();
        cited.flat_map(|cited| transaction.references.iter().map(move |own| (cited, own)))
    };
    let texts = || pairs().map(|(cited, own)| (cited.normalised(), own.normalised()));
    if pairs().any(|(cited, own)| cited == own) {
        Agreement::Agrees
    } else if slips_of(stated, transaction).next().is_some() {
        Agreement::InPart
    } else if texts().any(|(cited, own)| have_same_shape(cited, own) && !is_a_line(cited, stated)) {
        Agreement::Differs
    } else {
        Agreement::Silent
    }
}

/// Whether what could be a reference is a telephone number as well.
fn is_a_line(cited: &str, stated: &Stated) -> bool {
    stated.lines.iter().any(|line| *line.digits == *cited)
}

fn count_cited(stated: &Stated, transaction: &Transaction) -> u8 {
    let cited = transaction.references.iter().filter(|own| stated.references.contains(own));
    u8::try_from(cited.count()).unwrap_or(u8::MAX)
}

/// How one long reference is miswritten as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slip {
    /// In one character.
    OneCharacter,
    /// In two neighbours that changed places.
    ChangedPlaces,
}

/// What is cited that is a reference of a transaction's, but for a slip.
pub(crate) fn slips_of<'a>(
    stated: &'a Stated,
    transaction: &'a Transaction,
) -> impl Iterator<Item = (&'a Reference, Slip)> {
    stated.references.iter().flat_map(|cited| {
        let own = transaction.references.iter();
        own.filter_map(move |own| Some((cited, slip(cited.normalised(), own.normalised())?)))
    })
}

fn slip(one: &str, other: &str) -> Option<Slip> {
    const CHARS_MIN: usize = 6;
    if one.len() != other.len() || one.len() < CHARS_MIN {
        return None;
    }
    let mut differing = one.bytes().zip(other.bytes()).enumerate().filter(|(_, (a, b))| a != b);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => Some(Slip::OneCharacter),
        (Some((first, (a, b))), Some((second, (c, d))), None) => {
            (second == first + 1 && (a, b) == (d, c)).then_some(Slip::ChangedPlaces)
        }
        _ => None,
    }
}

/// Whether two references are written alike: the same letters before as many digits. Then they name things of one
/// sort, and name different ones.
pub(crate) fn have_same_shape(one: &str, other: &str) -> bool {
    let prefix = |text: &str| text.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let letters = prefix(one);
    letters == prefix(other)
        && one.len() == other.len()
        && one[..letters] == other[..letters]
        && one.bytes().zip(other.bytes()).all(|(a, b)| a.is_ascii_digit() == b.is_ascii_digit())
}

/// Amounts that stand in messages whatever they are about may agree and can't differ.
pub(crate) fn compare_amounts(
    stated: &Stated,
    transaction: &Transaction,
    boilerplate: &Boilerplate,
) -> Agreement {
    let Some(recorded) = transaction.amount else { return Agreement::Silent };
    if stated.amounts.iter().any(|amount| amount.agrees_with(recorded)) {
        Agreement::Agrees
    } else if stated.amounts.iter().any(|amount| amount.rounds(recorded)) {
        Agreement::InPart
    } else if stated.amounts.iter().any(|amount| !boilerplate.has_amount(*amount)) {
        Agreement::Differs
    } else {
        Agreement::Silent
    }
}

pub(crate) fn compare_devices(stated: &Stated, transaction: &Transaction) -> Agreement {
    let Some(recorded) = transaction.device.as_ref().map(|device| &device.imei) else {
        return Agreement::Silent;
    };
    let mut agreement = Agreement::Silent;
    for device in &stated.devices {
        match device {
            StatedDevice::Whole(imei) if imei == recorded => return Agreement::Agrees,
            StatedDevice::Ending(ending) if *ending == recorded.ending() => {
                agreement = Agreement::InPart;
            }
            _ if agreement == Agreement::Silent => agreement = Agreement::Differs,
            _ => {}
        }
    }
    agreement
}

/// Another line of the account's own differs. A number that is not the account's may be a hotline's, and says nothing here.
fn compare_lines(stated: &Stated, transaction: &Transaction, account: &Account) -> Agreement {
    let Some(recorded) = &transaction.line else { return Agreement::Silent };
    let own = |line: &StatedLine| account.numbers().any(|number| line.is(number.digits()));
    if stated.lines.iter().any(|line| line.is(recorded.digits())) {
        Agreement::Agrees
    } else if stated.lines.iter().any(own) {
        Agreement::Differs
    } else {
        Agreement::Silent
    }
}

fn compare_days(
    stated: &Stated,
    sent_at: Instant,
    transaction: &Transaction,
    account: &Account,
) -> Agreement {
    if stated.days.is_empty() {
        return Agreement::Silent;
    }
    let sent = Date::of(sent_at, &account.time_zone);
    let occurred = Date::of(transaction.occurred_at, &account.time_zone);
    let mut agreement = Agreement::Silent;
    for day in &stated.days {
        let apart = if matches!(day, StatedDay::Ago(_)) { DAYS_AGO_APART_MAX } else { DAYS_APART_MAX };
        let Some(date) = day.resolve(sent) else { continue };
        if date.days_since(occurred).abs() <= apart {
            return Agreement::Agrees;
        }
        // On a day after the sending nothing had happened yet: then something is due.
        if date <= sent {
            agreement = Agreement::Differs;
        }
    }
    agreement
}

impl StatedLine {
    /// Whether it is the line with these digits.
    pub(crate) fn is(&self, digits: &str) -> bool {
        if self.international {
            *self.digits == *digits
        } else {
            digits.ends_with(self.digits.trim_start_matches('0'))
        }
    }
}
