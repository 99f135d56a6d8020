use std::fmt;
use std::num::NonZero;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::StoreError;

/// What a person proves to be themselves with. It is never printed, and kept only as a hash.
#[derive(Clone)]
pub struct Password(String);

/// 19 MiB, two passes, one lane: what OWASP's Password Storage Cheat Sheet asks for at the least.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash that is worked on for a sign-in that nobody has. No password is known to give it.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$\
                            bm9ib2R5J3MgcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXM";

/// As many at once as there are cores: each takes one wholly, and its memory.
static TURNS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, NonZero::get)));

impl Password {
    /// A password as somebody typed it.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    pub(crate) fn chars(&self) -> usize {
        self.0.chars().count()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(secret)")
    }
}

/// The hash under which a password is kept, with its salt and parameters.
pub(crate) async fn hash_password(password: &Password) -> Result<String, StoreError> {
    let password = password.clone();
    in_turn(move || hasher().hash_password(password.0.as_bytes()).map(|hash| hash.to_string()).ok())
        .await?
        .ok_or(StoreError::Hashing)
}

/// Whether a password is the one that was hashed; `None` takes as long as any hash, and is never it.
pub(crate) async fn is_password(password: &Password, hash: Option<String>) -> Result<bool, StoreError> {
    let password = password.clone();
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS_HASH.to_owned());
        let parsed = PasswordHash::new(&hash).map_err(|_| StoreError::Unreadable("password hash"))?;
        Ok(hasher().verify_password(password.0.as_bytes(), &parsed).is_ok() && known)
    })
    .await?
}

fn hasher() -> Argon2<'static> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Runs what takes a core on a thread of its own. It keeps its turn until it ends, even when nobody waits for it.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let turn = TURNS.acquire().await.expect("the turns are never closed");
    let run = move || {
        let done = work();
        drop(turn);
        done
    };
    tokio::task::spawn_blocking(run).await.map_err(|_| StoreError::Hashing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let password = Password::new("correct horse battery staple");
        let hash = hash_password(&password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_password(&password, Some(hash.clone())).await.unwrap());
        assert!(!is_password(&Password::new("correct horse battery stable"), Some(hash)).await.unwrap());
        assert!(!is_password(&password, None).await.unwrap());
    }

    #[test]
    fn nobodys_hash_is_of_the_same_work_as_anybodys() {
        let parsed = PasswordHash::new(NOBODYS_HASH).unwrap();
        let params = Params::try_from(&parsed).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, LANES));
        assert_eq!(parsed.hash.unwrap().len(), Params::DEFAULT_OUTPUT_LEN);
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(format!("{:?}", Password::new("hunter2")), "Password(secret)");
    }
}
