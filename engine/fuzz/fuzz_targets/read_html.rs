//! Whatever an HTML body is, it is read as the text that is seen of it.
#![no_main]

use engine::{Message, excerpt, visible_text};
use engine_fuzz::{mail, read};
use libfuzzer_sys::fuzz_target;

const EXCERPT_CHARS: usize = 80;

fuzz_target!(|html: &str| {
    let seen = visible_text(html);
    // `&#0;` and NUL become U+FFFD, which has three bytes, and a few names stand for more than they have letters.
    assert!(seen.len() <= 3 * html.len(), "{} bytes are seen of {}", seen.len(), html.len());
    if !html.contains(['<', '&', '\0', '\r']) {
        assert_eq!(seen, html, "what has no markup is seen as it stands");
    }
    assert!(excerpt(None, Some(html), EXCERPT_CHARS).chars().count() <= EXCERPT_CHARS);

    let as_html = read(&Message { html: Some(html.to_owned()), ..mail() }, "en-US");
    let as_text = read(&Message { text: Some(seen), ..mail() }, "en-US");
    assert_eq!((as_html.wording, as_html.reminder), (as_text.wording, as_text.reminder));
    // Only what it says to machines is read beyond its text, and that is said of things with a type.
    if as_html.tells_of != as_text.tells_of || as_html.stated != as_text.stated {
        let markup = html.to_ascii_lowercase();
        assert!(markup.contains("itemscope") || markup.contains("<script"), "{as_html:?}\n{as_text:?}");
    }
});
