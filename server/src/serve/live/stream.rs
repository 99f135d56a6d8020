use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::Request;
use bytes::Bytes;
use engine::AccountId;
use futures_util::stream::unfold;
use http::StatusCode;
use store::{HistoryVersion, SessionKey};
use tokio::time::{Instant, sleep, sleep_until};

use super::{LiveDesk, Place, failed};
use crate::clock::{begin_timing, now};
use crate::serve::answer_connections::ConnectionEnds;

/// How often a stream on which nothing happens shows that it is there, and that its session is.
const CHECK_EVERY: Duration = Duration::from_secs(15);
/// How long before its connection a stream ends, so that it is not cut off.
const EARLIER: Duration = Duration::from_secs(5);
/// How long a stream lasts where it is not known how long its connection does.
const STREAM_TIME_MAX: Duration = Duration::from_mins(10);

/// The news of one history, for one session. It has no connection to the database while it waits.
pub(super) struct Stream {
    desk: LiveDesk,
    place: Place,
    /// What is told first, and then what was told last.
    version: HistoryVersion,
    stage: Stage,
    ends: Instant,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Begins,
    Waits,
    Ended,
}

/// When a stream has to end that answers a request.
pub(super) fn ends_of(request: &Request) -> Instant {
    let connection = request.extensions().get::<ConnectionEnds>();
    connection.map_or_else(|| Instant::from(begin_timing()) + STREAM_TIME_MAX, |ends| ends.0 - EARLIER)
}

impl LiveDesk {
    /// The account of which a session may read now, if it lives and personal pages are open.
    pub(super) async fn account_of(&self, session: &SessionKey) -> Result<Option<AccountId>, StatusCode> {
        if self.are_pages_closed.load(Ordering::Relaxed) {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let signed_in = self.store.scope_of_session(session, now()).await.map_err(failed)?;
        Ok(signed_in.map(|signed_in| signed_in.scope.account().clone()))
    }
}

impl Stream {
    pub(super) fn new(desk: LiveDesk, place: Place, version: HistoryVersion, ends: Instant) -> Self {
        Self { desk, place, version, stage: Stage::Begins, ends }
    }

    /// The stream as it is sent. What comes next is made when the last was taken, so that a slow reader has none waiting.
    pub(super) fn into_events(self) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + Send {
        unfold(self, |mut stream| async move {
            let event = stream.next().await?;
            Some((Ok(Bytes::from(event)), stream))
        })
    }

    async fn next(&mut self) -> Option<String> {
        match self.stage {
            Stage::Ended => return None,
            Stage::Begins => {
                self.stage = Stage::Waits;
                return Some(self.told());
            }
            Stage::Waits => {}
        }
        let mut ended = self.place.live.ended.subscribe();
        tokio::select! {
            biased;
            _ = ended.wait_for(|ended| *ended) => return None,
            () = sleep_until(self.ends) => return None,
            _ = self.place.versions.changed() => {}
            () = sleep(CHECK_EVERY) => {}
        }
        match self.desk.account_of(&self.place.session).await {
            Ok(Some(account)) if account == self.place.account => {}
            Ok(_) => {
                self.stage = Stage::Ended;
                return Some("event: ended\ndata:\n\n".to_owned());
            }
            Err(_) => return None,
        }
        // A version of zero is none: nobody has looked yet.
        let version = *self.place.versions.borrow_and_update();
        if version == 0 || version == self.version {
            return Some(":\n\n".to_owned());
        }
        self.version = version;
        Some(self.told())
    }

    fn told(&self) -> String {
        format!("data: {}\n\n", self.version)
    }
}
