use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use store::KeyRefusal;

use super::V1;
use super::problem::Problem;
use crate::clock::now;
use crate::serve::Principal;

/// Lets a request pass that shows a good ingest key, before anything of its body is read.
pub(super) async fn check_key(State(v1): State<V1>, mut request: Request, next: Next) -> Response {
    let Some(shown) = shown_key(request.headers()) else {
        return Problem::unauthorized(
            "send `Authorization: Bearer cfk_…`: `counterfoil key add` makes a key",
        )
        .into_response();
    };
    match v1.store.check_ingest_key(shown, now()).await {
        Ok(key) => {
            if let Err(wait) = v1.rate.admit(Principal::Key(key.clone()), now()) {
                return Problem::too_often(wait).into_response();
            }
            request.extensions_mut().insert(key);
            next.run(request).await
        }
        Err(KeyRefusal::Store(error)) => {
            tracing::error!(%error, "an ingest key could not be checked");
            Problem::unavailable().into_response()
        }
        Err(refusal) => Problem::unauthorized(refusal.to_string()).into_response(),
    }
}

fn shown_key(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}
