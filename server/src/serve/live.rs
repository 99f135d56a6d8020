//! News of a history while its page is open: that it changed, and nothing of what. Who wants to know asks for the page.

mod stream;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use engine::AccountId;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use prometheus_client::metrics::gauge::Gauge;
use store::{HistoryVersion, SessionKey, Store, StoreError};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::check_marks::session_of;
use crate::canary::PagesState;

use stream::{Stream, ends_of};

/// Streams of one session: its pages that somebody looks at. A browser has six connections by HTTP/1.1, and pages need some.
const STREAMS_OF_EACH: usize = 3;
/// Streams of all: half of the connections that are answered at once.
const STREAMS_MAX: usize = 2_048;
/// How often it is looked whether another server of the same store wrote; what this one writes is seen at once.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long after a look the next may be: what comes in a burst is told once.
const LOOK_PAUSE: Duration = Duration::from_millis(300);
/// After so long it is worth asking again for a place.
const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("30");

/// Who waits for news of which history.
pub(crate) struct Live {
    waiting: Mutex<Waiting>,
    /// How many streams are open, for monitoring.
    open: Gauge,
    look: Notify,
    ended: watch::Sender<bool>,
}

#[derive(Default)]
struct Waiting {
    accounts: BTreeMap<AccountId, Listened>,
    sessions: HashMap<SessionKey, usize>,
    streams: usize,
}

/// An account of whose history somebody waits for news.
struct Listened {
    version: watch::Sender<HistoryVersion>,
    streams: usize,
}

/// A place among those who wait, until it is dropped.
struct Place {
    live: Arc<Live>,
    session: SessionKey,
    account: AccountId,
    versions: watch::Receiver<HistoryVersion>,
}

impl Live {
    /// Nobody waits yet; `open` will say how many do.
    pub(crate) fn new(open: Gauge) -> Self {
        Self { waiting: Mutex::default(), open, look: Notify::new(), ended: watch::Sender::new(false) }
    }

    /// Has histories looked at that may have changed.
    pub(crate) fn look_soon(&self) {
        self.look.notify_one();
    }

    /// Ends every stream, and begins none any more.
    pub(crate) fn end(&self) {
        self.ended.send_replace(true);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // What a thread left that panicked is still counted.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place, where there is one.
    fn take_place(self: &Arc<Self>, session: SessionKey, account: AccountId) -> Result<Place, StatusCode> {
        let mut waiting = self.waiting();
        if *self.ended.borrow() || waiting.streams >= STREAMS_MAX {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let of_session = waiting.sessions.entry(session).or_default();
        if *of_session >= STREAMS_OF_EACH {
            return Err(StatusCode::TOO_MANY_REQUESTS);
        }
        *of_session += 1;
        waiting.streams += 1;
        self.open.inc();
        let listened = waiting.accounts.entry(account.clone()).or_insert_with(Listened::new);
        listened.streams += 1;
        let versions = listened.version.subscribe();
        Ok(Place { live: Arc::clone(self), session, account, versions })
    }

    /// Looks at the histories that somebody waits for: one statement for all of them, and none while nobody waits.
    async fn follow(self: Arc<Self>, store: Store) {
        loop {
            tokio::select! {
                () = self.look.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            if let Err(error) = self.look(&store).await {
                tracing::warn!(%error, "histories that somebody waits for could not be looked at");
            }
            tokio::time::sleep(LOOK_PAUSE).await;
        }
    }

    async fn look(&self, store: &Store) -> Result<(), StoreError> {
        let listened: Vec<AccountId> = self.waiting().accounts.keys().cloned().collect();
        if listened.is_empty() {
            return Ok(());
        }
        let versions = store.history_versions(&listened).await?;
        let waiting = self.waiting();
        for (account, version) in versions {
            if let Some(listened) = waiting.accounts.get(&account) {
                listened.version.send_if_modified(|known| std::mem::replace(known, version) != version);
            }
        }
        Ok(())
    }
}

impl Listened {
    fn new() -> Self {
        Self { version: watch::Sender::new(0), streams: 0 }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.live.waiting();
        waiting.streams -= 1;
        self.live.open.dec();
        if let Some(count) = waiting.sessions.get_mut(&self.session) {
            *count -= 1;
            if *count == 0 {
                waiting.sessions.remove(&self.session);
            }
        }
        if let Some(listened) = waiting.accounts.get_mut(&self.account) {
            listened.streams -= 1;
            if listened.streams == 0 {
                waiting.accounts.remove(&self.account);
            }
        }
    }
}

/// What whoever opens streams needs.
#[derive(Clone)]
pub(super) struct LiveDesk {
    store: Store,
    cookie: &'static str,
    live: Arc<Live>,
    are_pages_closed: PagesState,
}

impl LiveDesk {
    /// Begins to look for news. It goes on for as long as the process does.
    pub(super) fn open(
        store: Store,
        cookie: &'static str,
        live: &Arc<Live>,
        are_pages_closed: &PagesState,
    ) -> Self {
        tokio::spawn(Arc::clone(live).follow(store.clone()));
        Self { store, cookie, live: Arc::clone(live), are_pages_closed: Arc::clone(are_pages_closed) }
    }
}

/// Streams that the history of whoever is signed in changed: its version at first, and each later one.
pub(super) async fn live(State(desk): State<LiveDesk>, request: Request) -> Response {
    let (session, ends) = (session_of(request.headers(), desk.cookie), ends_of(&request));
    drop(request);
    match open(&desk, session, ends).await {
        Ok(stream) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                // A proxy that gathers an answer would keep the news to itself (nginx).
                (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
            ];
            (HeaderMap::from_iter(headers), Body::from_stream(stream.into_events())).into_response()
        }
        Err(StatusCode::UNAUTHORIZED) => StatusCode::UNAUTHORIZED.into_response(),
        Err(status) => (status, [(header::RETRY_AFTER, RETRY_SECONDS)]).into_response(),
    }
}

async fn open(desk: &LiveDesk, session: Option<SessionKey>, ends: Instant) -> Result<Stream, StatusCode> {
    let session = session.ok_or(StatusCode::UNAUTHORIZED)?;
    let account = desk.account_of(&session).await?.ok_or(StatusCode::UNAUTHORIZED)?;
    let place = desk.live.take_place(session, account)?;
    let version = desk.store.history_versions([&place.account]).await.map_err(failed)?;
    let version = version.get(&place.account).copied().unwrap_or(0);
    Ok(Stream::new(desk.clone(), place, version, ends))
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn failed(error: StoreError) -> StatusCode {
    tracing::error!(%error, "who waits for news could not be looked up");
    StatusCode::SERVICE_UNAVAILABLE
}
