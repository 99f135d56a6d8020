use std::collections::BTreeMap;

use engine::{E164, Instant, MergeValue};

use super::handset::Handset;
use super::household::Household;
use super::local_time::day_in_words;

/// What a message is filled in with: words for its text, and merge fields beside it.
#[derive(Clone, Default)]
pub(super) struct Facts {
    words: BTreeMap<&'static str, String>,
    fields: BTreeMap<String, MergeValue>,
}

impl Facts {
    /// What every message to a household can say.
    pub(super) fn of(house: &Household) -> Self {
        Self::default().word("name", &house.first_name).word("card", &house.card)
    }

    /// A fact that only the text has.
    pub(super) fn word(mut self, name: &'static str, text: &str) -> Self {
        self.words.insert(name, text.to_owned());
        self
    }

    /// A fact that the text and the merge fields have alike.
    pub(super) fn field(mut self, name: &'static str, text: &str) -> Self {
        self.fields.insert(name.to_owned(), MergeValue::Text(text.to_owned()));
        self.word(name, text)
    }

    pub(super) fn amount(mut self, cents: i64) -> Self {
        let value = format!("{}.{:02}", cents / 100, cents % 100);
        self.fields.insert("amount".to_owned(), MergeValue::Text(value.clone()));
        self.word("amount", &format!("${value}"))
    }

    pub(super) fn day(self, name: &'static str, at: Instant, house: &Household) -> Self {
        self.word(name, &day_in_words(at, house.zone(), house.language()))
    }

    pub(super) fn line(mut self, line: &E164) -> Self {
        self.fields.insert("line".to_owned(), MergeValue::Text(line.to_string()));
        let digits = &line.digits()[1..];
        self.word("line", &format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..]))
    }

    pub(super) fn device(self, handset: &Handset) -> Self {
        let (imei, ending) = (handset.imei.printed(), handset.imei.last_four());
        self.word("model", handset.model).field("imei", &imei).word("imei_end", &ending)
    }

    /// A wording with its `{facts}` filled in.
    pub(super) fn fill(&self, wording: &str) -> String {
        let mut filled = String::with_capacity(wording.len() * 2);
        let mut rest = wording;
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, after) = behind.split_once('}').expect("every brace of a wording is closed");
            filled.push_str(before);
            filled.push_str(self.words.get(name).expect("every fact of a wording is given"));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// The merge fields of which a wording makes use.
    pub(super) fn fields_in(&self, wording: &str) -> BTreeMap<String, MergeValue> {
        let used = self.fields.iter().filter(|(name, _)| wording.contains(&format!("{{{name}")));
        used.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}
