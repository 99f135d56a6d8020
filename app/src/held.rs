//! A message that somebody holds, as the server read it from a form: for this one answer, and kept nowhere.

/// What came with the form.
#[derive(Clone, Debug)]
pub enum Held {
    /// A text that was pasted.
    Text(HeldPaste),
    /// A mail's file.
    Mail(Box<HeldMail>),
    /// Nothing that can be looked at.
    Refused(HeldRefusal),
}

/// A text that was pasted.
#[derive(Clone)]
pub struct HeldPaste(pub String);

/// A mail's file, as far as it is compared.
#[derive(Clone)]
pub struct HeldMail {
    /// Its subject.
    pub subject: Option<String>,
    /// Its text.
    pub text: Option<String>,
    /// Its HTML.
    pub html: Option<String>,
    /// Who signed it.
    pub signature: MailSignature,
}

/// Why nothing was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldRefusal {
    /// Neither a text nor a file came.
    Nothing,
    /// Both came.
    Both,
    /// More came than any message has.
    Long,
    /// The file is no mail.
    NoMail,
}

/// What a mail's signature says of where it came from (DKIM, RFC 6376), by the operator's own keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailSignature {
    /// There are no keys to look by.
    NotChecked,
    /// It bears none.
    Unsigned,
    /// It is signed by somebody else.
    Foreign,
    /// It says that it is the operator's, and does not fit.
    Broken,
    /// It covers only a part of the mail.
    Partial,
    /// It is the operator's, by the name of this domain, and fits.
    Ours(String),
}

impl std::fmt::Debug for HeldPaste {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeldPaste(…)")
    }
}

impl std::fmt::Debug for HeldMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HeldMail(…)")
    }
}

/// Where a message is handed in.
pub const CHECK_MESSAGE: &str = "/check/message";
/// The longest text that is taken: twenty pages.
pub const HELD_TEXT_BYTES_MAX: usize = 64 << 10;
/// The largest mail that is taken, with its pictures.
pub const HELD_MAIL_BYTES_MAX: usize = 1 << 20;
