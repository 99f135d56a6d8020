use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::Currency;
use crate::lexicon::written_languages;

/// The words by which facts are written, of all languages at once.
pub(crate) struct Vocabulary {
    /// The months, from 1.
    pub months: WordMap<i8>,
    /// How many days before it is sent a message means.
    pub days_ago: WordMap<i64>,
    /// What makes of a day one on which something is due or expected.
    pub due: WordMap<()>,
    /// What four digits stand behind that are the last of something longer.
    pub ending: WordMap<()>,
    /// What invites to call a number.
    pub call: WordMap<()>,
    /// What digits stand behind that are a device's.
    pub device: WordMap<()>,
    /// Words for money; `None`: for that of several currencies.
    pub money: WordMap<Option<Currency>>,
}

/// Words with what they mean, found whatever their case.
pub(crate) struct WordMap<T> {
    by_first_byte: Vec<Vec<(Box<str>, T)>>,
}

/// The same as a language's file has it.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct WrittenVocabulary {
    months: Vec<Vec<String>>,
    today: Vec<String>,
    yesterday: Vec<String>,
    due: Vec<String>,
    ending: Vec<String>,
    call: Vec<String>,
    device: Vec<String>,
    money: BTreeMap<String, String>,
}

/// The vocabulary of the built-in languages.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::built_in);
    &VOCABULARY
}

impl Vocabulary {
    fn built_in() -> Self {
        let mut all = Self {
            months: WordMap::new(),
            days_ago: WordMap::new(),
            due: WordMap::new(),
            ending: WordMap::new(),
            call: WordMap::new(),
            device: WordMap::new(),
            money: WordMap::new(),
        };
        for written in written_languages() {
            let WrittenVocabulary { months, today, yesterday, due, ending, call, device, money } =
                written.vocabulary;
            for (month, forms) in (1..).zip(months) {
                all.months.add(forms, month);
            }
            all.days_ago.add(today, 0);
            all.days_ago.add(yesterday, 1);
            all.due.add(due, ());
            all.ending.add(ending, ());
            all.call.add(call, ());
            all.device.add(device, ());
            for (word, code) in money {
                all.money.add(vec![word], code.parse().ok());
            }
        }
        all
    }
}

impl<T: Copy> WordMap<T> {
    fn new() -> Self {
        Self { by_first_byte: (0..=u8::MAX).map(|_| Vec::new()).collect() }
    }

    /// Words in lower case; of one word that is there already, the first meaning stands.
    fn add(&mut self, words: Vec<String>, meaning: T) {
        for word in words {
            if self.get(&word).is_none() {
                let first = word.as_bytes()[0];
                self.by_first_byte[usize::from(first)].push((word.into_boxed_str(), meaning));
            }
        }
    }

    /// What a word means.
    pub(crate) fn get(&self, word: &str) -> Option<T> {
        let first = word.as_bytes().first()?;
        if first.is_ascii() {
            let words = &self.by_first_byte[usize::from(first.to_ascii_lowercase())];
            let is_same = |known: &str| known.eq_ignore_ascii_case(word);
            return words.iter().find(|(known, _)| is_same(known)).map(|(_, meaning)| *meaning);
        }
        let lower = word.to_lowercase();
        let words = &self.by_first_byte[usize::from(lower.as_bytes()[0])];
        words.iter().find(|(known, _)| **known == *lower).map(|(_, meaning)| *meaning)
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_found_in_any_case() {
        let words = vocabulary();
        for (word, month) in
            [("Apr", 4), ("ABRIL", 4), ("août", 8), ("März", 3), ("setembro", 9), ("giugno", 6)]
        {
            assert_eq!(words.months.get(word), Some(month), "{word}");
        }
        for (word, days) in [("Today", 0), ("ayer", 1), ("Aujourd'hui", 0), ("gestern", 1), ("oggi", 0)] {
            assert_eq!(words.days_ago.get(word), Some(days), "{word}");
        }
        assert!(words.due.has("échéance") && words.due.has("Échéance") && words.call.has("llámanos"));
        assert_eq!(words.money.get("Reais"), Some("BRL".parse().ok()));
        assert_eq!(words.money.get("dollars"), Some(None));
        assert!(!words.months.has("m") && !words.months.has(""));
    }
}
