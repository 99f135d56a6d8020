//! What somebody looks for in a history: whether an entry has it, and where in what is shown.

mod amount;
mod fold;
mod slips;
mod snippet;
mod term;

use std::ops::Range;

use fold::{Traced, fold};
use term::Term;

pub(crate) use snippet::around;

/// The longest that is looked for: a line of a message.
pub(crate) const SEARCH_CHARS_MAX: usize = 100;
/// More words make nothing clearer.
const TERMS_MAX: usize = 8;

/// The words of a search: an entry has to have each of them, on whichever side.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    terms: Vec<Term>,
}

/// How well texts have the words of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// But for slips.
    Near,
    /// As they were typed, but for accents and the size of letters.
    Exact,
}

impl Words {
    /// `None` where nothing was typed that could be looked for.
    pub(crate) fn read(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(SEARCH_CHARS_MAX).collect();
        let terms: Vec<Term> = typed.split_whitespace().flat_map(Term::read_all).take(TERMS_MAX).collect();
        (!terms.is_empty()).then_some(Self { terms })
    }

    /// How well the texts together have all of the words; slips are forgiven only where `forgiving`. What a reader sees of
    /// `html` is looked at last, and only for what the others lack: reading it takes longer than all else.
    pub(crate) fn look<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
        html: Option<&str>,
        forgiving: bool,
    ) -> Option<Match> {
        let mut texts: Vec<String> = texts.into_iter().map(fold).collect();
        let has = |texts: &[String], term: &Term| texts.iter().any(|text| term.is_in(text));
        let mut lacking: Vec<&Term> = self.terms.iter().filter(|term| !has(&texts, term)).collect();
        if lacking.is_empty() {
            return Some(Match::Exact);
        }
        if let Some(html) = html.filter(|html| may_show(html, &lacking, forgiving)) {
            texts.push(fold(&engine::visible_text(html)));
            lacking.retain(|term| !has(&texts[texts.len() - 1..], term));
            if lacking.is_empty() {
                return Some(Match::Exact);
            }
        }
        let nearly = |term: &&Term| texts.iter().any(|text| term.is_nearly_in(text));
        (forgiving && lacking.iter().all(nearly)).then_some(Match::Near)
    }

    /// Where a text has any of the words, in order and apart from each other; of those it lacks, what is near them where
    /// `forgiving`.
    pub(crate) fn places(&self, text: &str, forgiving: bool) -> Vec<Range<usize>> {
        let traced = Traced::of(text);
        let mut places: Vec<Range<usize>> = Vec::new();
        for term in &self.terms {
            let before = places.len();
            places.extend(term.places(&traced.folded));
            if forgiving && places.len() == before {
                places.extend(term.near_places(&traced.folded));
            }
        }
        joined(places.into_iter().map(|place| traced.original(&place, text)).collect())
    }
}

/// What may stand for a letter, or within a word, in the source of an HTML body: there the source says nothing.
const UNCLEAR: [&str; 4] = ["<sup", "<sub", "<wbr", "&#"];
/// Names of characters that are no letters.
const NO_LETTERS: [&str; 12] = [
    "nbsp;", "amp;", "lt;", "gt;", "quot;", "apos;", "copy;", "reg;", "ndash;", "mdash;", "middot;", "bull;",
];

/// Whether a reader of an HTML body may see one of the words, by its source. The source of most bodies is clear, and has
/// none of them.
fn may_show(html: &str, terms: &[&Term], forgiving: bool) -> bool {
    let source = fold(html);
    let is_letter =
        |(at, _): (usize, &str)| !NO_LETTERS.iter().any(|name| source[at + 1..].starts_with(name));
    terms.iter().any(|term| term.is_in(&source) || (forgiving && term.is_nearly_in(&source)))
        || UNCLEAR.iter().any(|unclear| source.contains(unclear))
        || source.match_indices('&').any(is_letter)
}

fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn look(typed: &str, texts: &[&str]) -> Option<Match> {
        Words::read(typed).and_then(|words| words.look(texts.iter().copied(), None, true))
    }

    #[test]
    fn every_word_is_to_be_there_on_either_side() {
        let sides = ["We received your trade-in", "iPhone 11, TI-4482917", "$320.00"];
        for typed in ["trade", "TRADE iphone", "received 320", "ti4482917 trade-in", "$320.00 iphóne"] {
            assert_eq!(look(typed, &sides), Some(Match::Exact), "{typed}");
        }
        for typed in ["recieved", "tradde iphone"] {
            assert_eq!(look(typed, &sides), Some(Match::Near), "{typed}");
        }
        for typed in ["galaxy", "iphone galaxy", "321", "", " · ", "TI-4482999"] {
            assert_eq!(look(typed, &sides), None, "{typed}");
        }
    }

    #[test]
    fn of_html_what_is_seen_is_looked_at() {
        let look = |typed: &str, html: &str| {
            Words::read(typed).and_then(|words| words.look(["Your bill"], Some(html), true))
        };
        let html = "<style>.zebra{}</style><p class=lion>is <b>ready</b>&nbsp;now: $320<sup>00</sup></p>";
        assert_eq!(look("bill ready", html), Some(Match::Exact));
        assert_eq!(look("bill redy", "<p>is ready"), None);
        assert_eq!(look("bill raedy", "<p>is ready"), Some(Match::Near));
        for unseen in ["zebra", "lion", "style"] {
            assert_eq!(look(unseen, html), None, "{unseen}");
        }
        assert_eq!(look("esta", "<p>Su factura est&aacute; lista"), Some(Match::Exact));
        assert_eq!(look("esta", "<p>Su factura est&#225; lista"), Some(Match::Exact));
        assert_eq!(look("32000", html), Some(Match::Exact), "an element may stand within a word");
    }

    #[test]
    fn hits_are_marked_in_the_text_as_it_stands() {
        let text = "Su Factura está lista: factura INV-0009.";
        let marked = |typed: &str, forgiving| -> Vec<&str> {
            let words = Words::read(typed).expect("words");
            words.places(text, forgiving).into_iter().map(|place| &text[place]).collect()
        };
        assert_eq!(marked("factura esta", false), ["Factura", "está", "factura"]);
        assert_eq!(marked("inv0009", false), ["INV-0009"]);
        assert_eq!(marked("facturra", true), ["Factura", "factura"]);
        assert!(marked("facturra", false).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_looked_for(typed in ".{0,120}", text in ".{0,80}") {
            if let Some(words) = Words::read(&typed) {
                let places = words.places(&text, true);
                prop_assert!(places.windows(2).all(|pair| pair[0].end < pair[1].start));
                for place in places {
                    prop_assert!(!text[place].is_empty());
                }
                words.look([text.as_str()], Some(&text), true);
            }
        }

        #[test]
        fn a_word_of_a_text_is_found_and_marked(words in prop::collection::vec("[a-zA-Záéñ]{2,9}", 1..8), at in 0_usize..8) {
            let (text, word) = (words.join(" "), &words[at % words.len()]);
            let searched = Words::read(word).expect("a word");
            prop_assert_eq!(searched.look([text.as_str()], None, false), Some(Match::Exact));
            prop_assert!(!searched.places(&text, false).is_empty());
        }
    }
}
