use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

use crate::settings::ShownSetting;

const VARIABLE: &str = "COUNTERFOIL_LOG";
const DEFAULT: &str = "info,sqlx=warn";

/// Begins logging on the standard error: for people on a terminal, as JSON elsewhere. `COUNTERFOIL_LOG` says how much.
pub(super) fn begin() {
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if stderr().is_terminal() {
        builder.with_target(false).init();
    } else {
        builder.json().with_span_list(false).init();
    }
}

/// How much is logged, and what says so.
pub(super) fn setting() -> ShownSetting {
    let given = EnvFilter::try_from_env(VARIABLE).ok().and_then(|_| std::env::var(VARIABLE).ok());
    let from = if given.is_some() { format!("environment {VARIABLE}") } else { "default".to_owned() };
    ShownSetting { name: "log", value: given.unwrap_or_else(|| DEFAULT.to_owned()), from }
}
