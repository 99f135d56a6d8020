//! Of which days a statement is asked for, as an address says it.

use std::fmt;

use engine::Instant;
use jiff::civil::Date;

use crate::locale::Locale;

/// Days, both of which count, and what of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatementAsk {
    pub(crate) from: Date,
    pub(crate) to: Date,
    /// Only flagged messages and untold transactions.
    pub(crate) flagged_only: bool,
}

/// What is asked for are no days, or the last is before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoDays;

const FLAGGED: &str = "flagged";

impl StatementAsk {
    /// What the fields of an address ask for; an empty one stands for everything of its sort.
    pub(crate) fn read(from: &str, to: &str, show: &str) -> Result<Self, NoDays> {
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| NoDays);
        let (from, to) = (day(from)?, day(to)?);
        // Before that nobody sent anything, and after it no calendar goes on.
        let is_known = |day: Date| (1900..=9998).contains(&day.year());
        if from > to || !is_known(from) || !is_known(to) {
            return Err(NoDays);
        }
        Ok(Self { from, to, flagged_only: show == FLAGGED })
    }

    /// What the query of an address asks for.
    pub(crate) fn of_query(query: &str) -> Result<Self, NoDays> {
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
        };
        Self::read(value("from"), value("to"), value("show"))
    }

    /// Some whole months, the last of which is the one of `today`.
    pub(crate) fn months_until(today: Date, months: i32) -> Self {
        let first = today.first_of_month();
        let from = first.checked_sub(jiff::Span::new().months(months - 1)).unwrap_or(first);
        Self { from, to: today, flagged_only: false }
    }

    /// The month before the one of `today`, whole.
    pub(crate) fn last_month(today: Date) -> Self {
        let to = today.first_of_month().yesterday().unwrap_or(today);
        Self { from: to.first_of_month(), to, flagged_only: false }
    }

    /// From when on, and before when, in the reader's zone.
    pub(crate) fn span(&self, locale: &Locale) -> (Instant, Instant) {
        let start = |day: Date| {
            let zoned = day.to_zoned(locale.time_zone.zone().clone());
            zoned.map_or(i64::MAX, |start| start.timestamp().as_microsecond())
        };
        let after = self.to.tomorrow().unwrap_or(self.to);
        (Instant::from_micros(start(self.from)), Instant::from_micros(start(after)))
    }
}

impl fmt::Display for StatementAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = if self.flagged_only { FLAGGED } else { "all" };
        write!(f, "from={}&to={}&show={show}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use engine::Language;
    use jiff::civil::date;

    use super::*;
    use crate::locale::denver;

    #[test]
    fn an_address_says_which_days_and_reads_as_it_was_written() {
        let ask = StatementAsk::read("2026-03-01", "2026-03-31", "flagged").expect("days");
        assert_eq!(ask.to_string(), "from=2026-03-01&to=2026-03-31&show=flagged");
        assert_eq!(StatementAsk::of_query(&ask.to_string()), Ok(ask));
        for (from, to) in
            [("2026-03-02", "2026-03-01"), ("", ""), ("x", "2026-03-01"), ("0001-01-01", "9999-12-31")]
        {
            assert_eq!(StatementAsk::read(from, to, ""), Err(NoDays), "{from} {to}");
        }
    }

    #[test]
    fn days_begin_where_the_reader_is() {
        // The clocks go forward on the 8th.
        let ask = StatementAsk::read("2026-03-01", "2026-03-31", "all").expect("days");
        let (from, until) = ask.span(&denver(Language::En));
        assert_eq!(
            (from.to_string().as_str(), until.to_string().as_str()),
            ("2026-03-01T07:00:00Z", "2026-04-01T06:00:00Z")
        );
    }

    #[test]
    fn months_are_whole_up_to_today() {
        let today = date(2026, 1, 20);
        assert_eq!(StatementAsk::months_until(today, 3).from, date(2025, 11, 1));
        assert_eq!(StatementAsk::months_until(today, 1).to, today);
        let last = StatementAsk::last_month(today);
        assert_eq!((last.from, last.to), (date(2025, 12, 1), date(2025, 12, 31)));
    }
}
