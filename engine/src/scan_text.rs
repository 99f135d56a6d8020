//! What a text states: references, amounts, devices, lines and days, wherever in it they stand.

mod amount;
mod day;
mod digits;
mod markup;
mod schema_org;

use crate::{Date, Imei, Reference, StatedAmount, Transaction};

pub(crate) use amount::is_currency;
pub(crate) use day::{is_a_day, month};
pub use markup::visible_text;
pub(crate) use markup::{Thing, read_markup};
pub(crate) use schema_org::kind_of;

/// The facts that a text states, in the order in which it states them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// What may be references. Only the books know which are.
    pub references: Vec<Reference>,
    /// Amounts.
    pub amounts: Vec<StatedAmount>,
    /// Devices.
    pub devices: Vec<StatedDevice>,
    /// Telephone numbers' digits.
    pub lines: Vec<StatedLine>,
    /// Days, other than deadlines.
    pub days: Vec<StatedDay>,
}

/// A device as a text states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatedDevice {
    /// Its whole IMEI.
    Whole(Imei),
    /// The last four digits of its IMEI, as ASCII.
    Ending([u8; 4]),
}

/// A telephone number as a text states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedLine {
    /// Its digits.
    pub digits: Box<str>,
    /// Whether they begin with the country's code.
    pub international: bool,
}

/// A day as a text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedDay {
    /// A month and day, and perhaps a year.
    Of {
        /// The year, where it is written.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// So many days before it was sent: "today" is 0.
    Ago(i64),
}

/// Which of day and month a locale writes first: `04/03` is 3 April or 4 March.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOrder {
    MonthFirst,
    DayFirst,
}

/// A word of a text, without the punctuation around it.
#[derive(Clone, Copy)]
pub(crate) struct Word<'a> {
    pub text: &'a str,
    /// Whether what stood behind it ends a phrase.
    pub ends_phrase: bool,
}

/// The shortest run of characters that may be a reference by itself.
const REFERENCE_CHARS_MIN: usize = 4;
const REFERENCE_CHARS_MAX: usize = 40;
/// The longest word before a number that may be the first part of one reference with it: `TI 4482917`.
const PREFIX_CHARS_MAX: usize = 5;
/// The most references, amounts … that one text is read for; a longer list is a report, not a message.
const FACTS_MAX: usize = 64;

impl DayOrder {
    pub(crate) fn of_locale(locale: &str) -> Self {
        if locale.ends_with("-US") || locale.ends_with("_US") { Self::MonthFirst } else { Self::DayFirst }
    }
}

impl Stated {
    /// Gives back the room that was made for more: a feed in memory has millions of these.
    pub(crate) fn shrink(&mut self) {
        self.references.shrink_to_fit();
        self.amounts.shrink_to_fit();
        self.devices.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.days.shrink_to_fit();
    }

    /// Whether it cites a transaction by an exact reference.
    pub(crate) fn cites(&self, transaction: &Transaction) -> bool {
        transaction.references.iter().any(|reference| self.references.contains(reference))
    }

    /// Adds what a text states.
    pub(crate) fn read(&mut self, text: &str, order: DayOrder) {
        let words = words_of(text);
        let mut at = 0;
        while at < words.len() {
            at += self.read_word(&words, at, order);
        }
    }

