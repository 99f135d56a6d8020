use std::fmt;
use std::str::FromStr;

use engine::Instant;
use sha2::{Digest, Sha256};

use crate::add_user::is_line;
use crate::append_audit::append_audit;
use crate::{Act, Actor, AuditNote, Store, StoreError, on_both};

/// A key with which records are handed in over /v1, and nothing is read: its text is shown once, when it is made.
///
/// `cfk_`, 8 characters that name it, 26 secret ones (130 bits) and 6 that check the rest, so that a mistyped key is told
/// from a wrong one and a leaked one is found by its beginning.
#[derive(Clone)]
pub struct IngestKey {
    id: KeyId,
    secret: String,
}

/// What a key is called by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

/// A key as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptKey {
    /// What it is called by.
    pub id: KeyId,
    /// Whose it is, or what for.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

/// Why a key opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum KeyRefusal {
    /// It was not copied whole, or never was a key.
    #[error("this is not an ingest key: copy it whole, from `cfk_` to its end")]
    Mistyped,
    /// Nobody made it, or not for this store.
    #[error("the ingest key is not known here: `counterfoil key add` makes one")]
    Unknown,
    /// Its time is over.
    #[error("the ingest key expired: `counterfoil key add` makes another")]
    Expired,
    /// It was taken back.
    #[error("the ingest key was revoked: `counterfoil key add` makes another")]
    Revoked,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a key was not made.
#[derive(Debug, thiserror::Error)]
pub enum AddKeyError {
    /// Nothing, or more than a list shows.
    #[error("a key's name is 1 to {NAME_CHARS_MAX} characters: say whose it is")]
    Name,
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const PREFIX: &str = "cfk_";
const ID_CHARS: usize = 8;
const SECRET_CHARS: usize = 26;
const CHECK_CHARS: usize = 6;
const NAME_CHARS_MAX: usize = 100;
/// Crockford's base 32: no I, L, O or U, and in lower case easy to select by a double click.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

#[derive(sqlx::FromRow)]
struct KeyRow {
    key_id: String,
    name: String,
    secret_hash: Vec<u8>,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl Store {
    /// Makes a key that is good until `expires_at`.
    pub async fn add_ingest_key(
        &self,
        name: &str,
        expires_at: Instant,
        now: Instant,
    ) -> Result<IngestKey, AddKeyError> {
        let name = name.trim();
        if !is_line(name, NAME_CHARS_MAX) {
            return Err(AddKeyError::Name);
        }
        let key = IngestKey::draw()?;
        let mut work = self.write_audited().await?;
        on_both!(&mut work, |connection| {
            let statement = sqlx::query(
                "insert into ingest_keys (key_id, name, secret_hash, created_at, expires_at)
                 values ($1, $2, $3, $4, $5)",
            );
            let statement = statement.bind(key.id.as_str()).bind(name).bind(key.hash());
            let statement = statement.bind(now.micros()).bind(expires_at.micros());
            statement.execute(connection).await.map_err(StoreError::from)?;
        });
        let note = AuditNote::new(now, Actor::command("key add"), Act::KeyAdded).to(key.id.as_str());
        append_audit(&mut work, note).await?;
        work.commit().await?;
        Ok(key)
    }

    /// What a key that somebody shows is called by, if it is good.
    pub async fn check_ingest_key(&self, shown: &str, now: Instant) -> Result<KeyId, KeyRefusal> {
        let key: IngestKey = shown.parse()?;
        let mut work = self.begin_jobs().await?;
        let kept: Option<KeyRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select key_id, name, secret_hash, created_at, expires_at, revoked_at from ingest_keys
                 where key_id = $1",
            )
            .bind(key.id.as_str())
            .fetch_optional(connection)
            .await
            .map_err(StoreError::from)?
        });
        let kept = kept.ok_or(KeyRefusal::Unknown)?;
        // Of 130 random bits only their hash is compared: how long that takes tells nothing of them.
        if kept.secret_hash != key.hash() {
            return Err(KeyRefusal::Unknown);
        }
        if kept.revoked_at.is_some() {
            return Err(KeyRefusal::Revoked);
        }
        if kept.expires_at <= now.micros() {
            return Err(KeyRefusal::Expired);
        }
        Ok(key.id)
    }

    /// Every key there ever was, the newest first.
    pub async fn read_ingest_keys(&self) -> Result<Vec<KeptKey>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let kept: Vec<KeyRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select key_id, name, secret_hash, created_at, expires_at, revoked_at from ingest_keys
                 order by created_at desc, key_id",
            )
            .fetch_all(connection)
            .await?
        });
        Ok(kept.into_iter().map(KeyRow::into_key).collect())
    }

    /// Takes a key back; `false` where there is none, or it had been.
    pub async fn revoke_ingest_key(&self, id: &str, now: Instant) -> Result<bool, StoreError> {
        let mut work = self.write_audited().await?;
        let revoked = on_both!(&mut work, |connection| {
            sqlx::query("update ingest_keys set revoked_at = $2 where key_id = $1 and revoked_at is null")
                .bind(id)
                .bind(now.micros())
                .execute(connection)
                .await?
                .rows_affected()
        });
        if revoked > 0 {
            let note = AuditNote::new(now, Actor::command("key revoke"), Act::KeyRevoked).to(id);
            append_audit(&mut work, note).await?;
        }
        work.commit().await?;
        Ok(revoked > 0)
    }
}

