use engine::{Date, Instant, Language, TimeZone};

const MICROS_PER_MINUTE: i64 = 60_000_000;
pub(super) const MINUTES_PER_DAY: i64 = 24 * 60;

const MONTHS: [(&str, &str); 12] = [
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
];

/// Where the operator's own clock is.
pub fn home_zone() -> TimeZone {
    TimeZone::try_from("America/Denver".to_owned()).expect("Denver has a zone")
}

/// The moment so many minutes after another; before it where they are negative.
pub(super) fn minutes_after(at: Instant, minutes: i64) -> Instant {
    Instant::from_micros(at.micros() + minutes * MICROS_PER_MINUTE)
}

/// The moment so many days before another.
pub(super) fn days_before(at: Instant, days: i64) -> Instant {
    minutes_after(at, -days * MINUTES_PER_DAY)
}

/// The moment of the same local day at which a clock on the wall shows `hour:minute`, to the hour of a clock change.
pub(super) fn at_clock(day: Instant, hour: i64, minute: i64, zone: &TimeZone) -> Instant {
    let local = zone.zone().to_datetime(day.timestamp());
    let shown = i64::from(local.hour()) * 60 + i64::from(local.minute());
    minutes_after(day, hour * 60 + minute - shown)
}

/// A day as a mail of the operator writes it: `June 3`, `3 de junio`.
pub(super) fn day_in_words(at: Instant, zone: &TimeZone, language: Language) -> String {
    let date = Date::of(at, zone);
    let month = usize::try_from(date.month() - 1).expect("a month is 1 to 12");
    match language {
        Language::En => format!("{} {}", MONTHS[month].0, date.day()),
        Language::Es => format!("{} de {}", date.day(), MONTHS[month].1),
    }
}

/// A day as the name of a batch has it: `20260611`.
pub(super) fn day_in_digits(at: Instant) -> String {
    let date = Date::of(at, &TimeZone::default());
    format!("{}{:02}{:02}", date.year(), date.month(), date.day())
}
