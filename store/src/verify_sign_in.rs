use crate::add_user::{PASSWORD_BYTES_MAX, SIGN_IN_CHARS_MAX};
use crate::hash_password::{HashedPassword, Looked, hash_password, look_at_password};
use crate::user::{UserRow, kept_sign_in};
use crate::{Password, SignInProof, SignedIn, Store, StoreError, on_both};

#[derive(sqlx::FromRow)]
struct KnownRow {
    password_hash: String,
    #[sqlx(flatten)]
    user: UserRow,
}

/// What looking at a sign-in and a password came to.
pub(crate) struct Proved {
    pub claimed: Option<SignedIn>,
    pub proof: Option<SignInProof>,
}

impl Store {
    /// Who signs in so; `None` where the password is wrong or nobody does, and either takes the same work.
    pub async fn verify_sign_in(
        &self,
        sign_in: &str,
        password: &Password,
    ) -> Result<Option<SignedIn>, StoreError> {
        let proved = self.prove_sign_in(sign_in, password).await?;
        Ok(proved.claimed.filter(|_| proved.proof.is_some()))
    }

    /// Who it is that somebody claims to be, and the proof that they are, where the password is theirs.
    pub(crate) async fn prove_sign_in(
        &self,
        sign_in: &str,
        password: &Password,
    ) -> Result<Proved, StoreError> {
        if sign_in.chars().count() > SIGN_IN_CHARS_MAX || password.bytes() > PASSWORD_BYTES_MAX {
            return Ok(Proved { claimed: None, proof: None });
        }
        let known = self.read_known(&kept_sign_in(sign_in)).await?;
        let (hash, user) = known.map(|row| (row.password_hash, row.user)).unzip();
        let user = user.map(UserRow::into_signed_in).transpose()?;
        let looked = look_at_password(password, hash.clone()).await?;
        let mut proof = hash.as_deref().map(SignInProof::of);
        if let (Looked::RightOfOld, Some(user), Some(old)) = (&looked, &user, &hash) {
            let anew = self.hash_anew(user.user_id.as_str(), password, old).await?;
            proof = Some(SignInProof::of(anew.as_str()));
        }
        Ok(Proved { claimed: user, proof: proof.filter(|_| looked != Looked::Wrong) })
    }

    /// Hashes a password by today's parameters, now that it was typed, unless it became another meanwhile.
    async fn hash_anew(
        &self,
        user: &str,
        password: &Password,
        old: &str,
    ) -> Result<HashedPassword, StoreError> {
        let hash = hash_password(password).await?;
        let mut work = self.write().await?;
        on_both!(&mut work, |connection| {
            sqlx::query("update users set password_hash = $2 where user_id = $1 and password_hash = $3")
                .bind(user)
                .bind(hash.as_str())
                .bind(old)
                .execute(connection)
                .await?;
        });
        work.commit().await?;
        Ok(hash)
    }

    async fn read_known(&self, sign_in: &str) -> Result<Option<KnownRow>, StoreError> {
        let mut transaction = self.begin_jobs().await?;
        let known = on_both!(&mut transaction, |connection| {
            sqlx::query_as(
                "select password_hash, user_id, role, name, account_id, language, time_zone from users
                 where sign_in = $1",
            )
            .bind(sign_in)
            .fetch_optional(connection)
            .await?
        });
        Ok(known)
    }
}
