use std::sync::Arc;
use std::time::Duration;

use app::clock::Clock;
use app::held::CHECK_MESSAGE;
use app::pages::App;
use app::request::RequestContext;
use axum::Router;
use axum::extract::{Path, Request};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use http::StatusCode;
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{
    LeptosRoutes, generate_route_list, handle_server_fns_with_context, render_app_async_with_context,
};
use store::Store;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use super::bound_body::bound_body;
use super::bound_rate::{Rates, bound_rate};
use super::bound_request::bound_request;
use super::check_marks::{EXPORT_TYPE, MarkCheck, check_marks};
use super::check_message::read_held;
use super::check_origin::{OwnOrigin, check_origin};
use super::export_account::{ExportDesk, export_account};
use super::export_audit::export_audit;
use super::find_client::find_client;
use super::incident_feed::{FeedSource, serve_feed};
use super::install::install_routes;
use super::keep_sessions::{IDLE_MAX, KeptSessions};
use super::live::{LiveDesk, live};
use super::log_request::log_requests;
use super::look_quietly::look_quietly;
use super::metrics::{Metrics, count_request};
use super::name_session::{secure_cookies, session_name};
use super::request_id::{REQUEST_ID, drop_strange_id};
use super::set_headers::{keep_to_https, set_api_headers, set_page_headers};
use super::site::Site;
use super::{mail_desk_of, page_context};
use crate::canary::PagesState;
use crate::dkim::DkimKeys;
use crate::settings::ServeSettings;
use crate::v1::{self, Inflow, Writer};

/// How long an answer may take before the client is told that it can't be had.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// How long the store may take to say that it is there.
const READY_TIME_MAX: Duration = Duration::from_secs(2);

/// Everything that is served at the pages' address.
pub fn router(
    store: Store,
    settings: &ServeSettings,
    clock: Clock,
    metrics: &Metrics,
    inflow: Arc<Inflow>,
    pages_state: PagesState,
) -> anyhow::Result<Router> {
    router_around(store, settings, clock, metrics, inflow, pages_state, |pages| pages)
}

/// The same with something around the pages, within what watches over them: for seeing that it does.
pub fn router_around(
    store: Store,
    settings: &ServeSettings,
    clock: Clock,
    metrics: &Metrics,
    inflow: Arc<Inflow>,
    pages_state: PagesState,
    around: impl FnOnce(Router) -> Router,
) -> anyhow::Result<Router> {
    let site = Site::open(settings.site_dir.as_deref())?;
    let live_desk =
        LiveDesk::open(store.clone(), session_name(settings.is_https()), &inflow.live, &pages_state);
    let (writer, acts) = Writer::start(store.clone(), clock, mail_desk_of(settings), inflow);
    let exports = ExportDesk::new(store.clone(), settings, clock, Arc::clone(&pages_state));
    let (context, options) = page_context(store.clone(), settings, clock, &site, pages_state, acts);
    let sessions = keep_sessions(&store, settings.is_https());
    let marks = MarkCheck {
        store: store.clone(),
        cookie: session_name(settings.is_https()),
        metrics: metrics.clone(),
    };
    let keys = settings.dkim_dir.as_deref().map(DkimKeys::open).transpose()?.unwrap_or_default();
    let feed = FeedSource {
        store: store.clone(),
        brand: context.brand.clone(),
        public_url: context.public_url.clone(),
    };
    let rates = Rates::new();
    let pages = pages(context, options, keys)
        .merge(Router::new().route("/incidents.atom", get(serve_feed)).with_state(feed))
        .merge(Router::new().route("/desk/audit/export", post(export_audit)).with_state(store.clone()))
        .merge(Router::new().route("/export/file", post(export_account)).with_state(exports))
        .layer(middleware::from_fn_with_state(rates.clone(), bound_rate))
        .layer(sessions)
        .layer(middleware::from_fn(look_quietly))
        // Beside the sessions: it keeps none alive.
        .merge(
            Router::new()
                .route("/history/live", get(live))
                .with_state(live_desk)
                .layer(middleware::from_fn_with_state(rates, bound_rate)),
        );
    let people = around(pages)
        .layer(middleware::from_fn_with_state(marks, check_marks))
        .layer(middleware::from_fn_with_state(settings.is_https(), secure_cookies))
        .layer(middleware::from_fn_with_state(OwnOrigin::of(&settings.public_url), check_origin))
        .layer(middleware::from_fn_with_state(Arc::from(&settings.trusted_proxies[..]), find_client))
        .layer(middleware::from_fn(set_page_headers));
    let monitoring = (settings.metrics_address == Some(settings.address)).then(|| metrics.router());
    let pages = Router::new()
        .merge(health(store.clone()))
        .merge(monitoring.unwrap_or_default())
        .merge(install_routes(&settings.brand, &site))
        .merge(people)
        .layer(CompressionLayer::new().compress_when(
            // What is compressed already would only be kept waiting.
            DefaultPredicate::new().and(NotForContentType::const_new(EXPORT_TYPE)),
        ))
        // Compressed beforehand.
        .merge(site.router())
        .layer(middleware::from_fn(bound_body))
        .layer(middleware::from_fn(bound_request))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME_MAX));
    Ok(v1::routes(store, clock, writer)
        .layer(middleware::from_fn(set_api_headers))
        .merge(pages)
        .layer(middleware::from_fn_with_state(settings.is_https(), keep_to_https))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(log_requests())
        .layer(middleware::from_fn_with_state(metrics.clone(), count_request))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(middleware::from_fn(drop_strange_id)))
}

