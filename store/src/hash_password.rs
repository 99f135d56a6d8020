use std::fmt;
use std::num::NonZero;
use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::{self, Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Store, StoreError};

/// What a person proves to be themselves with. It is never printed, and kept only as a hash.
///
/// The same characters are typed as different code points on different devices, so it is taken in Unicode's
/// compatibility composition (NFKC), as NIST SP 800-63B-4, section 3.1.1.2, has it.
#[derive(Clone)]
pub struct Password(String);

/// A password's hash, with its salt and parameters.
#[derive(Clone)]
pub struct HashedPassword(String);

/// What became of looking at a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// It is another, or nobody's.
    Wrong,
    /// It is the one.
    Right,
    /// It is the one, and was hashed with other parameters than today's.
    RightOfOld,
}

/// 19 MiB, two passes, one lane: what OWASP's Password Storage Cheat Sheet asks for at the least.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash that is worked on for a sign-in that nobody has. No password is known to give it.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y291bnRlcmZvaWwtbm9ib2R5$\
                            bm9ib2R5J3MgcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXM";

/// How many hashes may wait for each that is worked on. One takes some 25 ms, so that the last in the queue waits for ten
/// seconds; whoever comes then is told to come again, before their browser gives up.
const WAITING_FOR_EACH: usize = 400;

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    Pool {
        places: Semaphore::new(cores * (1 + WAITING_FOR_EACH)),
        turns: Semaphore::new(cores),
        memory: Mutex::new(Vec::new()),
    }
});

/// Where passwords are hashed: as many at once as there are cores, for each takes one wholly, and its memory.
struct Pool {
    /// For those who wait and those who are at work.
    places: Semaphore,
    turns: Semaphore,
    /// What hashing worked in, to be used again: given back, the allocator might keep it and take more.
    memory: Mutex<Vec<Vec<Block>>>,
}

impl Password {
    /// A password as somebody typed it.
    pub fn new(typed: impl AsRef<str>) -> Self {
        Self(typed.as_ref().nfkc().collect())
    }

    pub(crate) fn chars(&self) -> usize {
        self.0.chars().count()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(secret)")
    }
}

impl HashedPassword {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HashedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashedPassword(secret)")
    }
}

impl Store {
    /// The hash under which a password is kept. It takes a core for some 25 ms, and waits for its turn.
    pub async fn hash_password(&self, password: &Password) -> Result<HashedPassword, StoreError> {
        hash_password(password).await
    }
}

/// The hash under which a password is kept, with its salt and parameters.
pub(crate) async fn hash_password(password: &Password) -> Result<HashedPassword, StoreError> {
    let password = password.clone();
    let hash = in_turn(move |memory| {
        let (params, salt) = (params_of_today(), Salt::generate());
        let output = work(&password, &salt, &params, memory)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).ok()?,
            salt: Some(salt),
            hash: Some(output),
        };
        Some(hash.to_string())
    });
    hash.await?.map(HashedPassword).ok_or(StoreError::Hashing)
}

/// Whether a password is the one that was hashed; `None` takes as long as any hash, and is never it.
pub(crate) async fn look_at_password(
    password: &Password,
    hash: Option<String>,
) -> Result<Looked, StoreError> {
    let password = password.clone();
    let looked = in_turn(move |memory| {
        let is_known = hash.is_some();
        let kept = PasswordHash::new(&hash.unwrap_or_else(|| NOBODYS_HASH.to_owned())).ok()?;
        let params = Params::try_from(&kept).ok()?;
        let output = work(&password, &kept.salt?, &params, memory)?;
        // Compared in a time that tells nothing of where they differ.
        let is_same = kept.hash? == output;
        Some(match (is_same && is_known, is_of_today(&params)) {
            (false, _) => Looked::Wrong,
            (true, true) => Looked::Right,
            (true, false) => Looked::RightOfOld,
        })
    });
    looked.await?.ok_or(StoreError::Unreadable("password hash"))
}

fn params_of_today() -> Params {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(Params::DEFAULT_OUTPUT_LEN))
        .expect("the parameters are within Argon2's bounds")
}

fn is_of_today(params: &Params) -> bool {
    (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
}

/// What a password comes to, worked out in memory that grows once and is used again.
fn work(password: &Password, salt: &Salt, params: &Params, memory: &mut Vec<Block>) -> Option<Output> {
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    Output::init_with(length, |output| {
        argon2
            .hash_password_into_with_memory(password.0.as_bytes(), salt, output, &mut memory[..blocks])
            .map_err(|_| phc::Error::ParamValueInvalid)
    })
    .ok()
}

/// Runs what takes a core on a thread of its own. It keeps its turn until it ends, even when nobody waits for it.
async fn in_turn<T: Send + 'static>(
    work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
) -> Result<T, StoreError> {
    let place = POOL.places.try_acquire().map_err(|_| StoreError::Busy)?;
    let turn = POOL.turns.acquire().await.expect("the turns are never closed");
    let run = move || {
        let mut memory = POOL.memory.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let done = work(&mut memory);
        // What was worked out from a password is in it no longer once the next one is.
        POOL.memory.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        drop((turn, place));
        done
    };
    tokio::task::spawn_blocking(run).await.map_err(|_| StoreError::Hashing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "correct horse battery staple";

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let password = Password::new(PASSWORD);
        let hash = hash_password(&password).await.unwrap().0;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let looked =
            async |password: &str, hash| look_at_password(&Password::new(password), hash).await.unwrap();
        assert_eq!(looked(PASSWORD, Some(hash.clone())).await, Looked::Right);
        assert_eq!(looked("correct horse battery stable", Some(hash)).await, Looked::Wrong);
        assert_eq!(looked(PASSWORD, None).await, Looked::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_known_as_old() {
        use argon2::PasswordHasher;
        let cheaper =
            Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1_024, 1, 1, None).unwrap());
        let old = cheaper.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
        let looked = look_at_password(&Password::new(PASSWORD), Some(old)).await.unwrap();
        assert_eq!(looked, Looked::RightOfOld);
    }

    #[tokio::test]
    async fn the_same_characters_are_the_same_password_however_they_are_typed() {
        let hash = hash_password(&Password::new("mañana será otro día")).await.unwrap().0;
        let decomposed = "man\u{303}ana sera\u{301} otro di\u{301}a";
        assert_eq!(look_at_password(&Password::new(decomposed), Some(hash)).await.unwrap(), Looked::Right);
        assert_eq!(Password::new(decomposed).chars(), 20);
    }

    #[test]
    fn nobodys_hash_is_of_the_same_work_as_anybodys() {
        let parsed = PasswordHash::new(NOBODYS_HASH).unwrap();
        assert!(is_of_today(&Params::try_from(&parsed).unwrap()));
        assert_eq!(parsed.hash.unwrap().len(), Params::DEFAULT_OUTPUT_LEN);
    }

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(format!("{:?}", Password::new("hunter2")), "Password(secret)");
        assert_eq!(format!("{:?}", HashedPassword("$argon2id$".to_owned())), "HashedPassword(secret)");
    }
}
