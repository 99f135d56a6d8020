use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::Service;

use super::bound_request::{HEAD_BYTES_MAX, HEADERS_MAX};
use crate::clock::begin_timing;

/// What holds connections back that would keep a server busy with nothing.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionBounds {
    /// How many are answered at once; more wait in the system's queue.
    pub connections_max: usize,
    /// How long a request's headers may take to come, and how long nothing may be asked for.
    pub header_time_max: Duration,
    /// How long one lasts; a client whose time is over opens another.
    pub connection_time_max: Duration,
    /// How long what has begun may take to end, once no more is to be asked for.
    pub ending_time_max: Duration,
}

impl Default for ConnectionBounds {
    fn default() -> Self {
        Self {
            // A proxy's or a busy day's; at some 20 kB each it is 80 MB, and half of the files that a process may have open.
            connections_max: 4096,
            // A phone with one bar sends its kilobyte within that.
            header_time_max: Duration::from_secs(20),
            // Whoever reads an answer a byte a minute has a place for no longer than that.
            connection_time_max: Duration::from_mins(30),
            // Longer than an answer may take, and shorter than deploy/counterfoil.service waits.
            ending_time_max: Duration::from_secs(35),
        }
    }
}

/// When the connection of a request ends at the latest, in its extensions: no answer should take longer.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConnectionEnds(pub tokio::time::Instant);

/// How long nothing is accepted after the system refused to: it has no files left, and some end.
const PAUSE: Duration = Duration::from_millis(200);
/// What the line of a request and its headers are read into: the bound on them is lower, and told by an answer.
const BUFFER_BYTES_MAX: usize = HEAD_BYTES_MAX * 4;

/// Answers HTTP/1.1 until it is told to stop, and then what it has begun to answer.
pub async fn answer_connections(
    listener: TcpListener,
    router: Router,
    bounds: ConnectionBounds,
    told_to_stop: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(bounds.connections_max));
    let (stop, stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut told_to_stop = pin!(told_to_stop);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut told_to_stop => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let (router, stopping) = (router.clone(), stopping.clone());
        connections.spawn(async move {
            answer(stream, peer, router, bounds, stopping).await;
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
    drop((listener, stop));
    while connections.join_next().await.is_some() {}
}

/// The next connection, once there is room for one.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
    let place = Arc::clone(room).acquire_owned().await.expect("the room is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests of one connection, until either side ends it.
async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    bounds: ConnectionBounds,
    mut stopping: watch::Receiver<()>,
) {
    let ends = ConnectionEnds((begin_timing() + bounds.connection_time_max).into());
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(ends);
        let mut router = router.clone();
        async move {
            Ok::<Response, Infallible>(router.call(request).await.unwrap_or_else(|never| match never {}))
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(bounds.header_time_max);
    builder.max_headers(HEADERS_MAX).max_buf_size(BUFFER_BYTES_MAX);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // What a client broke off is its own affair.
        _ = connection.as_mut() => return,
        // The sender is dropped and sends nothing: either is the end.
        _ = stopping.changed() => {}
        () = sleep(bounds.connection_time_max) => {}
    }
    connection.as_mut().graceful_shutdown();
    if timeout(bounds.ending_time_max, connection).await.is_err() {
        tracing::warn!("a connection was cut off that did not end");
    }
}
