use std::fmt;
use std::str::FromStr;

use engine::{Instant, Span, TokenKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::{Store, StoreError, on_both};

/// What a link to set a password has in its address: 160 bits that nobody can guess.
///
/// It is a keyed hash of a link's random id, and the key is in no database: what an outbox or a backup holds opens
/// nothing. What the link is found by is the token's own hash.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(Box<str>);

/// Why a text is no link's token.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link ends in {TOKEN_CHARS} letters and digits: copy it whole")]
pub struct LinkTokenError;

/// A link that may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveLink {
    /// The address that it was sent to, and that its person signs in with.
    pub sign_in: String,
    /// What they are called.
    pub name: String,
}

/// How long a link may be used: as long as it takes to find a mail that is late, and no longer.
pub const LINK_TIME: Span = Span::minutes(30);
/// What the key is used for here, and for nothing else.
const PURPOSE: &[u8] = b"sign-in link\0";
const TOKEN_CHARS: usize = 32;
/// Crockford's base 32 in lower case: five bits a character, and none is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl LinkToken {
    /// The token of the link with an id.
    pub(crate) fn of(link_id: &str, key: &TokenKey) -> Self {
        let keyed = Hmac::<Sha256>::new_from_slice(key.secret()).expect("HMAC takes keys of any length");
        let hashed = keyed.chain_update(PURPOSE).chain_update(link_id).finalize().into_bytes();
        Self(hashed.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect())
    }

    /// Its text, for the address alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl FromStr for LinkToken {
    type Err = LinkTokenError;

    fn from_str(text: &str) -> Result<Self, LinkTokenError> {
        let is_whole = text.len() == TOKEN_CHARS && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if is_whole { Ok(Self(text.into())) } else { Err(LinkTokenError) }
    }
}

impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(secret)")
    }
}

impl Store {
    /// A link, as long as it was not used and its time is not over. Looking at it does not use it: a mail's scanners
    /// follow links too.
    pub async fn read_link(&self, token: &LinkToken, now: Instant) -> Result<Option<LiveLink>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let row: Option<(String, String)> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select sign_in, name from sign_in_links
                 where token_hash = $1 and expires_at > $2 and used_at is null",
            )
            .bind(token.hash())
            .bind(now.micros())
            .fetch_optional(connection)
            .await?
        });
        Ok(row.map(|(sign_in, name)| LiveLink { sign_in, name }))
    }

    /// Forgets the links whose time was over before a moment; how many there were.
    pub async fn forget_links(&self, before: Instant) -> Result<u64, StoreError> {
        let mut work = self.write().await?;
        let forgotten = on_both!(&mut work, |connection| {
            let statement =
                sqlx::query("delete from sign_in_links where expires_at < $1").bind(before.micros());
            statement.execute(connection).await?.rows_affected()
        });
        work.commit().await?;
        Ok(forgotten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_follows_from_the_key_and_is_never_printed() {
        let token = LinkToken::of("7f", &TokenKey::new([7; 16]));
        assert_eq!(token.reveal().parse(), Ok(token.clone()));
        assert_ne!(token, LinkToken::of("7f", &TokenKey::new([8; 16])));
        assert_ne!(token, LinkToken::of("80", &TokenKey::new([7; 16])));
        assert_eq!(format!("{token:?}"), "LinkToken(secret)");
        for bad in ["", "7f", &token.reveal()[1..], &"i".repeat(TOKEN_CHARS), &"0".repeat(TOKEN_CHARS + 1)] {
            assert_eq!(bad.parse::<LinkToken>(), Err(LinkTokenError), "{bad}");
        }
    }
}
