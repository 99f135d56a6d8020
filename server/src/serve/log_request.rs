use axum::extract::MatchedPath;
use tower_http::classify::{ServerErrorsAsFailures, SharedClassifier};
use tower_http::trace::{DefaultOnResponse, MakeSpan, TraceLayer};
use tracing::{Level, Span};

/// Tells of each request by its method, its route and its id. Never by its address or query: they may name a message.
#[derive(Clone, Copy)]
pub(super) struct RouteSpan;

/// The layer that logs requests.
pub(super) fn log_requests() -> TraceLayer<SharedClassifier<ServerErrorsAsFailures>, RouteSpan> {
    TraceLayer::new_for_http()
        .make_span_with(RouteSpan)
        .on_response(DefaultOnResponse::new().level(Level::INFO))
}

impl<B> MakeSpan<B> for RouteSpan {
    fn make_span(&mut self, request: &http::Request<B>) -> Span {
        let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str);
        let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("");
        tracing::info_span!("request", method = %request.method(), route, id)
    }
}
