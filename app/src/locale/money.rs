use engine::{Language, Money};

use super::Locale;

/// Currencies known by a sign everywhere; others are written with their code.
const SIGNS: [(&str, &str); 4] = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥")];
const MINUS: char = '\u{2212}';
const NO_BREAK: char = '\u{a0}';

impl Locale {
    /// `$1,234.50`, or `1.234,50 €`.
    pub(crate) fn money(&self, money: Money) -> String {
        self.amount(&money.value(), Some(money.currency().as_str()))
    }

    /// An amount as facts write it, `86.40 USD` or without a currency; what is no amount stays as it is.
    pub(crate) fn stated_amount(&self, stated: &str) -> String {
        let (value, currency) = match stated.split_once(' ') {
            Some((value, currency)) => (value, Some(currency)),
            None => (stated, None),
        };
        let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
        if value.is_empty() || !value.chars().all(is_number) {
            return stated.to_owned();
        }
        self.amount(value, currency)
    }

    fn amount(&self, value: &str, currency: Option<&str>) -> String {
        let (sign, magnitude) = match value.strip_prefix('-') {
            Some(magnitude) => (MINUS.to_string(), magnitude),
            None => (String::new(), value),
        };
        let number = self.decimal(magnitude);
        let Some(code) = currency else { return format!("{sign}{number}") };
        let symbol = SIGNS.iter().find(|(known, _)| *known == code).map(|(_, symbol)| *symbol);
        match (symbol, self.money_sign_first()) {
            (Some(symbol), true) => format!("{sign}{symbol}{number}"),
            (None, true) => format!("{sign}{code}{NO_BREAK}{number}"),
            // Behind a number, a dollar sign alone could be any country's.
            (Some("$"), false) => format!("{sign}{number}{NO_BREAK}US$"),
            (Some(symbol), false) => format!("{sign}{number}{NO_BREAK}{symbol}"),
            (None, false) => format!("{sign}{number}{NO_BREAK}{code}"),
        }
    }

    fn money_sign_first(&self) -> bool {
        self.american || self.language == Language::En
    }

    /// Digits, grouped as the reader groups them.
    pub(super) fn whole_number(&self, digits: &str) -> String {
        self.decimal(digits)
    }

    fn decimal(&self, value: &str) -> String {
        let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
        let (group, point, digits_min) = if self.money_sign_first() { (',', '.', 4) } else { ('.', ',', 5) };
        let mut shown = if whole.len() < digits_min { whole.to_owned() } else { grouped(whole, group) };
        if !decimals.is_empty() {
            shown.push(point);
            shown.push_str(decimals);
        }
        shown
    }
}

fn grouped(whole: &str, separator: char) -> String {
    let mut shown = String::with_capacity(whole.len() + whole.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            shown.push(separator);
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::denver;

    #[test]
    fn amounts_are_written_as_their_reader_writes_them() {
        let spain = Locale::new(Language::Es, "es-ES", engine::TimeZone::default());
        let cases = [
            ("1234.50 USD", "$1,234.50", "1234,50\u{a0}US$"),
            ("12345.50 EUR", "€12,345.50", "12.345,50\u{a0}€"),
            ("-5.00 USD", "\u{2212}$5.00", "\u{2212}5,00\u{a0}US$"),
            ("96.40", "96.40", "96,40"),
            ("320 CLP", "CLP\u{a0}320", "320\u{a0}CLP"),
            ("forty USD", "forty USD", "forty USD"),
        ];
        for (stated, american, spanish) in cases {
            assert_eq!(denver(Language::En).stated_amount(stated), american);
            assert_eq!(
                denver(Language::Es).stated_amount(stated),
                american,
                "es-US writes amounts as en-US does"
            );
            assert_eq!(spain.stated_amount(stated), spanish);
        }
    }
}
