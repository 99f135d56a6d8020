use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::parsed::parsed;

/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A length of time in whole microseconds; it may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// 0001-01-01, and 9999-12-30T22:00:00, the last moment that a calendar in every zone can write.
const MICROS_MIN: i64 = -62_135_596_800_000_000;
const MICROS_MAX: i64 = 253_402_207_200_000_000;

const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_MINUTE: i64 = 60 * MICROS_PER_SECOND;
const MICROS_PER_HOUR: i64 = 60 * MICROS_PER_MINUTE;

/// Why a text is not a moment.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a time: write it as RFC 3339 has it, such as 2026-04-10T14:37:00Z")]
pub struct InstantError(String);

impl Instant {
    /// The moment so many microseconds after the epoch, kept within the years 1 to 9999.
    pub fn from_micros(micros: i64) -> Self {
        Self(micros.clamp(MICROS_MIN, MICROS_MAX))
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// This moment moved by `span`, kept within the years 1 to 9999.
    #[must_use]
    pub fn plus(self, span: Span) -> Self {
        Self::from_micros(self.0.saturating_add(span.0))
    }

    /// This moment moved back by `span`, kept within the years 1 to 9999.
    #[must_use]
    pub fn minus(self, span: Span) -> Self {
        Self::from_micros(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this moment is; negative when it is before.
    pub fn since(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }

    /// The day that it falls on in UTC, as days since the epoch.
    pub(crate) fn days_since_epoch(self) -> i64 {
        self.0.div_euclid(Span::days(1).0)
    }

    /// The same moment as a jiff timestamp, for calendars and zones.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).expect("an Instant stays within the years that jiff knows")
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many thousandths of a second.
    pub const fn millis(millis: i64) -> Self {
        Self(millis.saturating_mul(MICROS_PER_SECOND / 1_000))
    }

    /// So many seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * MICROS_PER_MINUTE)
    }

    /// So many times as long.
    #[must_use]
    pub const fn times(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * MICROS_PER_HOUR)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self::hours(days * 24)
    }

    /// The length in microseconds.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The length in hours, for densities.
    #[expect(clippy::cast_precision_loss, reason = "a lag's hours need no more than 52 bits")]
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / MICROS_PER_HOUR as f64
    }
}

impl FromStr for Instant {
    type Err = InstantError;

    fn from_str(text: &str) -> Result<Self, InstantError> {
        if let Some(seconds) = seconds_of(text.as_bytes()) {
            return Ok(Self(seconds * MICROS_PER_SECOND));
        }
        let timestamp: jiff::Timestamp =
            text.parse().map_err(|_| InstantError(text.chars().take(40).collect()))?;
        let micros = timestamp.as_microsecond();
        if !(MICROS_MIN..=MICROS_MAX).contains(&micros) {
            return Err(InstantError(text.to_owned()));
        }
        Ok(Self(micros))
    }
}

/// The seconds since the epoch of a moment as feeds write nearly all: `2026-04-10T14:37:00Z`; `None` for any other writing.
fn seconds_of(text: &[u8]) -> Option<i64> {
    let text: &[u8; 20] = text.try_into().ok()?;
    let punctuation = [text[4], text[7], text[10], text[13], text[16], text[19]];
    let number = |from: usize, to: usize| {
        text[from..to].iter().try_fold(0, |number: i64, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
        })
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // The last days of a month are left to the calendar.
    let plain = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=28).contains(&day);
    if punctuation != *b"--T::Z" || !plain || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(((days_since_epoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// The days from 1970-01-01 to a date of the Gregorian calendar, counted in eras of 400 years that begin in March.
pub(crate) fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    const DAYS_PER_ERA: i64 = 146_097;
    const DAYS_TO_EPOCH: i64 = 719_468;
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer)
    }
}

/// In the largest unit that leaves no rest, as it is written; below a minute, nothing.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0 / MICROS_PER_MINUTE;
        match (minutes % (24 * 60), minutes % 60) {
            (0, _) if minutes != 0 => write!(f, "{}d", minutes / (24 * 60)),
            (_, 0) => write!(f, "{}h", minutes / 60),
            _ => write!(f, "{minutes}m"),
        }
    }
}

/// Written as a whole number and a unit, `90m`, `48h` or `30d`, as the catalogue has it.
impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_span(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is not a length of time: write 90m, 48h or 30d"))
        })
    }
}

fn parse_span(text: &str) -> Option<Span> {
    const MINUTES_MAX: i64 = 100 * 366 * 24 * 60;
    let unit = text.chars().last()?;
    let count: i64 = text[..text.len() - unit.len_utf8()].parse().ok()?;
    let minutes = match unit {
        'm' => count,
        'h' => count.checked_mul(60)?,
        'd' => count.checked_mul(24 * 60)?,
        _ => return None,
    };
    (0..=MINUTES_MAX).contains(&minutes).then_some(Span::minutes(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_and_writes_the_same() {
        for text in ["2026-04-10T14:37:00Z", "1999-12-31T23:59:59.5Z"] {
            assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_plain_moment_is_the_calendars() {
        for year in [1, 1583, 1900, 1970, 2000, 2024, 2026, 9999] {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (6, 15), (12, 28)] {
                let text = format!("{year:04}-{month:02}-{day:02}T23:59:58Z");
                let timestamp: jiff::Timestamp = text.parse().unwrap();
                assert_eq!(seconds_of(text.as_bytes()), Some(timestamp.as_second()), "{text}");
            }
        }
        for other in
            ["2026-02-30T00:00:00Z", "2026-04-10 14:37:00Z", "2026-04-10T24:00:00Z", "2026-04-1xT14:37:00Z"]
        {
            assert_eq!(seconds_of(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn the_thirtieth_of_february_is_no_moment() {
        assert!("2026-02-30T00:00:00Z".parse::<Instant>().is_err());
        assert!("2026-02-28T00:00:00Z".parse::<Instant>().is_ok());
    }

    #[test]
    fn spans_have_a_unit() {
        assert_eq!(parse_span("48h"), Some(Span::hours(48)));
        assert_eq!(parse_span("30d"), Some(Span::days(30)));
        assert_eq!(parse_span("30"), None);
        assert_eq!(parse_span("-3h"), None);
    }
}
