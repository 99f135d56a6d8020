//! What becomes of messages, black-box: cases that a person of the field can read, properties, and what is learnt.

#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod beside;
mod cases;
mod histories;
mod learning;
mod oracle;
mod properties;
mod standing;
mod told;
