use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

/// Begins logging on the standard error: for people on a terminal, as JSON elsewhere. `COUNTERFOIL_LOG` says how much.
pub(super) fn begin() {
    let filter =
        EnvFilter::try_from_env("COUNTERFOIL_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if stderr().is_terminal() { builder.with_target(false).init() } else { builder.json().init() }
}
