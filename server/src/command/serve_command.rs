use app::clock::Clock;
use clap::Args;
use engine::Instant;

use crate::serve::Server;
use crate::settings::{ServeArguments, SettingArguments};

#[derive(Debug, Args)]
pub(super) struct ServeCommand {
    #[command(flatten)]
    serve: ServeArguments,
    /// Take this for the present, such as 2026-04-20T12:00:00Z: for showing a feed of the past
    #[arg(long)]
    as_of: Option<Instant>,
}

pub(super) async fn run(command: &ServeCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let serve_settings = settings.resolve_serve(&command.serve)?;
    let store = settings.resolve()?.open_store().await?;
    Server::bind(store, serve_settings, command.as_of.map_or(Clock::System, Clock::Fixed)).await?.run().await
}
