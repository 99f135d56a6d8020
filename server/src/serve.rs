//! Serves the pages.

mod check_origin;
mod find_client;
mod jobs;
mod keep_sessions;
mod log_request;
mod router;
mod set_headers;
mod throttle;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use app::clock::Clock;
use app::request::{Admit, RequestContext};
use engine::Span;
use leptos::prelude::LeptosOptions;
use sha2::{Digest, Sha256};
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::clock::now;
use crate::hexadecimal::hexadecimal;
use crate::settings::ServeSettings;

pub use find_client::{TrustedProxy, TrustedProxyError};
pub use router::router;
pub use throttle::{Rate, Throttle};

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    store: Store,
    settings: ServeSettings,
    clock: Clock,
}

impl Server {
    /// Takes the port.
    pub async fn bind(store: Store, settings: ServeSettings, clock: Clock) -> anyhow::Result<Self> {
        let address = settings.address;
        let listener = TcpListener::bind(address).await.with_context(|| {
            format!("can't listen on {address}: is another server there? --address names another")
        })?;
        Ok(Self { listener, store, settings, clock })
    }

    /// Answers until it is told to stop, and then what it has begun to answer.
    pub async fn run(self) -> anyhow::Result<()> {
        let address = self.listener.local_addr()?;
        let router = router(self.store.clone(), &self.settings, self.clock)?;
        let jobs = tokio::spawn(jobs::run(self.store.clone(), self.clock));
        tracing::info!(%address, public_url = self.settings.public_url, "serving");
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(self.listener, service).with_graceful_shutdown(told_to_stop()).await?;
        jobs.abort();
        self.store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Numbers that one client may look up: the messages of a household in one sitting, and of an office behind one address.
const CHECKS_OF_EACH: Rate = Rate { burst: 30, refill: Span::seconds(2) };
/// Numbers that all clients together may look up: at 20 a second, of a billion messages' numbers one is guessed in 20
/// months, and it tells nothing personal.
const CHECKS_OF_ALL: Rate = Rate { burst: 600, refill: Span::millis(50) };
/// Clients whose checks are remembered, of a hundred bytes or so each.
const CLIENTS_MAX: usize = 50_000;

/// Enough of the stylesheet's hash to tell one version from another.
const STYLE_VERSION_BYTES: usize = 6;

/// What every request is handed, and the options of the pages.
fn page_context(
    store: Store,
    settings: &ServeSettings,
    clock: Clock,
) -> anyhow::Result<(RequestContext, LeptosOptions)> {
    let stylesheet = settings.site_dir.join("pkg/counterfoil.css");
    let style = std::fs::read(&stylesheet).with_context(|| {
        format!("{} can't be read: `make site` makes it; --site-dir says where", stylesheet.display())
    })?;
    let style_version = hexadecimal(&Sha256::digest(&style)[..STYLE_VERSION_BYTES]);
    let context = RequestContext {
        store,
        clock,
        brand: Arc::from(settings.brand.as_str()),
        contact: settings.contact.as_deref().map(Arc::from),
        public_url: Arc::from(settings.public_url.as_str()),
        style_version: Arc::from(style_version),
        admit_check: admit(Throttle::new(CHECKS_OF_EACH, CHECKS_OF_ALL, CLIENTS_MAX, now())),
    };
    let options = LeptosOptions::builder()
        .output_name("counterfoil")
        .site_root(settings.site_dir.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(settings.address)
        .build();
    Ok((context, options))
}

/// A throttle by the machine's time, whatever day the pages show.
fn admit(throttle: Throttle) -> Admit {
    Arc::new(move |client| throttle.admit(client, now()))
}

async fn told_to_stop() {
    let mut terminated = signal(SignalKind::terminate()).expect("the system delivers signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}
