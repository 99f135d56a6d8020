use std::collections::HashMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::HTML_BYTES_MAX;

/// Elements of a mail that are read; a long newsletter has three thousand.
const ELEMENTS_MAX: usize = 10_000;
/// Elements that are open at once; tables within tables come to fifty. A parser looks through those that are open for
/// each that comes, so that without a bound a mail of nothing but beginnings would keep it busy for minutes.
const OPEN_MAX: usize = 200;
/// Elements that have no end, or that another of their kind ends where theirs is left out: of themselves they nest nothing.
const FLAT: [&[u8]; 21] = [
    b"area", b"base", b"br", b"col", b"dd", b"dt", b"embed", b"hr", b"img", b"input", b"li", b"link",
    b"meta", b"p", b"source", b"tbody", b"td", b"th", b"tr", b"track", b"wbr",
];

/// The beginning of a mail that is read soon, whatever it is made of: in bytes, elements and how deep they are nested.
pub(super) fn begin_readably(html: &str) -> &str {
    let html = &html[..html.floor_char_boundary(HTML_BYTES_MAX)];
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut open: HashMap<Vec<u8>, usize> = HashMap::new();
    let (mut elements, mut depth) = (0, 0);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let nests = !FLAT.contains(&&*tag.name.0);
                (elements, depth) = (elements + 1, depth + usize::from(nests));
                if elements > ELEMENTS_MAX || depth > OPEN_MAX {
                    return &html[..html.floor_char_boundary(tag.span.start)];
                }
                if nests {
                    *open.entry(tag.name.0).or_default() += 1;
                }
            }
            // An end of what is not open ends nothing.
            Token::EndTag(tag) => {
                if let Some(count) = open.get_mut(&tag.name.0).filter(|count| **count > 0) {
                    (*count, depth) = (*count - 1, depth - 1);
                }
            }
            _ => {}
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_ends_where_it_would_keep_a_parser_busy() {
        let deep = "<div>".repeat(OPEN_MAX + 1);
        assert_eq!(begin_readably(&deep).len(), "<div>".len() * OPEN_MAX);
        let feigned = "<b></i><!--</b>-->".repeat(OPEN_MAX + 1);
        assert!(begin_readably(&feigned).len() < feigned.len());
        let many = "<p>ñ</p>".repeat(ELEMENTS_MAX + 1);
        assert_eq!(begin_readably(&many).len(), "<p>ñ</p>".len() * ELEMENTS_MAX);
        let usual = "<table><tr><td><p>Hello<br><img><td><p>there</table>".repeat(1_000);
        assert_eq!(begin_readably(&usual), usual);
    }
}