impl IngestKey {
    /// Its text, for whoever is to have it.
    pub fn reveal(&self) -> String {
        let Self { id, secret } = self;
        format!("{PREFIX}{}{secret}{}", id.as_str(), check(id.as_str(), secret))
    }

    /// What it is called by.
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    #[expect(clippy::disallowed_methods, reason = "a key is the store's to draw, as users' ids are")]
    fn draw() -> Result<Self, StoreError> {
        let mut bytes = [0; ID_CHARS + SECRET_CHARS];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
        let text = written(&bytes);
        let (id, secret) = text.split_at(ID_CHARS);
        Ok(Self { id: KeyId(id.to_owned()), secret: secret.to_owned() })
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret.as_bytes()).to_vec()
    }
}

impl FromStr for IngestKey {
    type Err = KeyRefusal;

    fn from_str(text: &str) -> Result<Self, KeyRefusal> {
        let rest = text.strip_prefix(PREFIX).ok_or(KeyRefusal::Mistyped)?;
        let is_whole = rest.len() == ID_CHARS + SECRET_CHARS + CHECK_CHARS
            && rest.bytes().all(|byte| ALPHABET.contains(&byte));
        if !is_whole {
            return Err(KeyRefusal::Mistyped);
        }
        let (id, rest) = rest.split_at(ID_CHARS);
        let (secret, shown_check) = rest.split_at(SECRET_CHARS);
        if check(id, secret) != shown_check {
            return Err(KeyRefusal::Mistyped);
        }
        Ok(Self { id: KeyId(id.to_owned()), secret: secret.to_owned() })
    }
}

impl fmt::Debug for IngestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IngestKey({}, secret)", self.id.as_str())
    }
}

impl KeyId {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl KeyRow {
    fn into_key(self) -> KeptKey {
        KeptKey {
            id: KeyId(self.key_id),
            name: self.name,
            created_at: Instant::from_micros(self.created_at),
            expires_at: Instant::from_micros(self.expires_at),
            revoked_at: self.revoked_at.map(Instant::from_micros),
        }
    }
}

fn check(id: &str, secret: &str) -> String {
    let hash = Sha256::new().chain_update(PREFIX).chain_update(id).chain_update(secret).finalize();
    written(&hash[..CHECK_CHARS])
}

/// Five bits of each byte.
fn written(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_a_slip_in_it_is_told() {
        let key = IngestKey::draw().unwrap();
        let text = key.reveal();
        let read: IngestKey = text.parse().unwrap();
        assert_eq!((read.id(), read.hash()), (key.id(), key.hash()));
        assert!(!format!("{key:?}").contains(&key.secret));
        for place in PREFIX.len()..text.len() {
            let mut slipped = text.clone().into_bytes();
            slipped[place] = if slipped[place] == b'0' { b'1' } else { b'0' };
            let slipped = String::from_utf8(slipped).unwrap();
            assert!(matches!(slipped.parse::<IngestKey>(), Err(KeyRefusal::Mistyped)), "{place}");
        }
    }
}
