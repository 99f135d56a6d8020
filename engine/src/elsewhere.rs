use std::hash::Hasher;

use rustc_hash::FxHashSet;
use siphasher::sip::SipHasher24;

use crate::{AccountId, E164, Imei};

/// Something a message cites that could be an account's: a reference, a device or a line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Citation {
    /// A reference, normalised.
    Reference(Box<str>),
    /// A device, by the 14 digits of its IMEI.
    Device(Box<str>),
    /// A line, by the digits of its number.
    Line(Box<str>),
}

crate::redact::redact!(Citation);

/// The secret under which citations are hashed. Without it a token tells nothing.
#[derive(Clone)]
pub struct TokenKey([u8; 16]);

/// A citation's keyed hash (SipHash-2-4): what is kept where the citation itself must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(i64);

/// Which of the citations that a judging asked about are known on other accounts.
pub struct Elsewhere {
    key: TokenKey,
    known: FxHashSet<Token>,
}

impl Citation {
    /// The citation of a device.
    pub fn of_device(imei: &Imei) -> Self {
        Self::Device(imei.identity().into())
    }

    /// The citation of a line.
    pub fn of_line(line: &E164) -> Self {
        Self::Line(line.digits().into())
    }

    /// Its keyed hash.
    pub fn token(&self, key: &TokenKey) -> Token {
        let (tag, text) = match self {
            Self::Reference(text) => (b'r', text),
            Self::Device(text) => (b'd', text),
            Self::Line(text) => (b'l', text),
        };
        key.token(tag, text)
    }
}

impl TokenKey {
    /// A key from 16 secret bytes.
    pub fn new(secret: [u8; 16]) -> Self {
        Self(secret)
    }

    /// The secret itself, for keyed hashes of other lengths. Whoever hashes with it says in the input what for.
    pub fn secret(&self) -> &[u8; 16] {
        &self.0
    }

    /// The keyed hash of an address or number at which messages arrive. Case does not count.
    pub fn recipient_token(&self, recipient: &str) -> Token {
        self.token(b'a', &recipient.trim().to_lowercase())
    }

    /// The keyed hash of an entry of an account's history: what an address may say of where a page begins.
    pub fn entry_token(&self, account: &AccountId, entry: &str) -> Token {
        self.token(b'e', &format!("{account}/{entry}"))
    }

    /// The keyed hash of an account, by which what is its own is told from what is another's.
    pub fn owner_token(&self, account: &AccountId) -> Token {
        self.token(b'o', account.as_str())
    }

    fn token(&self, tag: u8, text: &str) -> Token {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write(&[tag]);
        hasher.write(text.as_bytes());
        Token(i64::from_ne_bytes(hasher.finish().to_ne_bytes()))
    }
}

impl Token {
    /// The hash as the store keeps it.
    pub fn get(self) -> i64 {
        self.0
    }

    /// A hash that the store kept.
    pub fn from_stored(stored: i64) -> Self {
        Self(stored)
    }
}

impl Elsewhere {
    /// What is known of the citations asked about.
    pub fn new(key: TokenKey, known: impl IntoIterator<Item = Token>) -> Self {
        Self { key, known: known.into_iter().collect() }
    }

    /// Says whether a citation is known on another account.
    pub(crate) fn set(&mut self, token: Token, is_known: bool) {
        if is_known {
            self.known.insert(token);
        } else {
            self.known.remove(&token);
        }
    }

    pub(crate) fn token_of(&self, citation: &Citation) -> Token {
        citation.token(&self.key)
    }

    /// Whether nothing is known elsewhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether a citation is known on another account.
    pub fn knows(&self, citation: &Citation) -> bool {
        !self.known.is_empty() && self.known.contains(&self.token_of(citation))
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(secret)")
    }
}
