use crate::setting::read_setting;
use crate::{Store, StoreError, on_both};

/// What is hashed to know a key again.
const KNOWN_TEXT: &str = "counterfoil";
const SETTING: &str = "token_check";

impl Store {
    /// Refuses a database that was made with another token key: none of its tokens would be found again.
    pub(crate) async fn check_token_key(&self) -> Result<(), StoreError> {
        if !self.has_table("settings").await? {
            return Ok(());
        }
        let mut transaction = self.begin_jobs().await?;
        match read_setting(&mut transaction, SETTING).await? {
            Some(kept) if kept != self.token_check() => Err(StoreError::TokenKey),
            _ => Ok(()),
        }
    }

    /// Keeps what the key is known by, in a database that has nothing of it.
    pub(crate) async fn keep_token_key(&self) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        on_both!(&mut transaction, |connection| {
            sqlx::query("insert into settings (name, value) values ($1, $2) on conflict (name) do nothing")
                .bind(SETTING)
                .bind(self.token_check())
                .execute(connection)
                .await?;
        });
        transaction.commit().await?;
        self.check_token_key().await
    }

    fn token_check(&self) -> String {
        self.token_key().recipient_token(KNOWN_TEXT).get().to_string()
    }
}
