//! Texts without what a typist leaves out: accents and the size of letters.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Letters that Unicode does not take apart, as they are typed without them.
const PLAIN: [(char, &str); 7] =
    [('ß', "ss"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('æ', "ae"), ('œ', "oe"), ('ı', "i")];

/// A text in small letters without accents.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, |plain| folded.push(plain));
    }
    folded
}

/// A folded text that knows where in the original each of its parts stands.
pub(super) struct Traced {
    pub(super) folded: String,
    /// Of each byte of `folded`, where the character that it came from begins and ends.
    spans: Vec<(u32, u32)>,
}

impl Traced {
    pub(super) fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut spans = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            fold_char(c, |plain| folded.push(plain));
            spans.resize(folded.len(), (bounded(at), bounded(at + c.len_utf8())));
        }
        Self { folded, spans }
    }

    /// Where in the original a part of the folded text stands, with the accents behind its last letter.
    pub(super) fn original(&self, part: &Range<usize>, text: &str) -> Range<usize> {
        let start = self.spans[part.start].0 as usize;
        let end = self.spans[part.end - 1].1 as usize;
        let accents = text[end..].chars().take_while(|c| is_combining_mark(*c));
        start..end + accents.map(char::len_utf8).sum::<usize>()
    }
}

fn bounded(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
}

fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        return emit(c.to_ascii_lowercase());
    }
    decompose_compatible(c, |part| {
        if is_combining_mark(part) {
            return;
        }
        for small in part.to_lowercase() {
            match PLAIN.iter().find(|(letter, _)| *letter == small) {
                Some((_, plain)) => plain.chars().for_each(&mut emit),
                None => emit(small),
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_and_sizes_are_folded() {
        for (text, folded) in [
            ("Factura de MÓVIL", "factura de movil"),
            ("cafe\u{301}", "cafe"),
            ("Ñandú", "nandu"),
            ("Straße", "strasse"),
            ("３２０", "320"),
            ("ﬁn", "fin"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_part_is_found_where_it_stands() {
        let text = "Su cafe\u{301} está";
        let traced = Traced::of(text);
        let at = traced.folded.find("cafe").expect("it is there");
        assert_eq!(&text[traced.original(&(at..at + 4), text)], "cafe\u{301}");
    }

    proptest! {
        #[test]
        fn what_is_traced_is_what_is_folded(text in ".{0,60}") {
            let traced = Traced::of(&text);
            prop_assert_eq!(&traced.folded, &fold(&text));
            for (at, c) in traced.folded.char_indices() {
                let original = traced.original(&(at..at + c.len_utf8()), &text);
                prop_assert!(!text[original].is_empty());
            }
        }

        #[test]
        fn folding_again_changes_nothing(text in "[a-zA-Z0-9 áéíóúüñÁÉÍÓÚÜÑçßøł.,-]{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
