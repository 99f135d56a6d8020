use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::parsed::parsed;

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// An amount in whole minor units (cents) of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(try_from = "WrittenMoney", into = "WrittenMoney")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// An amount as a message states it: to a ten-thousandth, and often without saying in which currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatedAmount {
    ten_thousandths: i64,
    currency: Option<Currency>,
    /// It is written without decimals, and may have been rounded.
    is_whole: bool,
}

/// Why a text is not an amount.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three letters.
    #[error("a currency is a three-letter ISO 4217 code, such as USD")]
    Currency,
    /// Not a decimal number.
    #[error("an amount's value is a decimal number in a string, such as \"320.00\"")]
    Value,
    /// More decimals than the currency has.
    #[error("the amount has more decimals than its currency")]
    Decimals,
    /// Beyond 64 bits of minor units.
    #[error("the amount is too large")]
    Range,
}

/// The largest whole part accepted: a thousand million million, far within 64 bits of minor units.
const WHOLE_DIGITS_MAX: usize = 15;

const TEN_THOUSANDTHS: i64 = 10_000;

/// ISO 4217's minor units where they are not two.
const EXPONENTS: [(&[u8; 3], u32); 23] = [
    (b"BHD", 3),
    (b"IQD", 3),
    (b"JOD", 3),
    (b"KWD", 3),
    (b"LYD", 3),
    (b"OMR", 3),
    (b"TND", 3),
    (b"CLF", 4),
    (b"BIF", 0),
    (b"CLP", 0),
    (b"DJF", 0),
    (b"GNF", 0),
    (b"ISK", 0),
    (b"JPY", 0),
    (b"KMF", 0),
    (b"KRW", 0),
    (b"PYG", 0),
    (b"RWF", 0),
    (b"UGX", 0),
    (b"VND", 0),
    (b"VUV", 0),
    (b"XAF", 0),
    (b"XOF", 0),
];

impl Currency {
    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is ASCII letters")
    }

    /// How many decimals its minor unit has.
    pub fn exponent(self) -> u32 {
        EXPONENTS.iter().find(|(code, _)| **code == self.0).map_or(2, |(_, exponent)| *exponent)
    }
}

impl Money {
    /// So many minor units of a currency.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Its value as a decimal number, `320.00`.
    pub fn value(self) -> String {
        let decimals = self.currency.exponent();
        let divisor = 10_u64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let magnitude = self.minor.unsigned_abs();
        if decimals == 0 {
            return format!("{sign}{magnitude}");
        }
        format!("{sign}{}.{:0width$}", magnitude / divisor, magnitude % divisor, width = decimals as usize)
    }

    pub(crate) fn ten_thousandths(self) -> i64 {
        self.minor.saturating_mul(10_i64.pow(4 - self.currency.exponent()))
    }
}

impl StatedAmount {
    /// An amount of so many ten-thousandths.
    pub(crate) fn new(ten_thousandths: i64, currency: Option<Currency>) -> Self {
        Self { ten_thousandths, currency, is_whole: false }
    }

    /// An amount in a text, where it may be rounded.
    pub(crate) fn written(ten_thousandths: i64, currency: Option<Currency>, is_whole: bool) -> Self {
        Self { ten_thousandths, currency, is_whole }
    }

    /// From a decimal number as merge data writes it, `86.40`; `None` for anything else.
    pub fn from_decimal(text: &str) -> Option<Self> {
        parse_decimal(text).ok().map(|ten_thousandths| Self::new(ten_thousandths, None))
    }

    /// Whether a recorded amount is this one. A sign does not count: a refund may be written either way.
    pub fn agrees_with(self, recorded: Money) -> bool {
        self.currency.is_none_or(|currency| currency == recorded.currency())
            && self.ten_thousandths.abs() == recorded.ten_thousandths().abs()
    }

    /// Its ten-thousandths, whatever its sign and currency.
    pub(crate) fn magnitude(self) -> i64 {
        self.ten_thousandths.saturating_abs()
    }

