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

use app::clock::Clock;
use axum::routing::{get, post};
use axum::{Router, middleware};
use store::Store;

use check_key::check_key;
use problem::Problem;

pub use document::api_document;
pub use write_together::{Inflow, Writer};

/// What the routes share.
#[derive(Clone)]
pub(crate) struct V1 {
    store: Store,
    writer: Writer,
    clock: Clock,
}

/// The routes, each for who has an ingest key.
pub fn routes(store: Store, clock: Clock, writer: Writer) -> Router {
    let v1 = V1 { store, writer, clock };
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
