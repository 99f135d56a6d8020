use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

const KEPT_NOWHERE: &str = "no-store";
/// For a cache that was set to pass over `Cache-Control`: it is told in a second way that no other request gets this answer
/// (RFC 9110, 12.5.5).
const NEVER_THE_SAME: HeaderValue = HeaderValue::from_static("*");

/// What holds for every page, whoever asks: it is kept nowhere, framed nowhere, tells nobody where one was, shares no window
/// or memory with another site's, and uses nothing of the device.
const PAGE_HEADERS: [(HeaderName, &str); 8] = [
    (header::CACHE_CONTROL, KEPT_NOWHERE),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
         midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
    ),
];

/// Two years: what browsers ask for before they know a site to be https alone from the first visit on.
const HTTPS_ALONE: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Sets the headers of a page that it has not set itself.
pub(super) async fn set_page_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in PAGE_HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    if response.headers()[header::CACHE_CONTROL] == KEPT_NOWHERE {
        response.headers_mut().append(header::VARY, NEVER_THE_SAME);
    }
    response
}

/// Sets the headers of an answer to a machine: it is kept nowhere, and is not taken for a page.
pub(super) async fn set_api_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Has browsers come by https alone, where the pages are there.
pub(super) async fn keep_to_https(State(is_https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if is_https {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ALONE);
    }
    response
}
