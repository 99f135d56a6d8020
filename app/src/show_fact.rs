//! Facts as people read them.

use engine::{Fact, FactName, Kind, Outcome, Reason};

use crate::locale::Locale;
use crate::mask_identifiers::DOTS;
use crate::words::{fact, kind};

/// All digits of an IMEI; a message may give fewer.
const IMEI_DIGITS: usize = 15;

/// A fact's value, from the message or from the account, in the reader's way of writing.
pub(crate) fn shown(name: FactName, value: &str, locale: &Locale) -> String {
    match name {
        FactName::Kind => value
            .parse::<Kind>()
            .map_or_else(|_| value.to_owned(), |kind| kind::title(&kind, locale.language)),
        FactName::Time => value
            .parse()
            .map_or_else(|_| value.to_owned(), |at| format!("{}, {}", locale.date(at), locale.time(at))),
        FactName::Reference => value.to_owned(),
        FactName::Amount => locale.stated_amount(value),
        FactName::Device if value.len() == IMEI_DIGITS || value.starts_with(DOTS) => {
            format!("IMEI {}", locale.imei(value))
        }
        FactName::Device => fact::imei_ending(value, locale.language),
        FactName::Line => locale.phone(value),
        FactName::Day => locale.written_day(value),
    }
}

/// The facts in which a message contradicts its transaction. That it came at another time is none, nor that it names
/// another day: that may be when a bill is due, or an appointment.
pub(crate) fn differing(reasons: &[Reason]) -> impl Iterator<Item = &Fact> {
    let facts = reasons.iter().flat_map(|reason| &reason.facts);
    facts.filter(|fact| {
        fact.outcome == Outcome::Differs && !matches!(fact.fact, FactName::Time | FactName::Day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::denver;
    use engine::Language;

    #[test]
    fn every_fact_is_shown_as_its_reader_writes_it() {
        let cases = [
            (FactName::Kind, "trade_in.received", "Canje recibido"),
            (FactName::Time, "2026-04-10T20:37:00Z", "10 de abril de 2026, 2:37\u{a0}p.\u{a0}m."),
            (FactName::Reference, "TI-4482917", "TI-4482917"),
            (FactName::Amount, "1096.40 USD", "$1,096.40"),
            (FactName::Device, "353918051234567", "IMEI 35\u{a0}391805\u{a0}123456\u{a0}7"),
            (FactName::Device, "4567", "IMEI terminado en 4567"),
            (FactName::Device, "••••4567", "IMEI ••••4567"),
            (FactName::Line, "••••0123", "••••0123"),
            (FactName::Line, "+12065550123", "(206)\u{a0}555-0123"),
            (FactName::Day, "2026-04-10", "10 de abril de 2026"),
            (FactName::Day, "someday", "someday"),
        ];
        for (name, value, expected) in cases {
            assert_eq!(shown(name, value, &denver(Language::Es)), expected);
        }
    }
}
