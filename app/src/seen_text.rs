//! What somebody who reads a message sees of it.

use store::MessageView;

/// A message's text, or what a reader of its HTML sees; `None` where neither was kept.
pub(crate) fn seen_text(message: &MessageView) -> Option<String> {
    let text = message.text.clone().filter(|text| !text.trim().is_empty());
    text.or_else(|| message.html.as_deref().map(seen)).map(|text| text.trim().to_owned())
}

/// What a reader of an HTML body sees: its lines, without the white space that only its source has.
fn seen(html: &str) -> String {
    let text = engine::visible_text(html);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut seen = String::with_capacity(text.len());
    let mut blank = true;
    for line in lines {
        if !line.is_empty() || !blank {
            seen.push_str(&line);
            seen.push('\n');
        }
        blank = line.is_empty();
    }
    seen
}
