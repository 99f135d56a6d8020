use engine::{Instant, Span};
use sha2::{Digest, Sha256};

use crate::{KeyId, Store, StoreError, StoreTransaction, on_both};

/// That a body is handed in under an Idempotency-Key of a sender's own.
#[derive(Clone, Debug)]
pub struct IdempotencyClaim {
    key: KeyId,
    idempotency_key: String,
    content_hash: [u8; 32],
}

/// The longest Idempotency-Key, in bytes: twice the text of a UUID is more than any sender needs.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 72;
/// How long a key is kept: a sender that tries again for longer than a week has given up.
const KEPT: Span = Span::days(7);

impl IdempotencyClaim {
    /// The claim of a body under a key that a sender made up.
    pub fn new(key: KeyId, idempotency_key: &str, body: &[u8]) -> Self {
        let idempotency_key = idempotency_key.to_owned();
        Self { key, idempotency_key, content_hash: Sha256::digest(body).into() }
    }
}

impl Store {
    /// Forgets the Idempotency-Keys that were used long ago.
    pub async fn delete_old_idempotency_keys(&self, now: Instant) -> Result<(), StoreError> {
        let mut work = self.write().await?;
        on_both!(&mut work, |connection| {
            sqlx::query("delete from idempotency_keys where used_at < $1")
                .bind(now.minus(KEPT).micros())
                .execute(connection)
                .await?;
        });
        work.commit().await
    }
}

/// Keeps what is handed in under the key; `false` where something else was.
pub(crate) async fn claim_idempotency(
    work: &mut StoreTransaction,
    claim: &IdempotencyClaim,
    now: Instant,
) -> Result<bool, StoreError> {
    let kept: Vec<u8> = on_both!(work, |connection| {
        let statement = sqlx::query_scalar(
            "insert into idempotency_keys (key_id, idempotency_key, content_hash, used_at)
             values ($1, $2, $3, $4)
             on conflict (key_id, idempotency_key) do update set used_at = excluded.used_at
             returning content_hash",
        );
        let statement = statement.bind(claim.key.as_str()).bind(&claim.idempotency_key);
        let statement = statement.bind(claim.content_hash.as_slice()).bind(now.micros());
        statement.fetch_one(connection).await?
    });
    Ok(kept == claim.content_hash)
}
