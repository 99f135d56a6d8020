//! What a device is given that keeps the pages at hand: their name and icons, and what it shows without a connection.
//! None of it is anybody's.

use std::sync::Arc;

use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::site::Site;

const SERVICE_WORKER: &str = include_str!("install/service_worker.js");
/// What the page without a connection may load and run: its own look, and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'none'";
/// What the service worker may do: ask us.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";
/// Asked for anew after an hour: an operator may change their name.
const FOR_AN_HOUR: &str = "public, max-age=3600";
const ASK_AGAIN: &str = "no-cache";

/// The routes of these, for everybody.
pub(super) fn install_routes(brand: &str, site: &Site) -> Router {
    let page = app::offline_page(brand, &site.stylesheet());
    let worker = service_worker(&site.kept_on_devices(), &page);
    let brand: Arc<str> = Arc::from(brand);
    Router::new()
        .route("/offline", get(move || async move { (headers(ASK_AGAIN, PAGE_POLICY), Html(page)) }))
        .route(
            "/service-worker.js",
            get(move || async move {
                let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
                (headers(ASK_AGAIN, WORKER_POLICY), kind, worker)
            }),
        )
        .route(
            "/manifest.webmanifest",
            get(move |asked: HeaderMap| async move {
                let kind = [(header::CONTENT_TYPE, "application/manifest+json")];
                let vary = [(header::VARY, "accept-language, cookie")];
                (headers(FOR_AN_HOUR, PAGE_POLICY), kind, vary, app::manifest(&brand, &asked)).into_response()
            }),
        )
}

/// The service worker for these files. Another file, or other words, make it another one, which browsers then take.
fn service_worker(files: &[String], page: &str) -> String {
    let files = serde_json::to_string(files).expect("addresses are text");
    let digest = Sha256::digest(format!("{files}{page}{SERVICE_WORKER}"));
    let version =
        format!("{:016x}", u64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 has 32 bytes")));
    SERVICE_WORKER.replace("{version}", &version).replace("{files}", &files)
}

fn headers(keep: &'static str, policy: &'static str) -> [(HeaderName, HeaderValue); 4] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ]
}
