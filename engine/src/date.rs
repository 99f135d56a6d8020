use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::account::TimeZone;
use crate::instant::days_since_epoch;
use crate::{Instant, Span};

/// A calendar day, in no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day, where it exists.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The day that a moment falls on in a zone.
    pub fn of(at: Instant, zone: &TimeZone) -> Self {
        Self(zone.zone().to_datetime(at.timestamp()).date())
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// How many days after `earlier` it is; negative when before.
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0.since(earlier.0).map_or(i32::MAX, |span| span.get_days()))
    }

    /// The day so many days before.
    pub fn days_before(self, days: i64) -> Option<Self> {
        self.0.checked_sub(jiff::Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// The earliest moment at which this day begins anywhere on earth.
    pub fn start_in_any_zone(self) -> Instant {
        self.start_in_utc().minus(Span::hours(14))
    }

    /// The latest moment at which this day ends anywhere on earth.
    pub fn end_in_any_zone(self) -> Instant {
        self.start_in_utc().plus(Span::hours(24 + 12))
    }

    fn start_in_utc(self) -> Instant {
        let days = days_since_epoch(self.year().into(), self.month().into(), self.day().into());
        Instant::from_micros(days * Span::days(1).micros())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        // Some books write the moment; its day is what is asked for.
        let moment = || text.parse::<Instant>().ok().map(|at| Self::of(at, &TimeZone::default()));
        text.parse().ok().map(Self).or_else(moment).ok_or_else(|| {
            let beginning: String = text.chars().take(40).collect();
            de::Error::custom(format!("`{beginning}` is not a day, such as 2026-04-10"))
        })
    }
}
