use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName};

/// What a request is known by in the log.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// As long as what anybody draws: a UUID is 36.
const LENGTH_MAX: usize = 64;

/// Takes away an id that could write into the log what it wants, so that the request gets one of ours. A plain one stays:
/// a proxy's log and this one then tell of the same request.
pub(super) async fn drop_strange_id(mut request: Request, next: Next) -> Response {
    if !has_plain_id(request.headers()) {
        request.headers_mut().remove(REQUEST_ID);
    }
    next.run(request).await
}

fn has_plain_id(headers: &HeaderMap) -> bool {
    let mut ids = headers.get_all(REQUEST_ID).into_iter();
    let (Some(id), None) = (ids.next(), ids.next()) else { return false };
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    (1..=LENGTH_MAX).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}
