use engine::Language;

use super::Locale;

const NO_BREAK: char = '\u{a0}';

impl Locale {
    /// How many: `10,240`.
    pub(crate) fn count(&self, count: u64) -> String {
        self.decimal(&count.to_string())
    }

    /// Thousandths as a percentage with one decimal: `98.7 %`.
    pub(crate) fn percent(&self, permille: u64) -> String {
        let shown = self.decimal(&format!("{}.{}", permille / 10, permille % 10));
        match self.language {
            Language::En => format!("{shown}%"),
            Language::Es => format!("{shown}{NO_BREAK}%"),
        }
    }

    /// A telephone number: `(206) 555-0123` for a North American one, else in groups.
    #[expect(clippy::unused_self, reason = "every way of writing is asked of the locale")]
    pub(crate) fn phone(&self, number: &str) -> String {
        let digits = number.strip_prefix('+').unwrap_or(number);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return number.to_owned();
        }
        let national = match (digits.len(), number.starts_with('+')) {
            (11, true) => digits.strip_prefix('1'),
            (10, false) => Some(digits),
            _ => None,
        };
        match national {
            Some(national) => format!("({}){NO_BREAK}{}-{}", &national[..3], &national[3..6], &national[6..]),
            None if number.starts_with('+') => format!("+{}", groups_of_three(digits)),
            None => number.to_owned(),
        }
    }

    /// An IMEI as it is printed on a box: type allocation code, serial number and check digit, apart.
    #[expect(clippy::unused_self, reason = "every way of writing is asked of the locale")]
    pub(crate) fn imei(&self, digits: &str) -> String {
        if digits.len() != 15 || !digits.is_ascii() {
            return digits.to_owned();
        }
        let parts = [&digits[..2], &digits[2..8], &digits[8..14], &digits[14..]];
        parts.join(&NO_BREAK.to_string())
    }
}

fn groups_of_three(digits: &str) -> String {
    let mut shown = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(NO_BREAK);
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use engine::Language;

    use crate::locale::{Locale, denver};

    #[test]
    fn numbers_are_grouped_to_be_read() {
        let denver = denver(Language::En);
        assert_eq!(denver.phone("+12065550123"), "(206)\u{a0}555-0123");
        assert_eq!(denver.phone("2065550123"), "(206)\u{a0}555-0123");
        assert_eq!(denver.phone("+34600123456"), "+34\u{a0}600\u{a0}123\u{a0}456");
        assert_eq!(denver.phone("0123"), "0123");
        assert_eq!(denver.imei("353918051234567"), "35\u{a0}391805\u{a0}123456\u{a0}7");
        assert_eq!(denver.imei("4567"), "4567");
        let spanish = Locale::new(Language::Es, "es-ES", engine::TimeZone::default());
        assert_eq!(
            (denver.count(1_234_567), denver.percent(987)),
            ("1,234,567".to_owned(), "98.7%".to_owned())
        );
        assert_eq!(
            (spanish.count(1_234), spanish.percent(1_000)),
            ("1234".to_owned(), "100,0\u{a0}%".to_owned())
        );
    }
}
