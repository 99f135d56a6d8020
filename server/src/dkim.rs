//! Who signed a mail (DKIM: RFC 6376, RFC 8301, RFC 8463), by keys that the operator put into a folder: no name is looked
//! up, for what is asked is whether the mail is ours.

mod canonical;
mod keys;
mod mail_fields;
mod signature;
#[cfg(test)]
mod tests;

use app::held::MailSignature;
use sha2::{Digest, Sha256};

use canonical::{body_in, field_in};
use mail_fields::{MailFields, sender_domain};
use signature::Signature;

pub use keys::DkimKeys;

/// A mail has one or two; who writes more wants us to work.
const SIGNATURES_MAX: usize = 8;

/// What a mail's signatures say of where it came from: the best of them.
pub(crate) fn verify(mail: &[u8], keys: &DkimKeys) -> MailSignature {
    if keys.is_empty() {
        return MailSignature::NotChecked;
    }
    let mail = MailFields::read(mail);
    let signatures = mail.named("dkim-signature").take(SIGNATURES_MAX);
    let found: Vec<MailSignature> = signatures.map(|field| verify_one(&mail, field, keys)).collect();
    let rank = |said: &MailSignature| match said {
        MailSignature::Ours(_) => 3,
        MailSignature::Partial => 2,
        MailSignature::Broken => 1,
        MailSignature::Foreign | MailSignature::Unsigned | MailSignature::NotChecked => 0,
    };
    found.into_iter().max_by_key(rank).unwrap_or(MailSignature::Unsigned)
}

fn verify_one(mail: &MailFields, field: &str, keys: &DkimKeys) -> MailSignature {
    let Some(signature) = Signature::read(field) else { return MailSignature::Foreign };
    let Some(key) = keys.find(&signature.selector, &signature.domain) else {
        let is_ours = keys.has_domain(&signature.domain);
        return if is_ours { MailSignature::Broken } else { MailSignature::Foreign };
    };
    let body = body_in(signature.body_form, &mail.body);
    let body_fits = signature.is_partial || Sha256::digest(&body)[..] == signature.body_hash[..];
    let signs_its_sender = sender_domain(mail).is_some_and(|sender| belongs_to(&sender, &signature.domain));
    let fits =
        body_fits && signs_its_sender && key.verifies(&signature, &signed_fields(mail, field, &signature));
    if !fits || !mail.is_plain() {
        MailSignature::Broken
    } else if signature.is_partial || !signature.covers_what_is_read(mail) {
        MailSignature::Partial
    } else {
        MailSignature::Ours(signature.domain)
    }
}

/// Whether mail from a domain may be signed by another: the same, or one above it.
fn belongs_to(sender: &str, signer: &str) -> bool {
    sender == signer || sender.strip_suffix(signer).is_some_and(|rest| rest.ends_with('.'))
}

/// What is signed: the fields that it names, each from the bottom up, and itself without what signs (section 5.4.2).
fn signed_fields(mail: &MailFields, own: &str, signature: &Signature) -> Vec<u8> {
    let mut signed = Vec::new();
    let mut taken: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for name in &signature.fields {
        let seen = taken.entry(name).or_default();
        // A name beyond the last one stands for nothing, and keeps another from being put in.
        if let Some(field) = mail.named(name).rev().nth(*seen) {
            signed.extend(field_in(signature.field_form, field).bytes());
            signed.extend(b"\r\n");
        }
        *seen += 1;
    }
    signed.extend(field_in(signature.field_form, &signature::without_signature(own)).bytes());
    signed
}
