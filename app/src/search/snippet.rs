use super::Words;

/// As much of a text as a list shows.
const SNIPPET_CHARS_MAX: usize = 280;
/// A hit that stands within so many characters is seen anyway.
const SEEN_CHARS: usize = 140;
/// What comes before a hit, so that it is understood.
const BEFORE_CHARS: usize = 60;

/// The part of a text, on one line, in which the first of the words stands; `None` where its beginning shows it too.
pub(crate) fn around(words: &Words, text: &str, forgiving: bool) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = words.places(&line, forgiving).into_iter().next()?;
    let before = line[..first.start].chars().count();
    if before + line[first].chars().count() <= SEEN_CHARS {
        return None;
    }
    // From a whole word on, where there is one.
    let from = before - BEFORE_CHARS.min(before);
    let tail: String = line.chars().skip(from).collect();
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, rest)| rest);
    let mut snippet = String::from("… ");
    if tail.chars().count() <= SNIPPET_CHARS_MAX {
        snippet.push_str(tail);
    } else {
        let cut: String = tail.chars().take(SNIPPET_CHARS_MAX).collect();
        snippet.push_str(cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole));
        snippet.push_str(" …");
    }
    Some(snippet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_that_is_far_down_is_shown() {
        let words = Words::read("iphone").expect("words");
        let text = format!(
            "{} your iPhone 11 arrived.\n {}",
            "Dear customer of ours, ".repeat(20),
            "Thanks. ".repeat(60)
        );
        let snippet = around(&words, &text, false).expect("it is far down");
        assert!(
            snippet.starts_with("… ") && snippet.ends_with(" …") && snippet.contains("iPhone 11 arrived."),
            "{snippet}"
        );
        assert!(snippet.chars().count() <= SNIPPET_CHARS_MAX + 4);
        assert_eq!(around(&words, "Your iPhone is here.", false), None);
        assert_eq!(around(&words, "Nothing of the kind", false), None);
    }
}
