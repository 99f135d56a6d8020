use crate::user::kept_sign_in;
use crate::{Store, StoreError, StoreTransaction, UserId, on_both};

impl Store {
    /// Who signs in as that.
    pub async fn find_user(&self, sign_in: &str) -> Result<Option<UserId>, StoreError> {
        let found = user_id_of(&mut self.begin_jobs().await?, sign_in).await?;
        found.map(|id| id.parse().map_err(|_| StoreError::Unreadable("user"))).transpose()
    }
}

/// The id of whoever signs in as what was typed.
pub(crate) async fn user_id_of(
    work: &mut StoreTransaction,
    typed: &str,
) -> Result<Option<String>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_scalar("select user_id from users where sign_in = $1")
            .bind(kept_sign_in(typed))
            .fetch_optional(connection)
            .await?
    }))
}
