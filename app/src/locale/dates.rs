use engine::{Instant, Language};
use jiff::civil::{Date, DateTime, Weekday};

use super::Locale;
use crate::words::calendar::{month_name, weekday_name};

/// Between a time and its half of the day, so that they never part.
const NO_BREAK: char = '\u{a0}';

impl Locale {
    /// The day and time of a moment in the reader's zone.
    pub(crate) fn civil(&self, at: Instant) -> DateTime {
        self.time_zone.zone().to_datetime(at.timestamp())
    }

    /// When a day of the reader's has ended; `None` for a day beyond the calendar.
    pub(crate) fn end_of(&self, day: Date) -> Option<Instant> {
        let next = day.tomorrow().ok()?.to_zoned(self.time_zone.zone().clone()).ok()?;
        Some(Instant::from_micros(next.timestamp().as_microsecond()))
    }

    /// `April 10, 2026`.
    pub(crate) fn date(&self, at: Instant) -> String {
        self.whole_date(self.civil(at).date())
    }

    /// `April 10`, with its year where that is not `near`'s.
    pub(crate) fn date_near(&self, at: Instant, near: Instant) -> String {
        self.date_within(self.civil(at).date(), self.civil(near).year())
    }

    /// `2:37 PM`.
    pub(crate) fn time(&self, at: Instant) -> String {
        let time = self.civil(at).time();
        self.clock(time.hour(), &format!("{:02}", time.minute()))
    }

    /// `April 10, 2:37 PM`, with the year where that is not `near`'s.
    pub(crate) fn day_and_time(&self, at: Instant, near: Instant) -> String {
        format!("{}, {}", self.date_near(at, near), self.time(at))
    }

    /// `April 10, 2026, 2:37:05 PM`.
    pub(crate) fn to_the_second(&self, at: Instant) -> String {
        let time = self.civil(at).time();
        format!(
            "{}, {}",
            self.date(at),
            self.clock(time.hour(), &format!("{:02}:{:02}", time.minute(), time.second()))
        )
    }

    /// `Friday, April 10, 2026, 2:37 PM`.
    pub(crate) fn in_full(&self, at: Instant) -> String {
        format!("{}, {}, {}", self.weekday(at), self.date(at), self.time(at))
    }

