use std::fmt;

use serde::{Serialize, Serializer};

use crate::candidate::Judged;
use crate::compare::{Agreement, Comparison};
use crate::scan_text::{StatedDevice, StatedLine};
use crate::{
    Books, Date, E164, Fact, FactName, Imei, Instant, Kind, Money, Outcome, Reference, StatedAmount,
    Transaction,
};

/// A [`Fact`] before it is worded.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct FactView<'a> {
    fact: FactName,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<FactValue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<FactValue<'a>>,
    outcome: Outcome,
}

#[derive(Clone, Copy)]
enum FactValue<'a> {
    Kind(&'a Kind),
    Time(Instant),
    Reference(&'a Reference),
    Stated(StatedAmount),
    Recorded(Money),
    Device(Imei),
    DeviceEnding([u8; 4]),
    StatedLine(&'a StatedLine),
    Line(&'a E164),
    Day(Date),
}

/// Kind, time, reference, amount, device, line and day, as far as there is something to say.
pub(crate) type Facts<'a> = [Option<FactView<'a>>; FACTS_MAX];
pub(crate) const FACTS_MAX: usize = 7;

/// The facts of a message beside those of the transaction it is about, one by one.
pub(crate) fn facts_of<'a>(
    judged: &Judged<'a>,
    transaction: &'a Transaction,
    comparison: Comparison,
    books: &Books<'a>,
) -> Facts<'a> {
    let stated = judged.claim.stated;
    let beside = |name, stated: Option<FactValue<'a>>, recorded: Option<FactValue<'a>>, agreement| {
        (stated.is_some() || recorded.is_some()).then_some(fact(name, stated, recorded, outcome(agreement)))
    };
    let cited = stated.references.iter().find(|cited| transaction.references.contains(cited));
    let reference = match cited {
        Some(cited) => transaction.references.iter().find(|reference| *reference == cited),
        None => transaction.references.first(),
    };
    // A slip is shown as what it is.
    let as_written = match comparison.reference {
        Agreement::InPart => Agreement::Differs,
        other => other,
    };
    let day = stated_day(judged, books);
    let occurred = day.map(|_| Date::of(transaction.occurred_at, &books.account.time_zone));
    [
        Some(fact(
            FactName::Kind,
            Some(FactValue::Kind(judged.claim.kind)),
            Some(FactValue::Kind(&transaction.kind)),
            Outcome::Agrees,
        )),
        Some(time_fact(judged, transaction)),
        beside(
            FactName::Reference,
            cited.or_else(|| stated_reference(judged)).map(FactValue::Reference),
            reference.map(FactValue::Reference),
            as_written,
        ),
        beside(
            FactName::Amount,
            stated_amount(judged, transaction).map(FactValue::Stated),
            transaction.amount.map(FactValue::Recorded),
            comparison.amount,
        ),
        beside(
            FactName::Device,
            stated_device(judged),
            transaction.device.as_ref().map(|device| FactValue::Device(device.imei)),
            comparison.device,
        ),
        beside(
            FactName::Line,
            judged.claim.lines().next().map(FactValue::StatedLine),
            transaction.line.as_ref().map(FactValue::Line),
            comparison.line,
        ),
        beside(FactName::Day, day.map(FactValue::Day), occurred.map(FactValue::Day), comparison.day),
    ]
}

/// What a message states, where no transaction stands beside it: each fact found on the account or not.
pub(crate) fn facts_without<'a>(judged: &Judged<'a>, books: &Books<'a>) -> Facts<'a> {
    let stated = judged.claim.stated;
    let alone = |name, value: FactValue<'a>, is_found: bool| {
        let outcome = if is_found { Outcome::Silent } else { Outcome::NotFound };
        Some(fact(name, Some(value), None, outcome))
    };
    let reference = stated_reference(judged);
    let amount = stated.amounts.first().map(|amount| {
        // A bare `$` is taken for the money that the account is kept in.
        books.currency().map_or(*amount, |currency| amount.or_currency(currency))
    });
    [
        alone(FactName::Kind, FactValue::Kind(judged.claim.kind), false),
        reference.and_then(|reference| {
            let is_found = books.referenced(reference).next().is_some();
            alone(FactName::Reference, FactValue::Reference(reference), is_found)
        }),
        amount.and_then(|amount| alone(FactName::Amount, FactValue::Stated(amount), false)),
        stated_device(judged)
            .and_then(|device| alone(FactName::Device, device, books.has_device(&stated.devices[0]))),
        judged
            .claim
            .lines()
            .next()
            .and_then(|line| alone(FactName::Line, FactValue::StatedLine(line), books.has_line(line))),
        None,
        None,
    ]
}

