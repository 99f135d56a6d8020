//! Serves the pages.

mod check_origin;
mod jobs;
mod keep_sessions;
mod log_request;
mod router;
mod set_headers;

use std::sync::Arc;

use anyhow::Context;
use app::clock::Clock;
use app::request::RequestContext;
use leptos::prelude::LeptosOptions;
use sha2::{Digest, Sha256};
use store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::hexadecimal::hexadecimal;
use crate::settings::ServeSettings;
use crate::v1::Inflow;

pub use router::router;

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
        let inflow = Arc::new(Inflow::default());
        let router = router(self.store.clone(), &self.settings, self.clock, Arc::clone(&inflow))?;
        let jobs = tokio::spawn(jobs::run(self.store.clone(), self.clock, inflow));
        tracing::info!(%address, public_url = self.settings.public_url, "serving");
        axum::serve(self.listener, router).with_graceful_shutdown(told_to_stop()).await?;
        jobs.abort();
        self.store.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

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
        style_version: Arc::from(style_version),
    };
    let options = LeptosOptions::builder()
        .output_name("counterfoil")
        .site_root(settings.site_dir.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(settings.address)
        .build();
    Ok((context, options))
}

async fn told_to_stop() {
    let mut terminated = signal(SignalKind::terminate()).expect("the system delivers signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}
