use engine::Language;
use jiff::civil::Weekday;

use super::{Text, text};

const MONTHS: [Text; 12] = [
    text("January", "enero"),
    text("February", "febrero"),
    text("March", "marzo"),
    text("April", "abril"),
    text("May", "mayo"),
    text("June", "junio"),
    text("July", "julio"),
    text("August", "agosto"),
    text("September", "septiembre"),
    text("October", "octubre"),
    text("November", "noviembre"),
    text("December", "diciembre"),
];

const WEEKDAYS: [Text; 7] = [
    text("Monday", "lunes"),
    text("Tuesday", "martes"),
    text("Wednesday", "miércoles"),
    text("Thursday", "jueves"),
    text("Friday", "viernes"),
    text("Saturday", "sábado"),
    text("Sunday", "domingo"),
];

/// A month's name, as within a sentence; `month` is 1 to 12.
pub(crate) fn month_name(month: i8, language: Language) -> &'static str {
    let place = usize::try_from(month - 1).expect("months are counted from 1");
    MONTHS[place].in_language(language)
}

/// A weekday's name, as within a sentence.
pub(crate) fn weekday_name(weekday: Weekday, language: Language) -> &'static str {
    let place = usize::try_from(weekday.to_monday_zero_offset()).expect("weekdays are counted from 0");
    WEEKDAYS[place].in_language(language)
}
