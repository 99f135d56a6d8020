use engine::Money;

use super::Locale;
use super::region::Numbers;

/// Currencies known by a sign everywhere; others are written with their code.
const SIGNS: [(&str, &str); 3] = [("EUR", "€"), ("GBP", "£"), ("JPY", "¥")];
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
        let symbol = self.currency_sign(code);
        match (symbol, self.region.numbers) {
            (Some(symbol), Numbers::Point) => format!("{sign}{symbol}{number}"),
            (Some(symbol), Numbers::Comma) => format!("{sign}{symbol}{NO_BREAK}{number}"),
            (None, Numbers::Point | Numbers::Comma) => format!("{sign}{code}{NO_BREAK}{number}"),
            (Some(symbol), Numbers::Spain) => format!("{sign}{number}{NO_BREAK}{symbol}"),
            (None, Numbers::Spain) => format!("{sign}{number}{NO_BREAK}{code}"),
        }
    }

    /// A sign alone where its reader takes it for this very currency.
    fn currency_sign(&self, code: &str) -> Option<&'static str> {
        match code {
            _ if code == self.region.dollar => Some("$"),
            "USD" => Some("US$"),
            _ => SIGNS.iter().find(|(known, _)| *known == code).map(|(_, symbol)| *symbol),
        }
    }

    /// A number in plain digits, grouped and pointed as the reader does.
    pub(super) fn decimal(&self, value: &str) -> String {
        let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
        let (group, point, grouped_from) = match self.region.numbers {
            Numbers::Point => (',', '.', 4),
            Numbers::Comma => ('.', ',', 4),
            Numbers::Spain => ('.', ',', 5),
        };
        let is_grouped = whole.len() >= grouped_from;
        let mut shown = if is_grouped { grouped(whole, group) } else { whole.to_owned() };
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
    use engine::Language;

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

    #[test]
    fn each_region_writes_them_its_own_way() {
        use Language::{En, Es};
        let cases = [
            (En, "en-GB", "-1234.50 USD", "\u{2212}US$1,234.50", "12,345"),
            (En, "en", "1234.50 USD", "$1,234.50", "12,345"),
            (Es, "es", "1234.50 EUR", "1234,50\u{a0}€", "12.345"),
            (Es, "es-MX", "1234.50 MXN", "$1,234.50", "12,345"),
            (Es, "es-MX", "1234.50 USD", "US$1,234.50", "12,345"),
            (Es, "es-Latn-PR", "1234.50 USD", "$1,234.50", "12,345"),
            (Es, "es-419", "1234.50 EUR", "€1,234.50", "12,345"),
            (Es, "es-CO", "1234.50 COP", "$\u{a0}1.234,50", "12.345"),
            (Es, "en-GB", "1234.50 GBP", "1234,50\u{a0}£", "12.345"),
        ];
        for (language, locale, stated, money, count) in cases {
            let locale = Locale::new(language, locale, engine::TimeZone::default());
            assert_eq!(
                (locale.stated_amount(stated).as_str(), locale.count(12_345).as_str()),
                (money, count)
            );
        }
    }
}
