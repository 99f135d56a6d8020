use std::collections::{BTreeMap, BTreeSet};

use engine::{Channel, Instant, Language, TimeZone};

use crate::open_scope::signed_in;
use crate::read_account::account_zone;
use crate::{Category, Digest, Notices, SessionKey, SignedIn, Store, StoreError, StoreTransaction, on_both};

/// What a person chose for themselves; `None`: as their account has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language in which pages speak to them.
    pub language: Option<Language>,
    /// The zone in which times are told to them.
    pub time_zone: Option<TimeZone>,
}

/// The times at which something is chosen: the machine's, by which sessions end, and the records'.
#[derive(Clone, Copy, Debug)]
pub struct ChosenAt {
    /// The machine's.
    pub now: Instant,
    /// The records'.
    pub at: Instant,
}

#[derive(sqlx::FromRow)]
pub(crate) struct NoticesRow {
    pub channels_off: String,
    pub alert_flagged: i64,
    pub alert_lookup: i64,
    pub digest: String,
}

impl Store {
    /// Keeps what the customer chose whose live session this is; `false` where it is nobody's, and then nothing is kept.
    pub async fn keep_preferences(
        &self,
        key: &SessionKey,
        preferences: &Preferences,
        notices: &Notices,
        chosen: ChosenAt,
    ) -> Result<bool, StoreError> {
        let mut work = self.write().await?;
        let Some(user) = signed_in(&mut work, key, chosen.now).await? else { return Ok(false) };
        keep_language(&mut work, &user, preferences).await?;
        if let Some(account) = &user.account {
            let zone = match &preferences.time_zone {
                Some(zone) => zone.clone(),
                None => account_zone(&mut work, account).await?,
            };
            let due_at = notices.digest.next(&zone, chosen.at);
            keep_notices(&mut work, &user, notices, (chosen, due_at)).await?;
        }
        work.commit().await?;
        Ok(true)
    }

    /// How the person wants to be told things whose live session this is.
    pub async fn read_notices(&self, key: &SessionKey, now: Instant) -> Result<Notices, StoreError> {
        let mut work = self.begin_jobs().await?;
        match signed_in(&mut work, key, now).await? {
            Some(user) => notices_of(&mut work, &user).await,
            None => Ok(Notices::default()),
        }
    }
}

/// How a person wants to be told things.
pub(crate) async fn notices_of(work: &mut StoreTransaction, user: &SignedIn) -> Result<Notices, StoreError> {
    let account = user.account.as_ref().map_or("", |account| account.as_str());
    let row: Option<NoticesRow> = on_both!(work, |connection| {
        sqlx::query_as(
            "select channels_off, alert_flagged, alert_lookup, digest from preferences
             where account_id = $1 and user_id = $2",
        )
        .bind(account)
        .bind(user.user_id.as_str())
        .fetch_optional(connection)
        .await?
    });
    row.map_or_else(|| Ok(Notices::default()), NoticesRow::into_notices)
}

async fn keep_language(
    work: &mut StoreTransaction,
    user: &SignedIn,
    preferences: &Preferences,
) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query("update users set language = $2, time_zone = $3 where user_id = $1")
            .bind(user.user_id.as_str())
            .bind(preferences.language.map(Language::tag))
            .bind(preferences.time_zone.clone().map(String::from))
            .execute(connection)
            .await?;
    });
    Ok(())
}

/// A summary that comes as often as before goes on from where the last one ended.
async fn keep_notices(
    work: &mut StoreTransaction,
    user: &SignedIn,
    notices: &Notices,
    (chosen, due_at): (ChosenAt, Option<Instant>),
) -> Result<(), StoreError> {
    let account = user.account.as_ref().map_or("", |account| account.as_str());
    on_both!(work, |connection| {
        sqlx::query(
            "insert into preferences (account_id, user_id, channels_off, alert_flagged, alert_lookup, digest,
                                      digest_due_at, digest_since, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (account_id, user_id) do update set
                 channels_off = excluded.channels_off, alert_flagged = excluded.alert_flagged,
                 alert_lookup = excluded.alert_lookup, digest = excluded.digest,
                 digest_due_at = excluded.digest_due_at, changed_at = excluded.changed_at,
                 digest_since = case when preferences.digest = excluded.digest
                                     then preferences.digest_since else excluded.digest_since end",
        )
        .bind(account)
        .bind(user.user_id.as_str())
        .bind(written_off(&notices.off))
        .bind(i64::from(notices.alert_flagged))
        .bind(i64::from(notices.alert_lookup))
        .bind(notices.digest.as_str())
        .bind(due_at.map(Instant::micros))
        .bind(due_at.map(|_| chosen.at.micros()))
        .bind(chosen.now.micros())
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// By category, the channels that are off, as they are kept and exported.
pub(crate) fn written_off(off: &BTreeSet<(Category, Channel)>) -> String {
    let mut by_category: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (category, channel) in off {
        by_category.entry(category.as_str()).or_default().push(channel.as_str());
    }
    serde_json::to_string(&by_category).expect("texts are JSON")
}

impl NoticesRow {
    pub(crate) fn into_notices(self) -> Result<Notices, StoreError> {
        self.read().ok_or(StoreError::Unreadable("preference"))
    }

    fn read(self) -> Option<Notices> {
        let by_category: BTreeMap<String, Vec<String>> = serde_json::from_str(&self.channels_off).ok()?;
        let mut off = BTreeSet::new();
        for (category, channels) in by_category {
            for channel in channels {
                off.insert((Category::of(&category)?, channel.parse().ok()?));
            }
        }
        Some(Notices {
            off,
            alert_flagged: self.alert_flagged != 0,
            alert_lookup: self.alert_lookup != 0,
            digest: Digest::of(&self.digest)?,
        })
    }
}
