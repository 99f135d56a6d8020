use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, Method};

tokio::task_local! {
    static QUIET: bool;
}

/// What a page says that asks by itself, while nobody may be in front of it.
const BY_ITSELF: HeaderName = HeaderName::from_static("x-counterfoil-by-itself");

/// Has a page that looks for news by itself keep no session alive: somebody who went away is signed out all the same.
pub(super) async fn look_quietly(request: Request, next: Next) -> Response {
    let is_quiet = request.method() == Method::GET && request.headers().contains_key(BY_ITSELF);
    QUIET.scope(is_quiet, next.run(request)).await
}

/// Whether what is answered was asked for by nobody in person.
pub(super) fn is_quiet() -> bool {
    QUIET.try_with(|quiet| *quiet).unwrap_or(false)
}
