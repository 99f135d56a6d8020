use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use engine::Instant;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::HeartbeatError;
use utoipa::ToSchema;

use super::V1;
use super::problem::Problem;

/// How far the operator's transactions are complete.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Heartbeat {
    /// Every transaction that was recorded until then has been handed in.
    #[schema(value_type = String, format = DateTime)]
    complete_until: Instant,
}

/// More than any heartbeat has.
const BODY_BYTES_MAX: usize = 1 << 10;

/// Says how far the transactions are complete.
///
/// An operator that sends this regularly has new claims wait as `unchecked`, and not as wrong, while its transactions are
/// behind by more than an hour. It never goes back: the answer has what holds. Without it, the rhythm in which
/// transactions come tells.
#[utoipa::path(
    post, path = "/v1/books", tag = "books", request_body = Heartbeat, security(("ingest_key" = [])),
    responses(
        (status = 200, description = "What holds from now on", body = Heartbeat),
        (status = 400, description = "The body can't be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No good ingest key", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The time is in the future", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store did not answer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn post_books(
    State(v1): State<V1>,
    body: axum::body::Body,
) -> Result<Json<Heartbeat>, Problem> {
    let body: Bytes = axum::body::to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| {
        let detail = format!("a heartbeat is at most {BODY_BYTES_MAX} bytes, such as {EXAMPLE}");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body can't be taken", detail)
    })?;
    let heartbeat: Heartbeat = serde_json::from_slice(&body).map_err(|error| {
        let detail = format!("{error}; send {EXAMPLE}");
        Problem::new(StatusCode::BAD_REQUEST, "the body can't be read", detail)
    })?;
    match v1.store.keep_heartbeat(heartbeat.complete_until, v1.clock.now()).await {
        Ok(complete_until) => Ok(Json(Heartbeat { complete_until })),
        Err(error @ HeartbeatError::Future) => {
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "nobody can know that yet", error.to_string()))
        }
        Err(HeartbeatError::Store(error)) => {
            tracing::error!(%error, "a heartbeat could not be kept");
            Err(Problem::unavailable())
        }
    }
}

const EXAMPLE: &str = r#"{"complete_until":"2026-04-10T14:37:00Z"}"#;
