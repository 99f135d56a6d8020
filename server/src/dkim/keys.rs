use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::signature::{Algorithm, Signature, tag_of};

/// The operator's public keys, by selector and domain.
#[derive(Clone, Debug, Default)]
pub struct DkimKeys(BTreeMap<(String, String), DkimKey>);

/// A public key.
#[derive(Clone, Debug)]
pub(super) enum DkimKey {
    /// An `RSAPublicKey` (RFC 8017).
    Rsa(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// An operator rolls a few selectors for a few domains.
const KEYS_MAX: usize = 200;
/// A key of 8,192 bits has some 1,500 characters.
const RECORD_BYTES_MAX: u64 = 8 << 10;
/// What stands between selector and domain in the name of a key.
const MIDDLE: &str = "._domainkey.";
/// The object identifier of RSA keys, as DER has it (RFC 3279).
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

impl DkimKeys {
    /// The keys of a folder: files named as the DNS names its records, `SELECTOR._domainkey.DOMAIN`, each with the record's
    /// text, as it is published.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        let mut keys = BTreeMap::new();
        let entries = std::fs::read_dir(folder)
            .with_context(|| format!("the folder of DKIM keys, {}, can't be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            let name = name.strip_suffix(".txt").unwrap_or(&name);
            let Some((selector, domain)) = name.split_once(MIDDLE) else { continue };
            let size = path.metadata()?.len();
            if size > RECORD_BYTES_MAX || keys.len() >= KEYS_MAX {
                bail!("{} is larger than a key, or one of more than {KEYS_MAX}", path.display());
            }
            let record = std::fs::read_to_string(&path)
                .with_context(|| format!("{} can't be read", path.display()))?;
            let key = DkimKey::of_record(&record).with_context(|| {
                format!("{} is no DKIM key: write v=DKIM1; k=rsa; p=… as the DNS has it", path.display())
            })?;
            keys.insert((selector.to_owned(), domain.to_owned()), key);
        }
        if keys.is_empty() {
            bail!("{} has no DKIM key: name a file SELECTOR._domainkey.DOMAIN", folder.display());
        }
        Ok(Self(keys))
    }

    #[cfg(test)]
    pub(super) fn of(records: &[(&str, &str, &str)]) -> Self {
        let key = |record| DkimKey::of_record(record).expect("a record");
        Self(
            records
                .iter()
                .map(|(selector, domain, record)| {
                    (((*selector).to_owned(), (*domain).to_owned()), key(record))
                })
                .collect(),
        )
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn find(&self, selector: &str, domain: &str) -> Option<&DkimKey> {
        self.0.get(&(selector.to_owned(), domain.to_owned()))
    }

    pub(super) fn has_domain(&self, domain: &str) -> bool {
        self.0.keys().any(|(_, known)| known == domain)
    }
}

impl DkimKey {
    /// The key of a record (RFC 6376, section 3.6.1), which may be cut into quoted pieces, as in a zone's file.
    fn of_record(record: &str) -> Option<Self> {
        let record = record.replace('"', "");
        let allows = |tag: &str, wanted: &str| {
            tag_of(&record, tag).is_none_or(|values| values.split(':').any(|value| value == wanted))
        };
        if tag_of(&record, "v").is_some_and(|version| version != "DKIM1") || !allows("h", "sha256") {
            return None;
        }
        let key = STANDARD.decode(tag_of(&record, "p")?).ok()?;
        match tag_of(&record, "k").as_deref() {
            None | Some("rsa") => rsa_key(&key).map(|key| Self::Rsa(key.to_vec())),
            Some("ed25519") => (key.len() == 32).then_some(Self::Ed25519(key)),
            Some(_) => None,
        }
    }

    /// Whether it made a signature of what is signed.
    pub(super) fn verifies(&self, signature: &Signature, signed: &[u8]) -> bool {
        match (self, signature.algorithm) {
            // 1,024 bits is what RFC 8301 has verifiers take at least.
            (Self::Rsa(key), Algorithm::RsaSha256) => {
                UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, key)
                    .verify(signed, &signature.signed)
                    .is_ok()
            }
            // Of the hash, not of what is hashed (RFC 8463, section 3).
            (Self::Ed25519(key), Algorithm::Ed25519Sha256) => UnparsedPublicKey::new(&ED25519, key)
                .verify(&Sha256::digest(signed)[..], &signature.signed)
                .is_ok(),
            _ => false,
        }
    }
}

/// The `RSAPublicKey` within a `SubjectPublicKeyInfo`; what is one already, as it is.
fn rsa_key(key: &[u8]) -> Option<&[u8]> {
    let (0x30, content, _) = der(key)? else { return None };
    match der(content)? {
        (0x30, algorithm, rest) if algorithm.starts_with(RSA) => match der(rest)? {
            // A bit string begins with how many bits of its last byte are none of it.
            (0x03, bits, _) => bits.strip_prefix(&[0]),
            _ => None,
        },
        (0x02, _, _) => Some(key),
        _ => None,
    }
}

/// The first value of a text in DER: its tag, its content, and what follows.
fn der(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = if length < 0x80 {
        (usize::from(length), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(length & 0x7f).min(4))?;
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}
