use crate::keep_preferences::NoticesRow;
use crate::{Notices, Store, StoreError, on_both};

/// How somebody wants to be told things, for the operator's senders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedPreferences {
    /// The account.
    pub account: String,
    /// The address that they sign in with.
    pub address: String,
    /// The language that they chose, if they did.
    pub language: Option<String>,
    /// The zone that they chose, if they did.
    pub time_zone: Option<String>,
    /// What they chose.
    pub notices: Notices,
    user: String,
}

#[derive(sqlx::FromRow)]
struct ChosenRow {
    account_id: String,
    user_id: String,
    sign_in: String,
    language: Option<String>,
    time_zone: Option<String>,
    #[sqlx(flatten)]
    notices: NoticesRow,
}

/// People who are read at once.
const PEOPLE_AT_ONCE: i64 = 1_000;

impl Store {
    /// How people want to be told things who chose anything, by account: some behind one of them, or the first.
    pub async fn export_preferences(
        &self,
        after: Option<&ExportedPreferences>,
    ) -> Result<Vec<ExportedPreferences>, StoreError> {
        let (account, user) = after.map_or(("", ""), |after| (&after.account, &after.user));
        let mut work = self.begin_jobs().await?;
        let rows: Vec<ChosenRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select preferences.account_id, preferences.user_id, sign_in, language, time_zone, channels_off,
                        alert_flagged, alert_lookup, digest
                 from preferences
                 join users on users.user_id = preferences.user_id and users.account_id = preferences.account_id
                 where (preferences.account_id, preferences.user_id) > ($1, $2)
                 order by preferences.account_id, preferences.user_id limit $3",
            )
            .bind(account)
            .bind(user)
            .bind(PEOPLE_AT_ONCE)
            .fetch_all(connection)
            .await?
        });
        rows.into_iter().map(ChosenRow::into_exported).collect()
    }
}

impl ChosenRow {
    fn into_exported(self) -> Result<ExportedPreferences, StoreError> {
        Ok(ExportedPreferences {
            account: self.account_id,
            user: self.user_id,
            address: self.sign_in,
            language: self.language,
            time_zone: self.time_zone,
            notices: self.notices.into_notices()?,
        })
    }
}
