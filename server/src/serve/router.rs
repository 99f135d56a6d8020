use std::sync::Arc;
use std::time::Duration;

use app::clock::Clock;
use app::pages::App;
use app::request::RequestContext;
use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::get;
use http::{HeaderName, StatusCode};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use store::Store;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::check_origin::check_origin;
use super::find_client::find_client;
use super::keep_sessions::{IDLE_MAX, KeptSessions};
use super::log_request::log_requests;
use super::page_context;
use super::set_headers::{set_asset_headers, set_page_headers};
use crate::settings::ServeSettings;

/// The largest body of a form: a sign-in is some hundred bytes.
const FORM_BYTES_MAX: usize = 16 << 10;
/// How long an answer may take before the client is told that it can't be had.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything that is served.
pub fn router(store: Store, settings: &ServeSettings, clock: Clock) -> anyhow::Result<Router> {
    let (context, options) = page_context(store.clone(), settings, clock)?;
    let sessions = SessionManagerLayer::new(KeptSessions::new(store.clone()))
        .with_name("counterfoil")
        .with_secure(settings.is_https())
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(IDLE_MAX))
        .with_always_save(true);
    let people = pages(context, options)
        .layer(sessions)
        .layer(middleware::from_fn(check_origin))
        .layer(middleware::from_fn_with_state(Arc::from(&settings.trusted_proxies[..]), find_client))
        .layer(middleware::from_fn(set_page_headers));
    let everyone = Router::new()
        .route("/health/live", get(|| async { "alive\n" }))
        .route("/health/ready", get(move || ready(store.clone())));
    Ok(Router::new()
        .merge(assets(settings))
        .merge(everyone)
        .merge(people)
        .layer(CompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(FORM_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME_MAX))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(log_requests())
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid)))
}

/// The pages and the server functions, each for whoever the session says is there; the pages see to that themselves.
fn pages(context: RequestContext, options: LeptosOptions) -> Router {
    let for_functions = context.clone();
    let for_pages = context.clone();
    let shell = {
        let options = options.clone();
        move || app::shell(options.clone())
    };
    Router::new()
        .route(
            "/api/{*function}",
            axum::routing::post(move |request: Request| {
                let context = for_functions.clone();
                handle_server_fns_with_context(move || provide_context(context.clone()), request)
            }),
        )
        .leptos_routes_with_context(
            &options,
            generate_route_list(App),
            move || provide_context(for_pages.clone()),
            shell,
        )
        .fallback(leptos_axum::file_and_error_handler_with_context::<LeptosOptions, _>(
            move || provide_context(context.clone()),
            app::shell,
        ))
        .with_state(options)
}

/// What is the same for everybody: stylesheet, scripts, fonts.
fn assets(settings: &ServeSettings) -> Router {
    let folder =
        |name: &str| ServeDir::new(settings.site_dir.join(name)).append_index_html_on_directories(false);
    let file = |name: &str| tower_http::services::ServeFile::new(settings.site_dir.join(name));
    Router::new()
        .nest_service("/pkg", folder("pkg"))
        .nest_service("/fonts", folder("fonts"))
        .route_service("/favicon.svg", file("favicon.svg"))
        .route_service("/robots.txt", file("robots.txt"))
        .layer(middleware::from_fn(set_asset_headers))
}

async fn ready(store: Store) -> impl IntoResponse {
    match store.check_migrations().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}
