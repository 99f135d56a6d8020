//! Serves the pages.

mod answer_connections;
mod bound_body;
mod bound_rate;
mod bound_request;
mod check_marks;
mod check_message;
mod check_origin;
mod csv;
mod export_account;
mod export_audit;
mod find_client;
mod incident_feed;
mod install;
mod jobs;
mod keep_checkpoint;
mod keep_sessions;
mod live;
mod log_request;
mod look_quietly;
mod metrics;
mod name_session;
mod plain_page;
mod request_id;
mod router;
mod send_mail;
mod set_headers;
mod site;
mod throttle;
mod zip_parts;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Context;
use app::clock::Clock;
use app::request::{Admit, RequestContext};
use axum::Router;
use engine::Span;
use leptos::prelude::LeptosOptions;
use store::{Acts, MailDesk, Store};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;

use crate::audit_checkpoint::CheckpointFile;
use crate::canary::{Front, PagesState, Watch};
use crate::clock::now;
use crate::settings::ServeSettings;
use crate::v1::{Inflow, api_document};

use site::Site;

pub use answer_connections::{ConnectionBounds, answer_connections};
pub use check_marks::STOPPED;
pub(crate) use check_marks::{PAGE_BYTES_MAX, marks_of};
pub use find_client::{TrustedProxy, TrustedProxyError};
pub(crate) use keep_sessions::{begin_session, end_session};
pub(crate) use live::Live;
pub use metrics::Metrics;
pub(crate) use name_session::SESSION_NAMES;
pub use router::{router, router_around};
pub use send_mail::Mailer;
pub use throttle::{Principal, Rate, Throttle};

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    /// Where monitoring asks, when that is elsewhere.
    metrics_listener: Option<TcpListener>,
    router: Router,
    metrics: Metrics,
    inflow: Arc<Inflow>,
    store: Store,
    public_url: String,
    clock: Clock,
    pages_state: PagesState,
    /// Through which front the canaries go, and how often, if at all.
    canaries: Option<(Front, Duration)>,
    checkpoint: CheckpointFile,
    mailer: Mailer,
}

impl Server {
    /// Makes ready what is served, and takes the ports.
    pub async fn bind(
        store: Store,
        settings: ServeSettings,
        clock: Clock,
        checkpoint: CheckpointFile,
    ) -> anyhow::Result<Self> {
        let metrics = Metrics::new(store.clone());
        let inflow = Arc::new(Inflow::new(metrics.clone()));
        // What was closed stays so for whoever starts anew.
        let is_closed = store.personal_pages_closed().await?.is_some();
        let pages_state = PagesState::new(AtomicBool::new(is_closed));
        let shared = Arc::clone(&pages_state);
        let router = router(store.clone(), &settings, clock, &metrics, Arc::clone(&inflow), shared)?;
        let canaries = canaries(&settings);
        let listener = listen(settings.address, "--address").await?;
        let metrics_address = settings.metrics_address.filter(|address| *address != settings.address);
        let metrics_listener = match metrics_address {
            Some(address) => Some(listen(address, "--metrics-address").await?),
            None => None,
        };
        let mailer = Mailer::new(store.clone(), &settings, Arc::clone(&inflow))?;
        let public_url = settings.public_url;
        Ok(Self {
            listener,
            metrics_listener,
            router,
            metrics,
            inflow,
            store,
            public_url,
            clock,
            pages_state,
            canaries,
            checkpoint,
            mailer,
        })
    }

