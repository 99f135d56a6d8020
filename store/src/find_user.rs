use crate::user::kept_sign_in;
use crate::{Store, StoreError, UserId, on_both};

impl Store {
    /// Who signs in as that.
    pub async fn find_user(&self, sign_in: &str) -> Result<Option<UserId>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let found: Option<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select user_id from users where sign_in = $1")
                .bind(kept_sign_in(sign_in))
                .fetch_optional(connection)
                .await?
        });
        found.map(|id| id.parse().map_err(|_| StoreError::Unreadable("user"))).transpose()
    }
}
