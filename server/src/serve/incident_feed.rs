use std::sync::Arc;

use app::incident_feed;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use engine::Language;
use http::{StatusCode, header};
use serde::Deserialize;
use store::Store;

/// What the feed is made of.
#[derive(Clone)]
pub(super) struct FeedSource {
    pub store: Store,
    pub brand: Arc<str>,
    pub public_url: Arc<str>,
}

#[derive(Deserialize)]
pub(super) struct FeedQuery {
    language: Option<Language>,
}

/// Feeds are asked for by many, again and again: a cache may answer for so long.
const CACHED_FOR: &str = "public, max-age=300";

/// The published incidents as an Atom feed. It has nothing of anybody, so caches may keep it.
pub(super) async fn serve_feed(
    State(source): State<FeedSource>,
    query: Result<Query<FeedQuery>, QueryRejection>,
) -> Response {
    let language = query.ok().and_then(|query| query.0.language).unwrap_or(Language::En);
    match source.store.read_incidents().await {
        Ok(incidents) => {
            let feed = incident_feed(&incidents, &source.brand, &source.public_url, language);
            let kind = (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8");
            ([kind, (header::CACHE_CONTROL, CACHED_FOR)], feed).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the feed of incidents could not be read");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again.\n")
                .into_response()
        }
    }
}