    /// Reads the fact that begins at a word; how many words it took.
    fn read_word(&mut self, words: &[Word], at: usize, order: DayOrder) -> usize {
        let word = words[at].text;
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !begins_with_digit(words.get(at + 1)) {
            // Most words: of letters, and before no number, they can only be a day.
            if let Some(ago) = day::relative(word) {
                push_few(&mut self.days, StatedDay::Ago(ago));
            }
            return 1;
        }
        let may_be_amount =
            word.bytes().any(|byte| byte.is_ascii_digit() || byte >= 0x80) || is_currency(word);
        if may_be_amount && let Some((stated, taken)) = amount::read(words, at) {
            push_few(&mut self.amounts, stated);
            return taken;
        }
        if let Some((stated, taken)) = day::read(words, at, order) {
            if !day::is_a_deadline(words, at) {
                push_few(&mut self.days, stated);
            }
            return taken;
        }
        if !word.bytes().any(|byte| byte.is_ascii_digit()) {
            return 1;
        }
        if let Some((number, taken)) = digits::read(words, at) {
            match number {
                digits::Number::Device(imei) => push_few(&mut self.devices, StatedDevice::Whole(imei)),
                digits::Number::Line(line) if digits::is_a_hotline(words, at, &line) => {}
                digits::Number::Line(line) => {
                    // It may as well be a reference in groups: the books know.
                    self.add_reference(&line.digits);
                    push_few(&mut self.lines, line);
                }
            }
            return taken;
        }
        if let Some(ending) = digits::read_ending(words, at) {
            if digits::is_about_a_device(words, at) {
                push_few(&mut self.devices, StatedDevice::Ending(ending));
            }
            return 1;
        }
        self.read_reference(words, at);
        1
    }

    /// A merge field's or a text's number that may name something.
    pub(crate) fn add_reference(&mut self, given: &str) {
        let Ok(reference) = Reference::parse(given) else { return };
        let chars = reference.normalised().chars().count();
        let digits = reference.normalised().bytes().any(|byte| byte.is_ascii_digit());
        let plausible = (REFERENCE_CHARS_MIN..=REFERENCE_CHARS_MAX).contains(&chars) && digits;
        if plausible && !self.references.contains(&reference) {
            push_few(&mut self.references, reference);
        }
    }

    fn read_reference(&mut self, words: &[Word], at: usize) {
        let word = words[at].text;
        self.add_reference(word);
        self.add_behind_label(word);
        if let Some(before) = at.checked_sub(1).map(|before| &words[before])
            && !before.ends_phrase
            && is_prefix(before.text, word)
        {
            self.add_reference(&format!("{} {word}", before.text));
        }
        if let Some(next) = words.get(at + 1)
            && !words[at].ends_phrase
            && is_suffix(next.text)
        {
            self.add_reference(&format!("{word} {}", next.text));
        }
        self.add_run(words, at);
    }

    /// The rest of `UPI/447757884394`, `UTR-N2412242522339`.
    fn add_behind_label(&mut self, word: &str) {
        const REST_CHARS_MIN: usize = 6;
        if let Some((_, rest)) = behind_label(word).filter(|(_, rest)| rest.len() >= REST_CHARS_MIN) {
            self.add_reference(rest);
        }
    }

    /// One reference that is written in several groups: `8012 4012 4324 9009`, `TM 9813286 MX`, `PL / 0572 / 4032828`.
    fn add_run(&mut self, words: &[Word], at: usize) {
        let mut from = at;
        while from > 0 && at - from < RUN_LEAD_MAX && joins(words, from - 1) {
            from -= 1;
            if words[from].text.bytes().any(|byte| byte.is_ascii_digit()) {
                // The run was read from there.
                return;
            }
        }
        for start in (from..=at).filter(|start| words[*start].text != "/") {
            let text = words[start].text;
            let mut run = behind_label(text).map_or(text, |(_, rest)| rest).to_owned();
            for next in start + 1..words.len().min(start + RUN_WORDS_MAX) {
                if !joins(words, next - 1) || !is_group(words[next].text) {
                    break;
                }
                run.push_str(words[next].text);
                if next >= at && words[next].text != "/" {
                    self.add_reference(&run);
                }
            }
        }
    }
}

/// The most groups that one reference is written in, and how many of letters alone it begins with.
const RUN_WORDS_MAX: usize = 8;
const RUN_LEAD_MAX: usize = 2;
const GROUP_CHARS_MAX: usize = 10;

/// Whether a word may go on in the next.
fn joins(words: &[Word], at: usize) -> bool {
    let text = words[at].text;
    !words[at].ends_phrase && is_group(behind_label(text).map_or(text, |(_, rest)| rest))
}

