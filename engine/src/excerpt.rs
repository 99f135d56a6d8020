use crate::scan_text::visible_text;

/// The beginning of what a message's reader sees, on one line: of its text, or else of its HTML, at most `chars_max`
/// characters. Where something is left off, the last of them is an ellipsis.
pub fn excerpt(text: Option<&str>, html: Option<&str>, chars_max: usize) -> String {
    match text.filter(|text| !text.trim().is_empty()) {
        Some(text) => beginning(text, chars_max),
        None => html.map_or_else(String::new, |html| beginning(&visible_text(html), chars_max)),
    }
}

fn beginning(text: &str, chars_max: usize) -> String {
    let mut folded = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let room = chars_max.saturating_sub(chars);
        let gap = usize::from(chars > 0);
        let length = word.chars().count();
        if gap + length > room {
            return cut_off(folded, word, room.saturating_sub(gap), chars_max);
        }
        folded.extend((gap > 0).then_some(' '));
        folded.push_str(word);
        chars += gap + length;
    }
    folded
}

/// The words so far and an ellipsis; of a first word that is too long alone, as much as there is room for.
fn cut_off(mut folded: String, word: &str, room: usize, chars_max: usize) -> String {
    if folded.is_empty() {
        folded.extend(word.chars().take(room.saturating_sub(1)));
    } else if folded.chars().count() == chars_max {
        folded.pop();
    }
    folded.push('…');
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_short_line() {
        for (text, expected) in [
            ("  Hi Dana,\n\n your bill  is here. ", "Hi Dana, your bill is here."),
            ("Hi Dana, your bill is here: 86.40", "Hi Dana, your bill is here:…"),
            ("123456789 123456789 12345678 and more", "123456789 123456789 1234567…"),
            ("http://example.net/a/very/long/address", "http://example.net/a/very/l…"),
            ("", ""),
        ] {
            let excerpt = excerpt(Some(text), None, 28);
            assert_eq!(excerpt, expected);
            assert!(excerpt.chars().count() <= 28, "{excerpt}");
        }
    }

    #[test]
    fn of_html_only_what_is_seen() {
        let html = "<style>p{}</style><p>We got your&nbsp;payment.</p><p>Thanks</p>";
        assert_eq!(excerpt(None, Some(html), 80), "We got your payment. Thanks");
        assert_eq!(excerpt(Some(" "), Some(html), 80), "We got your payment. Thanks");
        assert_eq!(excerpt(None, None, 80), "");
    }
}
