//! Who keeps a connection busy with nothing is cut off, beside those who ask.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use server::clock::begin_timing;
use server::serve::{ConnectionBounds, answer_connections};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const HEADER_TIME_MAX: Duration = Duration::from_millis(600);
/// Long enough on a busy machine for what takes no time.
const PATIENCE: Duration = Duration::from_secs(20);
const REQUEST: &str = "GET / HTTP/1.1\r\nhost: house\r\n\r\n";

struct Answering {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    run: JoinHandle<()>,
}

impl Answering {
    /// Tells each who asks from which address they do, and takes a moment at `/slow`.
    async fn begin(bounds: ConnectionBounds) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
            .route(
                "/slow",
                get(|| async {
                    sleep(HEADER_TIME_MAX * 2).await;
                    "slow"
                }),
            );
        let (stop, stopped) = oneshot::channel::<()>();
        let run = tokio::spawn(answer_connections(listener, router, bounds, async {
            stopped.await.unwrap_or_default();
        }));
        Self { address, stop: Some(stop), run }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

fn bounds() -> ConnectionBounds {
    ConnectionBounds { header_time_max: HEADER_TIME_MAX, ..ConnectionBounds::default() }
}

/// What comes until the other side ends, or until the answer is whole that was waited for.
async fn read_until(stream: &mut TcpStream, whole: &str) -> String {
    let mut read = String::new();
    let mut bytes = [0; 1024];
    while !read.contains(whole) {
        match timeout(PATIENCE, stream.read(&mut bytes)).await.expect("it answers or ends") {
            Ok(0) | Err(_) => break,
            Ok(count) => read.push_str(std::str::from_utf8(&bytes[..count]).unwrap()),
        }
    }
    read
}

async fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    let address = stream.local_addr().unwrap().to_string();
    let answer = read_until(stream, &address).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&address), "{answer}");
    answer
}

/// Sends a header byte after byte until the other side has had enough; how long that took.
async fn dribble(mut stream: TcpStream) -> Duration {
    let began = begin_timing();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: house\r\nx-long: ").await.unwrap();
    let mut byte = [0; 256];
    while began.elapsed() < PATIENCE {
        if stream.write_all(b"x").await.is_err() {
            break;
        }
        if let Ok(Ok(0) | Err(_)) = timeout(Duration::from_millis(20), stream.read(&mut byte)).await {
            break;
        }
    }
    began.elapsed()
}

#[tokio::test]
async fn whoever_dribbles_headers_is_cut_off_and_others_are_served() {
    let answering = Answering::begin(bounds()).await;
    let dribbling: Vec<_> = [answering.connect().await, answering.connect().await].map(dribble).into();
    let dribbling = tokio::spawn(futures_util::future::join_all(dribbling));
    let mut beside = answering.connect().await;
    ask(&mut beside).await;
    ask(&mut beside).await;
    for took in dribbling.await.unwrap() {
        assert!(took >= HEADER_TIME_MAX && took < PATIENCE, "{took:?}");
    }
    // Who is slow, and not too slow, is served as well.
    let mut slow = answering.connect().await;
    let (first, rest) = REQUEST.split_at(20);
    slow.write_all(first.as_bytes()).await.unwrap();
    sleep(HEADER_TIME_MAX / 4).await;
    slow.write_all(rest.as_bytes()).await.unwrap();
    assert!(read_until(&mut slow, "\r\n\r\n").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn no_more_connections_are_answered_than_there_is_room_for() {
    let one = ConnectionBounds { connections_max: 1, header_time_max: PATIENCE, ..bounds() };
    let answering = Answering::begin(one).await;
    let mut first = answering.connect().await;
    ask(&mut first).await;
    let mut second = answering.connect().await;
    second.write_all(REQUEST.as_bytes()).await.unwrap();
    let mut byte = [0; 1];
    assert!(timeout(HEADER_TIME_MAX, second.read(&mut byte)).await.is_err(), "it waits");
    ask(&mut first).await;
    drop(first);
    assert!(read_until(&mut second, "\r\n\r\n").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_connection_lasts_so_long_and_no_longer() {
    let short =
        ConnectionBounds { connection_time_max: HEADER_TIME_MAX, header_time_max: PATIENCE, ..bounds() };
    let answering = Answering::begin(short).await;
    let mut stream = answering.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: house\r\n\r\n").await.unwrap();
    let answer = read_until(&mut stream, "never").await;
    assert!(
        answer.contains("connection: close") && answer.ends_with("slow"),
        "what had begun is ended: {answer}"
    );
}

#[tokio::test]
async fn told_to_stop_it_ends_what_has_begun_and_begins_nothing() {
    let mut answering = Answering::begin(ConnectionBounds { header_time_max: PATIENCE, ..bounds() }).await;
    let (mut idle, mut busy) = (answering.connect().await, answering.connect().await);
    ask(&mut idle).await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nhost: house\r\n\r\n").await.unwrap();
    sleep(HEADER_TIME_MAX / 2).await;
    drop(answering.stop.take());
    assert!(read_until(&mut busy, "never").await.ends_with("slow"));
    assert_eq!(read_until(&mut idle, "never").await, "");
    timeout(PATIENCE, answering.run).await.expect("it ends").unwrap();
    assert!(TcpStream::connect(answering.address).await.is_err());
}

#[tokio::test]
async fn more_headers_than_anybody_sends_are_refused() {
    let answering = Answering::begin(bounds()).await;
    for (headers, status) in [(10, "200"), (200, "431")] {
        let mut stream = answering.connect().await;
        let many: Vec<String> = (0..headers).map(|number| format!("x-{number}: y\r\n")).collect();
        let many = many.concat();
        stream.write_all(format!("GET / HTTP/1.1\r\nhost: house\r\n{many}\r\n").as_bytes()).await.unwrap();
        let answer = read_until(&mut stream, "\r\n\r\n").await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{headers}: {answer}");
    }
}