fn keep_sessions(store: &Store, is_https: bool) -> SessionManagerLayer<KeptSessions> {
    SessionManagerLayer::new(KeptSessions::new(store.clone()))
        .with_name(session_name(is_https))
        .with_secure(is_https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(IDLE_MAX))
        .with_always_save(true)
}

/// How the server is, for whoever asks.
fn health(store: Store) -> Router {
    Router::new()
        .route("/health/live", get(|| async { "alive\n" }))
        .route("/health/ready", get(move || ready(store.clone())))
}

/// The pages and the server functions, each for whoever the session says is there; the pages see to that themselves.
fn pages(context: RequestContext, options: LeptosOptions, keys: DkimKeys) -> Router {
    let for_functions = context.clone();
    let for_pages = context.clone();
    let for_frames = context.clone();
    let shell = {
        let options = options.clone();
        move || app::shell(options.clone())
    };
    let render_held = {
        let context = context.clone();
        render_app_async_with_context(move || provide_context(context.clone()), shell.clone())
    };
    // The form is answered with the page itself: what it brought is nowhere to be fetched from afterwards.
    let keys = Arc::new(keys);
    let answer_held = move |request: Request| {
        let (keys, render_held) = (Arc::clone(&keys), render_held.clone());
        async move { render_held(read_held(request, &keys).await).await }
    };
    Router::new()
        .route(
            "/api/{*function}",
            post(move |request: Request| {
                let context = for_functions.clone();
                handle_server_fns_with_context(move || provide_context(context.clone()), request)
            }),
        )
        .route(
            "/messages/{id}/frame",
            get(move |Path(id): Path<String>, request: Request| async move {
                let (parts, _) = request.into_parts();
                app::message_frame(for_frames, &parts, &id).await
            }),
        )
        .route(CHECK_MESSAGE, post(answer_held))
        .leptos_routes_with_context(
            &options,
            generate_route_list(App),
            move || provide_context(for_pages.clone()),
            shell.clone(),
        )
        .fallback(render_app_async_with_context(move || provide_context(context.clone()), shell))
        .with_state(options)
}

async fn ready(store: Store) -> impl IntoResponse {
    let answered = tokio::time::timeout(READY_TIME_MAX, store.check_migrations()).await;
    let reason = match answered {
        Ok(Ok(())) => return (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("nothing within {READY_TIME_MAX:?}"),
    };
    tracing::error!(reason, "the store does not answer");
    (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
}
