use crate::add_user::{PASSWORD_BYTES_MAX, SIGN_IN_CHARS_MAX};
use crate::hash_password::is_password;
use crate::user::{UserRow, kept_sign_in};
use crate::{Password, SignedIn, Store, StoreError, on_both};

#[derive(sqlx::FromRow)]
struct KnownRow {
    password_hash: String,
    #[sqlx(flatten)]
    user: UserRow,
}

impl Store {
    /// Who signs in so; `None` where the password is wrong or nobody does, and either takes the same work.
    pub async fn verify_sign_in(
        &self,
        sign_in: &str,
        password: &Password,
    ) -> Result<Option<SignedIn>, StoreError> {
        let (claimed, is_proved) = self.prove_sign_in(sign_in, password).await?;
        Ok(claimed.filter(|_| is_proved))
    }

    /// Who it is that somebody claims to be, and whether the password is theirs.
    pub(crate) async fn prove_sign_in(
        &self,
        sign_in: &str,
        password: &Password,
    ) -> Result<(Option<SignedIn>, bool), StoreError> {
        if sign_in.chars().count() > SIGN_IN_CHARS_MAX || password.bytes() > PASSWORD_BYTES_MAX {
            return Ok((None, false));
        }
        let known = self.read_known(&kept_sign_in(sign_in)).await?;
        let (hash, user) = known.map(|row| (row.password_hash, row.user)).unzip();
        let is_proved = is_password(password, hash).await?;
        Ok((user.map(UserRow::into_signed_in).transpose()?, is_proved))
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
