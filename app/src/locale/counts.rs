use engine::Language;

use super::Locale;

const NO_BREAK: char = '\u{a0}';

impl Locale {
    /// A number of things: `1,234,567`; in Spanish, which leaves four digits together, `1 234 567`.
    pub(crate) fn count(&self, count: u64) -> String {
        let digits = count.to_string();
        let (separator, whole_max) = match self.language {
            Language::En => (',', 3),
            Language::Es => (NO_BREAK, 4),
        };
        if digits.len() <= whole_max {
            return digits;
        }
        let mut shown = String::with_capacity(digits.len() * 2);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                shown.push(separator);
            }
            shown.push(digit);
        }
        shown
    }

    /// Thousandths as a percentage with one decimal: `98.7 %`.
    pub(crate) fn percent(&self, permille: u64) -> String {
        let (whole, tenths) = (permille / 10, permille % 10);
        match self.language {
            Language::En => format!("{whole}.{tenths}%"),
            Language::Es => format!("{whole},{tenths}{NO_BREAK}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use engine::Language;

    use crate::locale::denver;

    #[test]
    fn counts_are_grouped_as_each_language_does() {
        let (english, spanish) = (denver(Language::En), denver(Language::Es));
        for (count, in_english, in_spanish) in
            [(7, "7", "7"), (1_234, "1,234", "1234"), (1_234_567, "1,234,567", "1\u{a0}234\u{a0}567")]
        {
            assert_eq!(
                (english.count(count), spanish.count(count)),
                (in_english.to_owned(), in_spanish.to_owned())
            );
        }
        assert_eq!(
            (english.percent(987), spanish.percent(1_000)),
            ("98.7%".to_owned(), "100,0\u{a0}%".to_owned())
        );
    }
}
