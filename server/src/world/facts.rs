use engine::{Date, Instant, TimeZone};

use super::operator::Event;
use super::person::{Handset, Person, national};
use crate::dice::Dice;

/// The months as each language writes them.
const MONTHS: [(&str, [&str; 12]); 4] = [
    (
        "en",
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    ),
    (
        "es",
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    ),
    (
        "de",
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
    ),
    (
        "pt",
        [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
    ),
];

/// What a transaction is about.
#[derive(Clone)]
pub(super) struct Facts {
    pub reference: Option<String>,
    /// In hundredths.
    pub cents: Option<i64>,
    pub handset: Option<Handset>,
    pub line: Option<String>,
    pub occurred_at: Instant,
}

/// How a message writes what can be written in several ways.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    pub reference: i64,
    pub amount: i64,
    pub line: i64,
    pub day: i64,
}

impl Facts {
    pub(super) fn by_chance(dice: &mut Dice, event: &Event, person: &Person, occurred_at: Instant) -> Self {
        let cents = match event.amount[..] {
            [least, greatest] => Some(round(dice.real(least * 100.0, greatest * 100.0))),
            _ => None,
        };
        Self {
            reference: (!event.reference.is_empty()).then(|| reference(dice, &event.reference)),
            cents,
            handset: event.device.then(|| dice.pick(&person.handsets).clone()),
            line: event.line.then(|| dice.pick(&person.lines).clone()),
            occurred_at,
        }
    }
}

/// A reference of a pattern: `#` a digit, `@` a letter.
pub(super) fn reference(dice: &mut Dice, pattern: &str) -> String {
    let letter = |dice: &mut Dice| char::from(b'A' + u8::try_from(dice.between(0, 25)).unwrap_or(0));
    let digit = |dice: &mut Dice| char::from(b'0' + u8::try_from(dice.between(0, 9)).unwrap_or(0));
    let fill = |c: char| match c {
        '#' => digit(dice),
        '@' => letter(dice),
        other => other,
    };
    pattern.chars().map(fill).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "an amount of money")]
pub(super) fn round(cents: f64) -> i64 {
    cents.round() as i64
}

impl Hand {
    pub(super) fn by_chance(dice: &mut Dice) -> Self {
        let mut way = || dice.between(0, 5);
        Self { reference: way(), amount: way(), line: way(), day: way() }
    }

    pub(super) fn reference(self, reference: &str) -> String {
        match self.reference {
            0 => reference.to_lowercase(),
            1 => format!("#{reference}"),
            2 => reference.replacen('-', " ", 1),
            _ => reference.to_owned(),
        }
    }

    pub(super) fn amount(self, cents: i64, currency: &str, language: &str) -> String {
        let (whole, rest) = (cents / 100, cents % 100);
        let grouped = |mark: &str| {
            let digits = whole.to_string();
            let cut = digits.len().saturating_sub(3);
            if cut == 0 { digits } else { format!("{}{mark}{}", &digits[..cut], &digits[cut..]) }
        };
        let symbol = match currency {
            "EUR" => "€",
            "GBP" => "£",
            _ => "$",
        };
        if language == "en" {
            return match self.amount {
                0 => format!("{currency} {whole}.{rest:02}"),
                1 => format!("{whole}.{rest:02} {currency}"),
                _ => format!("{symbol}{}.{rest:02}", grouped(",")),
            };
        }
        match self.amount {
            0 => format!("{currency} {},{rest:02}", grouped(".")),
            1 => format!("{whole},{rest:02}{symbol}"),
            _ => format!("{},{rest:02} {symbol}", grouped(".")),
        }
    }

    pub(super) fn line(self, line: &str) -> String {
        if self.line < 3 { line.to_owned() } else { national(line) }
    }

    pub(super) fn day(self, at: Instant, person: &Person) -> String {
        let zone = TimeZone::try_from(person.time_zone().to_owned()).expect("the zones of a world exist");
        let date = Date::of(at, &zone);
        let (year, month, day) = (date.year(), date.month(), date.day());
        let names =
            MONTHS.iter().find(|(language, _)| *language == person.language).map_or(&MONTHS[0].1, |it| &it.1);
        let name = names[usize::try_from(month - 1).unwrap_or(0)];
        match (person.language, self.day) {
            ("en", 0) => format!("{month:02}/{day:02}/{year}"),
            ("en", _) => format!("{name} {day}"),
            ("de", 0) => format!("{day:02}.{month:02}.{year}"),
            ("de", _) => format!("{day}. {name}"),
            (_, 0) => format!("{day:02}/{month:02}/{year}"),
            _ => format!("{day} de {name}"),
        }
    }
}
