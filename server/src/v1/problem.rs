use axum::Json;
use axum::response::{IntoResponse, Response};
use engine::Span;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not done, or not to its end (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong, in a few words.
    title: &'static str,
    /// What is wrong, and what to do.
    detail: String,
    /// Of a body that was cut short: how many of its lines were taken. The rest is to be sent again.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines_done: Option<u64>,
    /// In how many seconds it may be done.
    #[serde(skip)]
    retry_after: Option<i64>,
}

const SECOND: Span = Span::seconds(1);

impl Problem {
    pub(super) fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status: status.as_u16(), title, detail: detail.into(), lines_done: None, retry_after: None }
    }

    pub(super) fn not_found() -> Self {
        let detail = "/v1/openapi.json says what there is: accounts, transactions, messages and books";
        Self::new(StatusCode::NOT_FOUND, "there is nothing at this address", detail)
    }

    pub(super) fn method() -> Self {
        let detail = "records are handed in by POST, and nothing of them can be read here";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "this method does nothing here", detail)
    }

    pub(super) fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "an ingest key is needed", detail)
    }

    /// What is wrong is ours, and is in the log.
    pub(super) fn unavailable() -> Self {
        let detail = "nothing of what was not answered is lost: send it again in a while";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "the store did not answer", detail)
    }

    /// A key asks faster than anything is written.
    pub(super) fn too_often(wait: Span) -> Self {
        let detail = "this key sends requests too fast: wait as Retry-After says, or send more lines in each";
        let retry_after = Some((wait.micros().max(1) + SECOND.micros() - 1) / SECOND.micros());
        Self { retry_after, ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too many requests", detail) }
    }

    /// Says how much of a body was taken before.
    pub(super) fn after(mut self, lines_done: u64) -> Self {
        self.lines_done = Some(lines_done);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, zstd, identity"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            }
            _ => {}
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_too_often_is_told_when_it_is_not_too_soon() {
        for (wait, seconds) in [(Span::millis(1), "1"), (Span::seconds(2), "2"), (Span::millis(2_001), "3")] {
            let response = Problem::too_often(wait).into_response();
            assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(response.headers()[header::RETRY_AFTER], seconds);
        }
    }
}