    /// Answers until it is told to stop, and then what it has begun to answer.
    pub async fn run(self) -> anyhow::Result<()> {
        let address = self.listener.local_addr()?;
        let mut beside = JoinSet::new();
        if let Some(listener) = self.metrics_listener {
            tracing::info!(address = %listener.local_addr()?, "serving metrics");
            let (router, bounds) = (self.metrics.router(), ConnectionBounds::default());
            beside.spawn(answer_connections(listener, router, bounds, std::future::pending()));
        }
        let watch = || Watch {
            store: self.store.clone(),
            clock: self.clock,
            state: Arc::clone(&self.pages_state),
            metrics: self.metrics.clone(),
        };
        beside.spawn(watch().follow());
        if let Some((front, every)) = self.canaries {
            beside.spawn(watch().probe(front, every));
        }
        let live = Arc::clone(&self.inflow.live);
        beside.spawn(jobs::run(self.store.clone(), self.clock, self.inflow, self.metrics.clone()));
        beside.spawn(keep_checkpoint::run(self.store.clone(), self.checkpoint.clone(), self.metrics.clone()));
        beside.spawn(self.mailer.run());
        let told = told_to_stop();
        let stop = async move {
            told.await;
            // Nobody waits for a stream to end by itself.
            live.end();
        };
        tracing::info!(%address, public_url = self.public_url, "serving");
        answer_connections(self.listener, self.router, ConnectionBounds::default(), stop).await;
        beside.shutdown().await;
        keep_checkpoint::once(&self.store, &self.checkpoint, &self.metrics).await;
        self.store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Through which front the canaries go, and how often. Where they can't, the house is served all the same.
fn canaries(settings: &ServeSettings) -> Option<(Front, Duration)> {
    if settings.canary_seconds == 0 {
        return None;
    }
    let front = Front::at(&settings.public_url).inspect_err(|error| {
        tracing::error!(
            error = format!("{error:#}"),
            "no canaries are sent out: public_url can't be asked from here"
        );
    });
    Some((front.ok()?, Duration::from_secs(settings.canary_seconds)))
}

async fn listen(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("can't listen on {address}: is another server there? {flag} names another address")
    })
}

/// Numbers that one client may look up: the messages of a household in one sitting, and of an office behind one address.
const CHECKS_OF_EACH: Rate = Rate { burst: 30, refill: Span::seconds(2) };
/// Numbers that all clients together may look up: at 20 a second, of a billion messages' numbers one is guessed in 20
/// months, and it tells nothing personal.
const CHECKS_OF_ALL: Rate = Rate { burst: 600, refill: Span::millis(50) };
/// Links that one client may ask for: a household's, or an office's behind one address.
const LINKS_OF_EACH: Rate = Rate { burst: 20, refill: Span::seconds(30) };
/// Links that all clients together may ask for: on a day on which everybody wants in, 50 a second.
const LINKS_OF_ALL: Rate = Rate { burst: 5_000, refill: Span::millis(20) };
/// Clients whose checks are remembered, of a hundred bytes or so each.
const CLIENTS_MAX: usize = 50_000;

/// What every request is handed, and the options of the pages.
fn page_context(
    store: Store,
    settings: &ServeSettings,
    clock: Clock,
    site: &Site,
    pages_state: PagesState,
    acts: Acts,
) -> (RequestContext, LeptosOptions) {
    let context = RequestContext {
        store,
        clock,
        brand: Arc::from(settings.brand.as_str()),
        contact: settings.contact.as_deref().map(Arc::from),
        time_zone: settings.time_zone.clone(),
        knows_mail_keys: settings.dkim_dir.is_some(),
        public_url: Arc::from(settings.public_url.as_str()),
        stylesheet: Arc::from(site.stylesheet()),
        font: Arc::from(site.font()),
        install_script: Arc::from(site.install_script()),
        are_pages_closed: pages_state,
        api_document: Arc::new(api_document()),
        lookup_budget: settings.lookup_budget,
        admit_check: admit(Throttle::new(CHECKS_OF_EACH, CHECKS_OF_ALL, CLIENTS_MAX, now())),
        admit_link: admit(Throttle::new(LINKS_OF_EACH, LINKS_OF_ALL, CLIENTS_MAX, now())),
        acts,
    };
    let options = LeptosOptions::builder()
        .output_name(site.script_name())
        .site_pkg_dir("pkg")
        .site_addr(settings.address)
        .build();
    (context, options)
}

/// A throttle by the machine's time, whatever day the pages show.
fn admit(throttle: Throttle) -> Admit {
    Arc::new(move |client| throttle.admit(client, now()))
}

/// Who words our own mail.
pub(crate) fn mail_desk_of(settings: &ServeSettings) -> MailDesk {
    let contact = settings.contact.as_deref().map(Arc::from);
    let brand = Arc::from(settings.brand.as_str());
    app::mail_desk(settings.mail_from.clone(), brand, contact, &settings.public_url)
}

/// Ends when the server is told to stop. What tells it is heard from this call on, before it says that it serves.
fn told_to_stop() -> impl Future<Output = ()> {
    let heard = |kind| signal(kind).expect("the system delivers signals");
    let (mut interrupted, mut terminated) = (heard(SignalKind::interrupt()), heard(SignalKind::terminate()));
    async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }
}