/// The letters that a word begins with and what a sign parts from them: `UPI/6456`.
fn behind_label(word: &str) -> Option<(&str, &str)> {
    let (label, rest) = word.split_once(['/', ':', '=', '-'])?;
    let labels =
        !label.is_empty() && !rest.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphabetic());
    labels.then_some((label, rest))
}

/// Whether a word may be a group of a reference that is written in several: of capitals and digits, or a slash.
fn is_group(word: &str) -> bool {
    word == "/"
        || (word.len() <= GROUP_CHARS_MAX
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
}

fn begins_with_digit(word: Option<&Word>) -> bool {
    word.is_some_and(|word| word.text.as_bytes()[0].is_ascii_digit())
}

/// Whether a word may be the last part of one reference with a number before it: `43126070 TZ`.
fn is_suffix(next: &str) -> bool {
    const CHARS_MAX: usize = 4;
    next.len() <= CHARS_MAX && next.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a word may be the first part of one reference with the next: `TI 4482917`, `C6 406828`.
fn is_prefix(before: &str, word: &str) -> bool {
    let plain = before.len() <= PREFIX_CHARS_MAX && before.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let numbered = before.bytes().any(|byte| byte.is_ascii_digit());
    // A short word is also just a word, so what it stands before has to be a number.
    plain
        && (numbered
            || !word.contains(char::is_alphabetic)
            || before.bytes().all(|byte| byte.is_ascii_uppercase()))
}

impl StatedDay {
    /// The day it means in a message sent on `sent`: without a year, the nearest such day.
    pub fn resolve(self, sent: Date) -> Option<Date> {
        match self {
            Self::Ago(days) => sent.days_before(days),
            Self::Of { year: Some(year), month, day } => Date::new(year, month, day),
            Self::Of { year: None, month, day } => (sent.year() - 1..=sent.year() + 1)
                .filter_map(|year| Date::new(year, month, day))
                .min_by_key(|date| date.days_since(sent).abs()),
        }
    }
}

fn push_few<T>(list: &mut Vec<T>, item: T) {
    if list.len() < FACTS_MAX {
        list.push(item);
    }
}

/// Whether a character belongs to what stands around a word.
fn is_around(c: char) -> bool {
    match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '*' | '[' | ']' | '<' | '>' => true,
        _ if c.is_ascii() => false,
        _ => matches!(c, '”' | '“' | '’' | '»' | '«' | '¿' | '¡'),
    }
}

fn words_of(text: &str) -> Vec<Word<'_>> {
    /// What a word of a text with its space takes on average, so that the list seldom grows.
    const WORD_BYTES: usize = 5;
    let mut words = Vec::with_capacity(text.len() / WORD_BYTES);
    for raw in text.split_whitespace() {
        if raw.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            words.push(Word { text: raw, ends_phrase: false });
            continue;
        }
        let end = raw.trim_end_matches(is_around);
        let mut word = end.trim_start_matches(is_around).trim_end_matches(')').trim_end_matches(is_around);
        // The bracket of `(206)555-0123` is the number's own.
        if !word.contains(')') {
            if word.starts_with('(')
                && let Some(before) = words.last_mut()
            {
                before.ends_phrase = true;
            }
            word = word.trim_start_matches('(').trim_start_matches(is_around);
        }
        word = word.trim_start_matches('#');
        if !word.is_empty() {
            words.push(Word { text: word, ends_phrase: end.len() < raw.len() });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Stated {
        let mut scanned = Stated::default();
        scanned.read(text, DayOrder::MonthFirst);
        scanned
    }

    fn references(text: &str) -> Vec<String> {
        scan(text).references.iter().map(|reference| reference.normalised().to_owned()).collect()
    }

    #[test]
    fn references_are_read_in_any_writing() {
        assert_eq!(references("trade-in #TI-2603644."), ["TI2603644", "2603644"]);
        assert_eq!(references("trade-in (ti-1953977) of"), ["TI1953977", "1953977"]);
        assert_eq!(references("order ORD 09488686. Total"), ["09488686", "ORD09488686"]);
        assert_eq!(references("Tracking number #1z0295183447."), ["1Z0295183447"]);
        for (text, reference) in [
            ("guía 8012 4012 4324 9009.", "8012401243249009"),
            ("Número de pedido TM 9813286 MX.", "TM9813286MX"),
            ("for LAN PL / 0572 / 4032828.", "PL/0572/4032828"),
            ("reference FPU9 2AP6 NP8A BN8V 6W.", "FPU92AP6NP8ABN8V6W"),
            ("UPI/447757884394. Not you?", "447757884394"),
            ("UPI/6456 0286 0645. The", "645602860645"),
            ("UTR-MKBLN2412242522339.", "MKBLN2412242522339"),
            ("Keep 670 214 514 handy", "670214514"),
        ] {
            let read = references(text);
            assert!(read.iter().any(|it| it == reference), "{text}: {read:?}");
        }
    }

    #[test]
    fn amounts_are_no_references() {
        let scanned = scan("Your bill #INV-09643726 of USD 45.30 is ready. Total: $1,012.51");
        assert_eq!(references("Your bill #INV-09643726 of USD 45.30"), ["INV09643726", "09643726"]);
        let amounts: Vec<String> = scanned.amounts.iter().map(ToString::to_string).collect();
        assert_eq!(amounts, ["45.30 USD", "1012.51"]);
    }

    #[test]
    fn devices_are_whole_grouped_or_ending() {
        let whole = StatedDevice::Whole("013327006411310".parse().unwrap());
        assert_eq!(scan("IMEI 01 332700 641131 0. Estimated").devices, std::slice::from_ref(&whole));
        assert_eq!(scan("(IMEI 013327006411310)").devices, [whole]);
        assert_eq!(
            scan("your Pixel 7 (IMEI ending in 4879) arrived").devices,
            [StatedDevice::Ending(*b"4879")]
        );
        for text in ["IMEI ***********4879.", "device ending 4879", "appareil se terminant par 4879)"] {
            assert_eq!(scan(text).devices, [StatedDevice::Ending(*b"4879")], "{text}");
        }
        assert_eq!(scan("your Visa ending in 4821").devices, []);
        assert_eq!(scan("Tracking 8012 4012 4324 9009").devices, []);
    }

    #[test]
    fn lines_are_national_or_international() {
        let digits =
            |text: &str| scan(text).lines.iter().map(|line| line.digits.to_string()).collect::<Vec<_>>();
        assert_eq!(digits("the SIM for (303) 555-3771 was changed"), ["3035553771"]);
        assert_eq!(digits("Your line +13035553771 is"), ["13035553771"]);
        assert_eq!(digits("A new line, 206-556-1219, was"), ["2065561219"]);
        assert_eq!(digits("la ligne 418.559.8387 a"), ["4185598387"]);
        assert_eq!(digits("su línea +34 911 22 33 44 tiene"), ["34911223344"]);
        assert_eq!(digits("Not you? Call (206) 555-0199. Questions: +1 800 555 0199"), Vec::<String>::new());
        assert_eq!(digits("call 611 now"), Vec::<String>::new());
    }

    #[test]
    fn days_are_read_by_locale_and_deadlines_are_not() {
        assert_eq!(
            scan("changed on 04/20/2024.").days,
            [StatedDay::Of { year: Some(2024), month: 4, day: 20 }]
        );
        assert_eq!(scan("delivered April 26.").days, [StatedDay::Of { year: None, month: 4, day: 26 }]);
        for text in ["on 03-Apr-26 at", "on 3-Apr-2026."] {
            assert_eq!(scan(text).days, [StatedDay::Of { year: Some(2026), month: 4, day: 3 }], "{text}");
        }
        assert_eq!(
            scan("el 3 de abril de 2026").days,
            [StatedDay::Of { year: Some(2026), month: 4, day: 3 }]
        );
        assert_eq!(scan("updated on today.").days, [StatedDay::Ago(0)]);
        assert_eq!(scan("It is due on May 12.").days, []);
        assert_eq!(scan("is due May 12.").days, []);
    }
}
