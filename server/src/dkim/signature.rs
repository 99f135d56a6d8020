use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::canonical::Form;
use super::mail_fields::MailFields;

/// By what a mail is signed. SHA-1 is not looked at (RFC 8301).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    RsaSha256,
    Ed25519Sha256,
}

/// A `DKIM-Signature` field (RFC 6376, section 3.5).
pub(super) struct Signature {
    pub algorithm: Algorithm,
    pub domain: String,
    pub selector: String,
    /// Names of fields in lower case, in their order.
    pub fields: Vec<String>,
    pub field_form: Form,
    pub body_form: Form,
    pub body_hash: Vec<u8>,
    pub signed: Vec<u8>,
    /// Whether it names how much of the body it covers: then anybody may add to it.
    pub is_partial: bool,
}

impl Signature {
    /// `None` for one that can't be read, or is of a kind that proves nothing.
    pub(super) fn read(field: &str) -> Option<Self> {
        let (_, value) = field.split_once(':')?;
        let tag = |name: &str| tag_of(value, name);
        if tag("v")? != "1" {
            return None;
        }
        let algorithm = match &*tag("a")? {
            "rsa-sha256" => Algorithm::RsaSha256,
            "ed25519-sha256" => Algorithm::Ed25519Sha256,
            _ => return None,
        };
        let forms = tag("c").unwrap_or_else(|| "simple/simple".to_owned());
        let (of_fields, of_body) = forms.split_once('/').unwrap_or((&forms, "simple"));
        let fields: Vec<String> = tag("h")?.split(':').map(str::to_ascii_lowercase).collect();
        if !fields.iter().any(|name| name == "from") {
            return None;
        }
        Some(Self {
            algorithm,
            domain: tag("d")?.to_ascii_lowercase(),
            selector: tag("s")?.to_ascii_lowercase(),
            fields,
            field_form: form(of_fields)?,
            body_form: form(of_body)?,
            body_hash: STANDARD.decode(tag("bh")?).ok()?,
            signed: STANDARD.decode(tag("b")?).ok()?,
            is_partial: tag("l").is_some(),
        })
    }

    /// Whether it covers the fields that say how the mail is read.
    pub(super) fn covers_what_is_read(&self, mail: &MailFields) -> bool {
        let is_signed = |name: &str| self.fields.iter().any(|field| field == name);
        ["subject", "content-type", "content-transfer-encoding"]
            .into_iter()
            .all(|name| is_signed(name) || mail.named(name).next().is_none())
    }
}

fn form(name: &str) -> Option<Form> {
    match name {
        "simple" => Some(Form::Simple),
        "relaxed" => Some(Form::Relaxed),
        _ => None,
    }
}

/// A tag's value without white space.
pub(super) fn tag_of(list: &str, name: &str) -> Option<String> {
    let mut pairs = list.split(';').filter_map(|tag| tag.split_once('='));
    let (_, value) = pairs.find(|(known, _)| known.trim() == name)?;
    Some(value.split_whitespace().collect())
}

/// The field with nothing as its `b`: so it is signed.
pub(super) fn without_signature(field: &str) -> String {
    let (name, value) = field.split_once(':').unwrap_or((field, ""));
    let emptied = value.split(';').map(|tag| match tag.split_once('=') {
        Some((known, _)) if known.trim() == "b" => format!("{known}="),
        _ => tag.to_owned(),
    });
    format!("{name}:{}", emptied.collect::<Vec<_>>().join(";"))
}
