//! News of a history while its page is open: that something changed, for whoever may know, and nothing of what.

use std::time::Duration;

use engine::{AccountId, Span};
use reqwest::{Client, Response, StatusCode};
use serde_json::json;
use store::{SessionKey, Store};
use tokio::time::timeout;
use tower_sessions::session::Id;

use crate::house::House;
use crate::place::{Place, on_both_databases};
use crate::serve_and_stop::Serving;
use crate::v1;
use crate::visitor::{Visitor, send};

const LIVE: &str = "/history/live";
/// As long as the session of a stream may go unlooked at, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);
const NO_EVENT: &str = ":\n\n";

/// A stream, and all that came of it.
struct Stream {
    response: Response,
    came: String,
}

impl Stream {
    async fn open(visitor: &Visitor) -> Self {
        let response = visitor.asking(LIVE).header("accept-encoding", "br, gzip").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Self { response, came: String::new() }
    }

    /// The next event; nothing at the stream's end.
    async fn next(&mut self) -> Option<String> {
        loop {
            let chunk = timeout(PATIENCE, self.response.chunk()).await.expect("something comes");
            let Ok(Some(chunk)) = chunk else { return None };
            let event = String::from_utf8(chunk.to_vec()).unwrap();
            self.came.push_str(&event);
            if event != NO_EVENT {
                return Some(event);
            }
        }
    }

    async fn version(&mut self) -> i64 {
        let event = self.next().await.expect("an event");
        let number = event.strip_prefix("data: ").and_then(|rest| rest.strip_suffix("\n\n"));
        number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("a number alone: {event}"))
    }
}

/// Hands in a message that matches nothing.
async fn send_message(house: &House, store: &Store, account: &AccountId, id: &str) {
    let key = v1::key(store, Span::days(1)).await;
    let message = json!({ "id": id, "account": account, "channel": "sms", "recipient": "+12065550123",
        "sent_at": "2026-04-19T10:05:00Z", "text": "Our shop is open till nine." });
    let request = Client::builder().no_proxy().build().unwrap().post(house.url("/v1/messages"));
    let request = request.bearer_auth(key).header("content-type", v1::NDJSON).body(message.to_string());
    let answer = send(request).await;
    assert!(answer.body.contains("\"outcome\":\"new\""), "{}", answer.body);
}

on_both_databases!(whoever_may_know_is_told_that_something_changed_and_not_what, |place| {
    let house = House::open(place).await;
    let store = place.store().await;
    let (touched, untouched) = (&house.touched.customer.account, &house.untouched.customer.account);
    let visitor = house.signed_in(&house.touched).await;
    let mut stream = Stream::open(&visitor).await;
    let mut others = Stream::open(&house.signed_in(&house.untouched).await).await;
    let header = |name: &str| stream.response.headers().get(name).map(|value| value.to_str().unwrap());
    assert_eq!(header("content-type"), Some("text/event-stream"));
    assert_eq!((header("cache-control"), header("content-encoding")), (Some("no-store"), None));
    assert_eq!(header("set-cookie"), None);
    let (version, of_others) = (stream.version().await, others.version().await);
    let page = visitor.get("/history").await;
    assert!(page.body.contains(&format!("data-version=\"{version}\"")), "what the page shows is known");

    send_message(&house, &store, touched, "M-LIVE-1").await;
    assert_eq!(stream.version().await, version + 1);
    send_message(&house, &store, untouched, "M-LIVE-2").await;
    assert_eq!(
        others.version().await,
        of_others + 1,
        "nothing of what others are sent, and all of their own"
    );
    send_message(&house, &store, touched, "M-LIVE-3").await;
    assert_eq!(stream.version().await, version + 2);
    let page = visitor.get("/history").await;
    assert!(page.messages().contains("M-LIVE-3") && page.body.contains(&format!("=\"{}\"", version + 2)));

    for came in [&stream.came, &others.came] {
        let is_told = |line: &str| line.is_empty() || line == ":" || line.starts_with("data: ");
        assert!(came.lines().all(is_told), "{came}");
    }
});