fn time_fact<'a>(judged: &Judged, transaction: &Transaction) -> FactView<'a> {
    let (from, to) = judged.window();
    let in_time = (from..=to).contains(&transaction.occurred_at);
    let outcome = if in_time { Outcome::Agrees } else { Outcome::Differs };
    let (sent_at, occurred_at) = (judged.message.sent_at, transaction.occurred_at);
    fact(FactName::Time, Some(FactValue::Time(sent_at)), Some(FactValue::Time(occurred_at)), outcome)
}

/// The reference that the text most likely means: the longest that could be one.
fn stated_reference<'a>(judged: &Judged<'a>) -> Option<&'a Reference> {
    judged.claim.references().max_by_key(|reference| reference.normalised().len())
}

fn stated_amount(judged: &Judged, transaction: &Transaction) -> Option<StatedAmount> {
    let recorded = transaction.amount;
    let amounts = &judged.claim.stated.amounts;
    let agreeing =
        amounts.iter().find(|stated| recorded.is_some_and(|recorded| stated.agrees_with(recorded)));
    let shown = agreeing.or_else(|| amounts.first())?;
    Some(recorded.map_or(*shown, |recorded| shown.or_currency(recorded.currency())))
}

fn stated_device<'a>(judged: &Judged<'a>) -> Option<FactValue<'a>> {
    judged.claim.stated.devices.first().map(|device| match device {
        StatedDevice::Whole(imei) => FactValue::Device(*imei),
        StatedDevice::Ending(ending) => FactValue::DeviceEnding(*ending),
    })
}

fn stated_day(judged: &Judged, books: &Books) -> Option<Date> {
    let day = judged.claim.stated.days.first()?;
    day.resolve(Date::of(judged.message.sent_at, &books.account.time_zone))
}

fn outcome(agreement: Agreement) -> Outcome {
    match agreement {
        Agreement::Agrees | Agreement::InPart => Outcome::Agrees,
        Agreement::Differs => Outcome::Differs,
        Agreement::Silent => Outcome::Silent,
    }
}

fn fact<'a>(
    fact: FactName,
    stated: Option<FactValue<'a>>,
    recorded: Option<FactValue<'a>>,
    outcome: Outcome,
) -> FactView<'a> {
    FactView { fact, stated, recorded, outcome }
}

impl From<FactView<'_>> for Fact {
    fn from(view: FactView) -> Self {
        let FactView { fact, stated, recorded, outcome } = view;
        let text = |value: Option<FactValue>| value.map(|value| value.to_string());
        Self { fact, stated: text(stated), recorded: text(recorded), outcome }
    }
}

impl fmt::Display for FactValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => f.write_str(kind.as_str()),
            Self::Time(time) => time.fmt(f),
            Self::Reference(reference) => f.write_str(reference.given()),
            Self::Stated(amount) => amount.fmt(f),
            Self::Recorded(amount) => amount.fmt(f),
            Self::Device(imei) => f.write_str(&imei.printed()),
            Self::DeviceEnding(digits) => {
                digits.iter().try_for_each(|digit| write!(f, "{}", char::from(*digit)))
            }
            Self::StatedLine(StatedLine { digits, international: true }) => write!(f, "+{digits}"),
            Self::StatedLine(StatedLine { digits, .. }) => f.write_str(digits),
            Self::Line(line) => f.write_str(line.as_str()),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl Serialize for FactValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Kind(kind) => serializer.serialize_str(kind.as_str()),
            Self::Reference(reference) => serializer.serialize_str(reference.given()),
            other => serializer.collect_str(other),
        }
    }
}