    /// `Friday`.
    pub(crate) fn weekday(&self, at: Instant) -> &'static str {
        self.named_weekday(self.civil(at).weekday())
    }

    /// `from April 8 to 12`, with years where they are not `near`'s.
    pub(crate) fn days_of(&self, from: Instant, to: Instant, near: Instant) -> String {
        let year = self.civil(near).year();
        let (first, last) = (self.civil(from).date(), self.civil(to).date());
        let same_month = (first.year(), first.month()) == (last.year(), last.month());
        let end = self.date_within(last, year);
        match self.language {
            Language::En if first == last => format!("on {end}"),
            Language::Es if first == last => format!("el {end}"),
            Language::En if same_month && self.region.months_first && last.year() == year => {
                format!("from {} to {}", self.date_within(first, year), last.day())
            }
            Language::En if same_month && !self.region.months_first => {
                format!("from {} to {end}", first.day())
            }
            Language::Es if same_month => format!("del {} al {end}", first.day()),
            Language::En => format!("from {} to {end}", self.date_within(first, year)),
            Language::Es => format!("del {} al {end}", self.date_within(first, year)),
        }
    }

    /// A day that a text names, `2026-04-10`, as the reader writes it; what is no day stays as it is.
    pub(crate) fn written_day(&self, day: &str) -> String {
        day.parse().map_or_else(|_| day.to_owned(), |date| self.whole_date(date))
    }

    fn date_within(&self, date: Date, year: i16) -> String {
        if date.year() == year { self.day_of_month(date) } else { self.whole_date(date) }
    }

    fn whole_date(&self, date: Date) -> String {
        let (day, year) = (self.day_of_month(date), date.year());
        match self.language {
            Language::En if self.region.months_first => format!("{day}, {year}"),
            Language::En => format!("{day} {year}"),
            Language::Es => format!("{day} de {year}"),
        }
    }

    fn day_of_month(&self, date: Date) -> String {
        let (day, month) = (date.day(), month_name(date.month(), self.language));
        match self.language {
            Language::En if self.region.months_first => format!("{month} {day}"),
            Language::En => format!("{day} {month}"),
            Language::Es => format!("{day} de {month}"),
        }
    }

    fn clock(&self, hour: i8, rest: &str) -> String {
        if !self.region.twelve_hours {
            return format!("{hour:02}:{rest}");
        }
        let half = match (self.language, hour < 12) {
            (Language::En, true) => "AM".to_owned(),
            (Language::En, false) => "PM".to_owned(),
            (Language::Es, true) => format!("a.{NO_BREAK}m."),
            (Language::Es, false) => format!("p.{NO_BREAK}m."),
        };
        format!("{}:{rest}{NO_BREAK}{half}", (hour + 11) % 12 + 1)
    }

    fn named_weekday(&self, weekday: Weekday) -> &'static str {
        weekday_name(weekday, self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::denver;

    fn at(text: &str) -> Instant {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_moment_is_told_in_the_reader_s_zone() {
        let moment = at("2026-04-11T01:37:05Z");
        assert_eq!(denver(Language::En).in_full(moment), "Friday, April 10, 2026, 7:37\u{a0}PM");
        assert_eq!(
            denver(Language::Es).in_full(moment),
            "viernes, 10 de abril de 2026, 7:37\u{a0}p.\u{a0}m."
        );
        assert_eq!(denver(Language::En).to_the_second(moment), "April 10, 2026, 7:37:05\u{a0}PM");
        let madrid =
            Locale::new(Language::Es, "es-ES", "Europe/Madrid".to_owned().try_into().expect("a zone"));
        assert_eq!(madrid.in_full(moment), "sábado, 11 de abril de 2026, 03:37");
        let london =
            Locale::new(Language::En, "en-GB", "Europe/London".to_owned().try_into().expect("a zone"));
        assert_eq!(london.date(moment), "11 April 2026");
        for (locale, time) in
            [("es-MX", "3:37\u{a0}a.\u{a0}m."), ("es-419", "3:37\u{a0}a.\u{a0}m."), ("es", "03:37")]
        {
            let zone = "Europe/Madrid".to_owned().try_into().expect("a zone");
            assert_eq!(Locale::new(Language::Es, locale, zone).time(moment), time, "{locale}");
        }
    }

    #[test]
    fn a_day_ends_in_its_reader_s_zone() {
        let day = "2026-04-10".parse().expect("a day");
        assert_eq!(denver(Language::En).end_of(day), Some(at("2026-04-11T06:00:00Z")));
        assert_eq!(denver(Language::En).end_of(Date::MAX), None);
    }

    #[test]
    fn noon_and_midnight_have_their_halves() {
        let denver = denver(Language::En);
        assert_eq!(denver.time(at("2026-01-10T07:05:00Z")), "12:05\u{a0}AM");
        assert_eq!(denver.time(at("2026-01-10T19:05:00Z")), "12:05\u{a0}PM");
    }

    #[test]
    fn a_year_is_said_only_where_it_is_another() {
        let denver = denver(Language::En);
        let near = at("2026-04-10T12:00:00Z");
        assert_eq!(denver.date_near(at("2026-01-02T12:00:00Z"), near), "January 2");
        assert_eq!(denver.date_near(at("2023-02-20T12:00:00Z"), near), "February 20, 2023");
    }

    #[test]
    fn spans_say_no_month_twice() {
        let near = at("2026-04-10T12:00:00Z");
        let cases = [
            ("2026-04-08T12:00:00Z", "2026-04-12T12:00:00Z", "from April 8 to 12", "del 8 al 12 de abril"),
            (
                "2026-04-28T12:00:00Z",
                "2026-05-02T12:00:00Z",
                "from April 28 to May 2",
                "del 28 de abril al 2 de mayo",
            ),
            ("2026-04-08T12:00:00Z", "2026-04-08T13:00:00Z", "on April 8", "el 8 de abril"),
            (
                "2025-12-30T12:00:00Z",
                "2026-01-03T12:00:00Z",
                "from December 30, 2025 to January 3",
                "del 30 de diciembre de 2025 al 3 de enero",
            ),
            (
                "2024-12-03T12:00:00Z",
                "2024-12-09T12:00:00Z",
                "from December 3, 2024 to December 9, 2024",
                "del 3 al 9 de diciembre de 2024",
            ),
        ];
        for (from, to, english, spanish) in cases {
            assert_eq!(denver(Language::En).days_of(at(from), at(to), near), english);
            assert_eq!(denver(Language::Es).days_of(at(from), at(to), near), spanish);
        }
    }
}
