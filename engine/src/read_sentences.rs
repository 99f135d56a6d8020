//! Texts are read by the sentence. Messages are mostly written from a few templates, so that the same sentences come again
//! with other numbers in them: those are read once.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::Wording;
use crate::lexicon::{Heard, Lexicon, Understanding, fold, sentences_of};
use crate::wording::SentenceWording;

/// What a text says by its words, and in what words.
#[derive(Debug, PartialEq)]
pub(crate) struct Words {
    pub understanding: Understanding,
    /// The wording of the whole; `None` where nothing is left.
    pub whole: Option<Wording>,
    /// That of each sentence; `None` where too little is left.
    pub sentences: Vec<Option<Wording>>,
}

/// The sentences that were read, to be asked by many threads, each of which takes some of its own.
#[derive(Default)]
pub(crate) struct ReadBefore {
    idle: Mutex<Vec<Sentences>>,
}

/// Sentences that were read, by what is left of them without their digits.
#[derive(Default)]
struct Sentences {
    places: FxHashMap<Box<str>, u32>,
    read: Vec<Sentence>,
    /// The sentences of the text at hand, by their places.
    said: Vec<u32>,
    masked: String,
    folded: String,
}

struct Sentence {
    wording: SentenceWording,
    heard: Heard,
}

/// So many sentences are kept, some two megabytes; an operator's templates have fewer.
const SENTENCES_MAX: usize = 8192;
/// A longer sentence is a table, and does not come again.
const SENTENCE_BYTES_MAX: usize = 512;

impl ReadBefore {
    /// Reads a text, as if for the first time.
    pub(crate) fn read(&self, text: &str, lexicon: &Lexicon) -> Words {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut sentences = idle().pop().unwrap_or_default();
        let words = sentences.read(text, lexicon);
        idle().push(sentences);
        words
    }
}

/// What was read before is no part of what a reader is.
impl Clone for ReadBefore {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for ReadBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadBefore")
    }
}

impl Sentences {
    fn read(&mut self, text: &str, lexicon: &Lexicon) -> Words {
        if self.read.len() >= SENTENCES_MAX {
            self.places.clear();
            self.read.clear();
        }
        self.said.clear();
        for sentence in sentences_of(text) {
            let place = self.place_of(sentence, lexicon);
            self.said.push(place);
        }
        let said = self.said.iter().map(|place| &self.read[*place as usize]);
        let heard: Vec<&Heard> = said.clone().map(|sentence| &sentence.heard).collect();
        let wordings = said.map(|sentence| sentence.wording);
        Words {
            understanding: lexicon.understand(&heard),
            whole: Wording::of(text, wordings.clone()),
            sentences: wordings.map(SentenceWording::get).collect(),
        }
    }

    fn place_of(&mut self, sentence: &str, lexicon: &Lexicon) -> u32 {
        let is_kept = sentence.len() <= SENTENCE_BYTES_MAX && !lexicon.has_digits();
        if is_kept {
            self.masked.clear();
            mask(sentence, &mut self.masked);
            if let Some(place) = self.places.get(&*self.masked) {
                return *place;
            }
        }
        let place = u32::try_from(self.read.len()).expect("a text has fewer sentences than 2^32");
        self.folded.clear();
        fold(sentence, &mut self.folded);
        let heard = lexicon.hear(&self.folded);
        self.read.push(Sentence { wording: SentenceWording::of(sentence), heard });
        if is_kept {
            self.places.insert(self.masked.as_str().into(), place);
        }
        place
    }
}

/// A sentence with one digit for each run of them: neither what its words say nor its wording depends on which they are.
fn mask(sentence: &str, into: &mut String) {
    let mut rest = sentence;
    while let Some(start) = rest.bytes().position(|byte| byte.is_ascii_digit()) {
        let end = rest[start..].bytes().position(|byte| !byte.is_ascii_digit());
        into.push_str(&rest[..start]);
        into.push('0');
        rest = end.map_or("", |length| &rest[start + length..]);
    }
    into.push_str(rest);
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::Kind;

    /// One with the words of a kind's name too, which may have digits.
    static LEXICONS: LazyLock<[Lexicon; 2]> = LazyLock::new(|| {
        let kinds: [Kind; 2] = ["outage.started".parse().unwrap(), "esim2.activated".parse().unwrap()];
        [Lexicon::new(&kinds[..1]), Lexicon::new(&kinds)]
    });

    /// Texts that are alike: the same few phrases, with and without numbers, and all that stands between sentences.
    fn text() -> impl Strategy<Value = String> {
        let parts = select(vec![
            "We received your payment of ",
            "Thank you, Dana",
            "reminder: your bill is due ",
            "Your esim2 was activated",
            "Your esim3 was activated",
            "your sign-in code is ",
            "save up to ",
            "an outage started at ",
            "Se activó una eSIM",
            "pay1 paid2you received",
            "trade-in TI-",
            "arrived for ",
            "on April ",
            "¿No fue usted",
        ]);
        let between = select(vec![" ", ". ", ".", "!\n", "? ", "\n\n", ".\u{a0}", "", " ."]);
        let number =
            prop_oneof!["[0-9]{1,6}", "[0-9]{1,3}[.,][0-9]{2}", "[A-Z][0-9]{2}[a-z]", Just(String::new())];
        prop::collection::vec((parts, number, between), 0..8).prop_map(|all| {
            all.into_iter()
                .flat_map(|(part, number, between)| [part.to_owned(), number, between.to_owned()])
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_was_read_before_reads_the_same(texts in prop::collection::vec(prop_oneof![4 => text(), 1 => "\\PC{0,60}"], 1..12)) {
            for lexicon in LEXICONS.iter() {
                let before = ReadBefore::default();
                for text in texts.iter().chain(&texts) {
                    let read = before.read(text, lexicon);
                    prop_assert_eq!(&read, &Sentences::default().read(text, lexicon), "{}", text);
                    prop_assert_eq!(read.understanding, understood_apart(text, lexicon));
                }
            }
        }
    }

    /// Each sentence as it stands, with all its digits.
    fn understood_apart(text: &str, lexicon: &Lexicon) -> Understanding {
        let hear = |sentence: &str| {
            let mut folded = String::new();
            fold(sentence, &mut folded);
            lexicon.hear(&folded)
        };
        let heard: Vec<Heard> = sentences_of(text).map(hear).collect();
        lexicon.understand(&heard.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut sentences = Sentences::default();
        for number in 0..SENTENCES_MAX + 9 {
            let word: String =
                number.to_string().bytes().map(|digit| char::from(digit + b'a' - b'0')).collect();
            sentences.read(&format!("We sent {word} back."), &LEXICONS[0]);
            assert!(sentences.read.len() <= SENTENCES_MAX && sentences.places.len() <= SENTENCES_MAX);
        }
    }
}