    /// Whether it is written without decimals, and a recorded amount rounds to it, up or down.
    pub(crate) fn rounds(self, recorded: Money) -> bool {
        let apart = self.ten_thousandths.abs() - recorded.ten_thousandths().abs();
        self.is_whole
            && self.currency.is_none_or(|currency| currency == recorded.currency())
            && apart.abs() < TEN_THOUSANDTHS
    }

    /// The same amount with a currency, where it states none.
    #[must_use]
    pub fn or_currency(self, currency: Currency) -> Self {
        Self { currency: Some(self.currency.unwrap_or(currency)), ..self }
    }
}

/// A decimal number's value in ten-thousandths; up to four decimals.
pub(crate) fn parse_decimal(text: &str) -> Result<i64, MoneyError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || unsigned.ends_with('.') {
        return Err(MoneyError::Value);
    }
    let significant = decimals.trim_end_matches('0');
    if significant.len() > 4 {
        return Err(MoneyError::Decimals);
    }
    if whole.len() > WHOLE_DIGITS_MAX {
        return Err(MoneyError::Range);
    }
    let whole: i64 = whole.parse().map_err(|_| MoneyError::Range)?;
    let fraction: i64 = format!("{significant:0<4}").parse().map_err(|_| MoneyError::Value)?;
    let magnitude =
        whole.checked_mul(10_000).and_then(|value| value.checked_add(fraction)).ok_or(MoneyError::Range)?;
    Ok(if negative { -magnitude } else { magnitude })
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| MoneyError::Currency)?;
        if code.iter().all(u8::is_ascii_uppercase) { Ok(Self(code)) } else { Err(MoneyError::Currency) }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `86.40 USD`: for logs and structured reasons; pages format by locale.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value(), self.currency)
    }
}

impl fmt::Display for StatedAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.ten_thousandths < 0 { "-" } else { "" };
        let magnitude = self.ten_thousandths.unsigned_abs();
        let fraction = format!("{:04}", magnitude % 10_000);
        let shown = if fraction.ends_with("00") { &fraction[..2] } else { &fraction };
        write!(f, "{sign}{}.{shown}", magnitude / 10_000)?;
        match self.currency {
            Some(currency) => write!(f, " {currency}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WrittenMoney {
    value: String,
    currency: Currency,
}

impl TryFrom<WrittenMoney> for Money {
    type Error = MoneyError;

    fn try_from(written: WrittenMoney) -> Result<Self, MoneyError> {
        let ten_thousandths = parse_decimal(&written.value)?;
        let unit = 10_i64.pow(4 - written.currency.exponent());
        if ten_thousandths % unit != 0 {
            return Err(MoneyError::Decimals);
        }
        Ok(Self { minor: ten_thousandths / unit, currency: written.currency })
    }
}

impl From<Money> for WrittenMoney {
    fn from(money: Money) -> Self {
        Self { value: money.value(), currency: money.currency }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(value: &str, currency: &str) -> Result<Money, MoneyError> {
        WrittenMoney { value: value.to_owned(), currency: currency.parse()? }.try_into()
    }

    #[test]
    fn minor_units_follow_the_currency() {
        assert_eq!(money("320.00", "USD").unwrap().minor(), 32_000);
        assert_eq!(money("320", "JPY").unwrap().minor(), 320);
        assert_eq!(money("-1.234", "KWD").unwrap().minor(), -1_234);
        assert_eq!(money("1.5", "JPY"), Err(MoneyError::Decimals));
        assert_eq!(money("1.", "USD"), Err(MoneyError::Value));
        assert_eq!(money("1e5", "USD"), Err(MoneyError::Value));
        assert_eq!(money("1.00", "usd"), Err(MoneyError::Currency));
        assert_eq!(money("-0.05", "USD").unwrap().value(), "-0.05");
    }

    #[test]
    fn a_stated_amount_agrees_by_value_and_known_currency() {
        let recorded = money("86.40", "USD").unwrap();
        let stated = StatedAmount::from_decimal("86.4").unwrap();
        assert!(stated.agrees_with(recorded));
        assert!(!stated.or_currency("EUR".parse().unwrap()).agrees_with(recorded));
        assert!(!StatedAmount::from_decimal("86.41").unwrap().agrees_with(recorded));
        assert_eq!(stated.to_string(), "86.40");
    }
}