on_both_databases!(a_stream_is_opened_by_a_session_and_ends_with_it, |place| {
    let house = House::open(place).await;
    let store = place.store().await;
    for stranger in [house.visitor(), house.at_desk(&house.agent).await, house.at_audit().await] {
        let answer = stranger.get(LIVE).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNAUTHORIZED, ""));
    }
    let visitor = house.visitor();
    let cookie = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let mut stream = Stream::open(&visitor).await;
    stream.version().await;
    visitor.post("/sign-out", &[]).await;
    send_message(&house, &store, &house.touched.customer.account, "M-LIVE-1").await;
    assert_eq!(stream.next().await.as_deref(), Some("event: ended\ndata:\n\n"), "{}", stream.came);
    assert_eq!(stream.next().await, None, "it ends");
    assert_eq!(visitor.get_with_cookie(LIVE, &cookie).await.status, StatusCode::UNAUTHORIZED);
});

#[tokio::test]
async fn a_session_that_ends_while_nothing_happens_ends_its_stream() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    let mut stream = Stream::open(&house.signed_in(&house.touched).await).await;
    stream.version().await;
    // The first look of the server is over, and nothing more happens.
    let quiet = timeout(PATIENCE, stream.response.chunk()).await.unwrap().unwrap().unwrap();
    assert_eq!(quiet, NO_EVENT);
    place.run_sql("delete from sessions").await;
    assert_eq!(stream.next().await.as_deref(), Some("event: ended\ndata:\n\n"));
}

on_both_databases!(a_session_has_so_many_streams_and_gets_their_places_back, |place| {
    let house = House::open(place).await;
    let visitor = house.signed_in(&house.touched).await;
    let mut streams = Vec::new();
    for _ in 0..3 {
        streams.push(Stream::open(&visitor).await);
    }
    let refused = visitor.get(LIVE).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!refused.header("retry-after").is_empty());
    let open = async || {
        let metrics = visitor.get("/metrics").await.body;
        let line = metrics.lines().find(|line| line.starts_with("counterfoil_live_streams "));
        line.expect("they are counted").to_owned()
    };
    assert_eq!(open().await, "counterfoil_live_streams 3");
    let mut another = Stream::open(&house.signed_in(&house.touched).await).await;
    another.version().await;
    streams.pop();
    let opened = timeout(PATIENCE, async {
        while visitor.asking(LIVE).send().await.unwrap().status() != StatusCode::OK {
            tokio::task::yield_now().await;
        }
    });
    opened.await.expect("a place that was left is free");
});

on_both_databases!(what_looks_by_itself_keeps_no_session_alive, |place| {
    let house = House::open(place).await;
    let store = place.store().await;
    let visitor = house.visitor();
    let cookie = visitor.sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let id: Id = cookie.split_once('=').unwrap().1.parse().unwrap();
    let ends = async || {
        let now = server::clock::now();
        store.load_session(&SessionKey::of(id.0), now).await.unwrap().unwrap().expires_at
    };
    place
        .run_sql("update sessions set seen_at = seen_at - 300000000, expires_at = expires_at - 300000000")
        .await;
    let before = ends().await;
    let looked = send(visitor.asking("/history").header("x-counterfoil-by-itself", "1")).await;
    assert_eq!(looked.status, StatusCode::OK);
    Stream::open(&visitor).await.version().await;
    assert_eq!(ends().await, before, "nobody was there");
    visitor.get("/history").await;
    assert!(ends().await > before, "somebody was");
});

#[tokio::test]
async fn a_server_that_is_told_to_stop_waits_for_no_stream() {
    let place = Place::sqlite();
    let house = House::open(&place).await;
    let cookie = house.visitor().sign_in(&house.touched.customer.sign_in, house.touched.password).await;
    let serving = Serving::begin(&place);
    let visitor = serving.visitor();
    let mut stream = Stream {
        response: visitor.asking(LIVE).header("cookie", cookie).send().await.unwrap(),
        came: String::new(),
    };
    stream.version().await;
    let began = server::clock::begin_timing();
    let stopping = tokio::task::spawn_blocking(|| serving.stop());
    assert_eq!(stream.next().await, None);
    let log = stopping.await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(20) && !log.contains("cut off"), "{log}");
}
