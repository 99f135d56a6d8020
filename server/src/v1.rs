//! `/v1`: where the operator's systems hand in their records while the house runs.

mod answer;
mod check_key;
mod document;
mod keep_heartbeat;
mod problem;
mod read_lines;
mod record;
mod take_records;
mod write_together;

use std::sync::Arc;

use app::clock::Clock;
use axum::routing::{get, post};
use axum::{Router, middleware};
use engine::Span;
use store::Store;

use check_key::check_key;
use problem::Problem;

use crate::clock::now;
use crate::serve::{Rate, Throttle};

pub use document::api_document;
pub use write_together::{Inflow, Writer};

/// What the routes share.
#[derive(Clone)]
pub(crate) struct V1 {
    store: Store,
    writer: Writer,
    clock: Clock,
    rate: Arc<Throttle>,
}

/// What one key may ask for: minutes of as many single records a second as are written, and then a thousand a second. What
/// runs in circles is slowed by it; whoever has more to send sends more lines in each request.
const REQUESTS_OF_KEY: Rate = Rate { burst: 200_000, refill: Span::millis(1) };
/// Keys that are remembered; an operator has a few.
const KEYS_MAX: usize = 1_000;

/// The routes, each for who has an ingest key.
pub fn routes(store: Store, clock: Clock, writer: Writer) -> Router {
    let rate = Arc::new(Throttle::of_each(REQUESTS_OF_KEY, KEYS_MAX, now()));
    let v1 = V1 { store, writer, clock, rate };
    let with_key = Router::new()
        .route("/v1/accounts", post(take_records::post_accounts))
        .route("/v1/transactions", post(take_records::post_transactions))
        .route("/v1/messages", post(take_records::post_messages))
        .route("/v1/books", post(keep_heartbeat::post_books))
        .route_layer(middleware::from_fn_with_state(v1.clone(), check_key));
    let for_everyone = Router::new().route("/v1/openapi.json", get(document::get_document));
    with_key
        .merge(for_everyone)
        .route("/v1/{*other}", axum::routing::any(|| async { Problem::not_found() }))
        .method_not_allowed_fallback(|| async { Problem::method() })
        .with_state(v1)
}
