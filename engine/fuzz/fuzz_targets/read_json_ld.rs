//! Whatever a script of JSON-LD holds, it is read, its text is never seen, and what it states stands in it.
#![no_main]

use engine::{Message, visible_text};
use engine_fuzz::{mail, read};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|json: &str| {
    let html = format!(r#"<script type="application/ld+json">{json}</script>"#);
    let reading = read(&Message { html: Some(html.clone()), ..mail() }, "en-US");
    if json.to_ascii_lowercase().contains("</script") {
        return;
    }
    assert_eq!(visible_text(&html).trim(), "");
    // NUL is U+FFFD in HTML, and may stand in a text of JSON then.
    let Ok(value) = serde_json::from_str::<Value>(&json.replace('\0', "\u{fffd}")) else {
        assert_eq!((reading.tells_of, reading.stated), Default::default(), "what is no JSON states nothing");
        return;
    };
    let written = value.to_string();
    for reference in &reading.stated.references {
        let given = Value::from(reference.given()).to_string();
        assert!(written.contains(given.trim_matches('"')), "{reference:?} is not in {written}");
    }
});
