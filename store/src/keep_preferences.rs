use engine::{Instant, Language, TimeZone};

use crate::{SessionKey, Store, StoreError, on_both};

/// What a person chose for themselves; `None`: as their account has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language in which pages speak to them.
    pub language: Option<Language>,
    /// The zone in which times are told to them.
    pub time_zone: Option<TimeZone>,
}

impl Store {
    /// Keeps what the person chose whose live session this is; `false` where it is nobody's, and then nothing is kept.
    pub async fn keep_preferences(
        &self,
        key: &SessionKey,
        preferences: &Preferences,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let language = preferences.language.map(Language::tag);
        let time_zone = preferences.time_zone.clone().map(String::from);
        let mut work = self.write().await?;
        let kept = on_both!(&mut work, |connection| {
            sqlx::query(
                "update users set language = $3, time_zone = $4
                 where user_id = (select user_id from sessions
                                  where session_hash = $1 and expires_at > $2 and ends_at > $2)",
            )
            .bind(key.hash())
            .bind(now.micros())
            .bind(language)
            .bind(time_zone)
            .execute(connection)
            .await?
            .rows_affected()
        });
        work.commit().await?;
        Ok(kept > 0)
    }
}
