use std::collections::{BTreeMap, HashMap};

use app::session_key::{BROWSER, PROOF, RENEWS, USER};
use async_trait::async_trait;
use engine::Instant;
use serde_json::Value;
use store::{
    Renewal, SESSION_IDLE_MAX, SESSION_TIME_MAX, SessionKey, SessionRecord, SignInProof, Store, StoreError,
    UserId,
};
use time::{Duration, OffsetDateTime};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use super::look_quietly::is_quiet;
use crate::clock::now;

/// How long a session lasts in which nothing is asked for.
pub(super) const IDLE_MAX: Duration = Duration::microseconds(SESSION_IDLE_MAX.micros());
/// Ids drawn before giving up; of 128 random bits not even two are ever the same.
const IDS_DRAWN_MAX: usize = 4;

/// tower-sessions' store on ours: it keeps a session under the hash of its id, saves only one that exists, and ends it
/// when its time is over, however busy it is.
#[derive(Clone, Debug)]
pub(super) struct KeptSessions {
    store: Store,
}

impl KeptSessions {
    pub(super) fn new(store: Store) -> Self {
        Self { store }
    }
}

impl KeptSessions {
    /// Gives a session its new id. One that was ended meanwhile has no place for it, and gets none.
    async fn renew(&self, record: &Record, renewal: Option<Renewal>) -> Result<()> {
        let renewal = renewal.ok_or_else(|| Error::Encode("no session is to be renewed".to_owned()))?;
        let key = SessionKey::of(record.id.0);
        let renewed = self.store.renew_session(&renewal, &key, &kept(record)?).await.map_err(backend)?;
        let ended = || Error::Backend("the session ended while it was renewed".to_owned());
        renewed.then_some(()).ok_or_else(ended)
    }
}

/// Begins a session for a person; its id, as a cookie has it.
pub(crate) async fn begin_session(store: &Store, user: &UserId) -> Result<String> {
    let mut record = Record {
        id: Id::default(),
        data: HashMap::from([(USER.to_owned(), Value::from(user.as_str()))]),
        expiry_date: ends_after(IDLE_MAX)?,
    };
    KeptSessions::new(store.clone()).create(&mut record).await?;
    Ok(record.id.to_string())
}

/// Ends a session by its id, as a cookie has it.
pub(crate) async fn end_session(store: &Store, id: &str) -> Result<()> {
    let id: Id = id.parse().map_err(|_| Error::Decode("this is no session's id".to_owned()))?;
    KeptSessions::new(store.clone()).delete(&id).await
}

#[async_trait]
impl SessionStore for KeptSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if let Some(renews) = text(record, RENEWS) {
            return self.renew(record, Renewal::of(renews)).await;
        }
        let browser = text(record, BROWSER).unwrap_or_default().to_owned();
        let proof = text(record, PROOF).map(SignInProof::read);
        for _ in 0..IDS_DRAWN_MAX {
            let key = SessionKey::of(record.id.0);
            let created = self.store.create_session_in(&key, &kept(record)?, &browser, proof.as_ref()).await;
            if created.map_err(backend)? {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("every id that was drawn is taken".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        if is_quiet() {
            return Ok(());
        }
        let (key, kept) = (SessionKey::of(record.id.0), kept(record)?);
        if self.store.is_session_saved(&key, &kept).await.map_err(backend)? {
            return Ok(());
        }
        let saved = self.store.save_session(&key, &kept).await.map_err(backend)?;
        if !saved {
            tracing::debug!("a session that has ended was not saved");
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let loaded = self.store.load_session(&SessionKey::of(id.0), now()).await.map_err(backend)?;
        let Some(session) = loaded else { return Ok(None) };
        let data: HashMap<String, Value> =
            serde_json::from_str(&session.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expires = i128::from(session.expires_at.micros()) * 1000;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(expires)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete_session(&SessionKey::of(id.0)).await.map_err(backend)
    }
}

fn kept(record: &Record) -> Result<SessionRecord> {
    // Where a session comes from and what it is told by has columns of its own, or is of one request alone.
    let data: BTreeMap<&String, &Value> =
        record.data.iter().filter(|(name, _)| ![BROWSER, PROOF, RENEWS].contains(&name.as_str())).collect();
    let data = serde_json::to_string(&data).map_err(|error| Error::Encode(error.to_string()))?;
    let user_id: Option<UserId> = text(record, USER)
        .map(str::parse)
        .transpose()
        .map_err(|_| Error::Encode("the session's user is no user id".to_owned()))?;
    let micros = record.expiry_date.unix_timestamp_nanos() / 1000;
    let expires_at = Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX));
    let seen_at = now();
    Ok(SessionRecord { user_id, data, seen_at, expires_at, ends_at: seen_at.plus(SESSION_TIME_MAX) })
}

fn text<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    record.data.get(name).and_then(Value::as_str)
}

fn ends_after(span: Duration) -> Result<OffsetDateTime> {
    let ends = i128::from(now().micros()) * 1000 + span.whole_nanoseconds();
    OffsetDateTime::from_unix_timestamp_nanos(ends).map_err(|error| Error::Encode(error.to_string()))
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}
