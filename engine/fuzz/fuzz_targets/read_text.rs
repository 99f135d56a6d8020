//! Whatever a text is, it is read, and what it is said to state stands in it. The input is a locale, a subject and a
//! text, each on a line of its own; the text goes on to the end.
#![no_main]

use engine::{Message, Stated, StatedDay, StatedDevice};
use engine_fuzz::{mail, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let mut parts = input.splitn(3, '\n').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (locale, subject, text) = (part(), part(), part());
    let both = bare(&subject) + &bare(&text);
    let message = Message { subject: Some(subject), text: Some(text), ..mail() };
    states_only_what_stands(&read(&message, &locale).stated, &both);
});

/// A text's letters and digits: how numbers are grouped, and what stands between the groups, does not count.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn states_only_what_stands(stated: &Stated, text: &str) {
    for reference in &stated.references {
        assert!(text.contains(&bare(reference.given())), "{reference:?}");
    }
    for device in &stated.devices {
        assert!(
            !matches!(device, StatedDevice::Whole(imei) if !text.contains(imei.identity())),
            "{device:?}"
        );
    }
    for line in &stated.lines {
        assert!(text.contains(&*line.digits), "{line:?}");
    }
    for day in &stated.days {
        let StatedDay::Of { month, day, .. } = *day else { continue };
        assert!((1..=12).contains(&month) && (1..=31).contains(&day), "{day} of {month}");
    }
}
