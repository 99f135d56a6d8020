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
    let store_settings = settings.resolve()?;
    let store = store_settings.open_store().await?;
    let checkpoint = store_settings.checkpoint_file(&store);
    let clock = command.as_of.map_or(Clock::System, Clock::Fixed);
    Server::bind(store, serve_settings, clock, checkpoint).await?.run().await
}
