use serde::de::DeserializeOwned;

use crate::{Account, Message, Transaction};

/// The longest line of a feed that is read, in bytes: the largest honest record is a mail's HTML of some hundred
/// kilobytes.
pub const LINE_BYTES_MAX: usize = 1 << 20;

/// The longest text a field of a record may have, in bytes, apart from a message's text and HTML.
const FIELD_BYTES_MAX: usize = 4096;

/// The most lines, devices, members, addresses, references, merge fields or steps of delivery a record may have.
const ITEMS_MAX: usize = 1000;

/// Why a line of a feed is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Longer than [`LINE_BYTES_MAX`].
    #[error("the line is longer than {LINE_BYTES_MAX} bytes")]
    TooLong,
    /// Not a JSON object of the record's fields. For whoever sent the line: it may quote a value.
    #[error("{0}")]
    Json(String),
    /// A message without a body.
    #[error("a message needs a `text` or an `html`")]
    NoBody,
    /// A message without a recipient.
    #[error("a message needs a `recipient`")]
    NoRecipient,
    /// A field longer than it may be.
    #[error("`{0}` is longer than {FIELD_BYTES_MAX} bytes")]
    FieldTooLong(&'static str),
    /// A list longer than it may be.
    #[error("`{0}` has more than {ITEMS_MAX} items")]
    TooMany(&'static str),
}

/// A kind of record that a feed has lines of.
pub trait FeedRecord: DeserializeOwned {
    /// The record on a line, checked.
    fn from_line(line: &[u8]) -> Result<Self, FeedError> {
        if line.len() > LINE_BYTES_MAX {
            return Err(FeedError::TooLong);
        }
        let record: Self =
            serde_json::from_slice(line).map_err(|error| FeedError::Json(without_place(&error)))?;
        record.check()?;
        Ok(record)
    }

    /// What serde can't see: bounds, and fields that need each other.
    fn check(&self) -> Result<(), FeedError>;
}

impl FeedRecord for Account {
    fn check(&self) -> Result<(), FeedError> {
        bounded("name", self.name.as_deref())?;
        bounded("locale", Some(&self.locale))?;
        few("emails", self.emails.len())?;
        few("phones", self.phones.len())?;
        few("lines", self.lines.len())?;
        few("devices", self.devices.len())?;
        few("members", self.members.len())?;
        self.emails.iter().try_for_each(|email| bounded("emails", Some(email)))
    }
}

impl FeedRecord for Transaction {
    fn check(&self) -> Result<(), FeedError> {
        bounded("status", self.status.as_deref())?;
        bounded("summary", self.summary.as_deref())?;
        few("references", self.references.len())
    }
}

impl FeedRecord for Message {
    fn check(&self) -> Result<(), FeedError> {
        if self.text.is_none() && self.html.is_none() && !self.deleted {
            return Err(FeedError::NoBody);
        }
        if self.recipient.trim().is_empty() {
            return Err(FeedError::NoRecipient);
        }
        bounded("recipient", Some(&self.recipient))?;
        bounded("sender", self.sender.as_deref())?;
        bounded("subject", self.subject.as_deref())?;
        few("data", self.data.len())?;
        few("delivery", self.delivery.len())
    }
}

fn bounded(field: &'static str, value: Option<&str>) -> Result<(), FeedError> {
    if value.is_some_and(|text| text.len() > FIELD_BYTES_MAX) {
        Err(FeedError::FieldTooLong(field))
    } else {
        Ok(())
    }
}

fn few(field: &'static str, items: usize) -> Result<(), FeedError> {
    if items > ITEMS_MAX { Err(FeedError::TooMany(field)) } else { Ok(()) }
}

/// The parser's message without its "at line 1", which is the line's own and not the file's.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rfind(" at line ").map_or(&*text, |place| &text[..place]);
    let broken = if error.is_data() { "" } else { "the JSON is broken: " };
    format!("{broken}{what} (at character {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<T: FeedRecord>(line: &str) -> String {
        T::from_line(line.as_bytes()).err().expect("the line is refused").to_string()
    }

    #[test]
    fn a_refusal_names_what_is_wrong() {
        let unknown =
            r#"{"id":"T-1","account":"A","kind":"a.b","occurred_at":"2026-01-01T00:00:00Z","colour":1}"#;
        let missing = r#"{"id":"T-1","account":"A","kind":"a.b"}"#;
        let february = r#"{"id":"T-1","account":"A","kind":"a.b","occurred_at":"2026-02-30T00:00:00Z"}"#;
        let imei = r#"{"id":"A-1","devices":[{"imei":"353918051234568"}]}"#;
        let body = r#"{"id":"M","channel":"sms","recipient":"+1","sent_at":"2026-01-01T00:00:00Z"}"#;
        let refusals = [
            refusal::<Transaction>(unknown),
            refusal::<Transaction>(missing),
            refusal::<Transaction>(february),
            refusal::<Transaction>(r#"{"id":"T-1""#),
            refusal::<Account>(imei),
            refusal::<Message>(body),
        ];
        insta::assert_snapshot!(refusals.join("\n"), @r"
        unknown field `colour`, expected one of `id`, `account`, `kind`, `occurred_at`, `recorded_at`, `status`, `references`, `amount`, `device`, `line`, `summary`, `revision`, `deleted` (at character 84)
        missing field `occurred_at` (at character 39)
        `2026-02-30T00:00:00Z` is not a time: write it as RFC 3339 has it, such as 2026-04-10T14:37:00Z (at character 75)
        the JSON is broken: EOF while parsing an object (at character 11)
        the IMEI's last digit does not check: is one mistyped? (at character 48)
        a message needs a `text` or an `html`
        ");
    }

    #[test]
    fn a_line_is_bounded() {
        let long = format!(r#"{{"id":"A-1","name":"{}"}}"#, "x".repeat(2 << 20));
        assert!(matches!(Account::from_line(long.as_bytes()), Err(FeedError::TooLong)));
    }
}
