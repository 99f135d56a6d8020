//! What the targets share: a reader, which takes a while to make, and messages for it.

use std::sync::LazyLock;

use engine::{Catalogue, Channel, Instant, Message, Reader, Reading};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Catalogue::builtin()));

/// A mail without a body.
pub fn mail() -> Message {
    Message {
        id: "M-1".parse().expect("it is an id"),
        account: None,
        channel: Channel::Email,
        recipient: "dana@example.net".to_owned(),
        sender: None,
        template: None,
        batch: None,
        sent_at: Instant::from_micros(1_775_831_820_000_000),
        subject: None,
        text: None,
        html: None,
        data: [].into(),
        delivery: Vec::new(),
        revision: 0,
        deleted: false,
    }
}

/// What a message says, which is the same however often it is read.
pub fn read(message: &Message, locale: &str) -> Reading {
    let sent = READER.read(message, locale);
    assert_eq!(sent, READER.read(message, locale), "a message reads the same twice");
    sent.reading
}
