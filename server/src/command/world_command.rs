use std::path::PathBuf;

use clap::Args;

use crate::world::{WorldSettings, write_world};

#[derive(Debug, Args)]
pub(super) struct WorldCommand {
    /// The folder to write the feed and its truth into
    folder: PathBuf,
    #[command(flatten)]
    settings: WorldSettings,
}

pub(super) fn run(command: &WorldCommand) -> anyhow::Result<()> {
    let summary = write_world(&command.settings, &command.folder)?;
    eprintln!(
        "{} accounts, {} transactions, {} messages in {}",
        command.settings.accounts,
        summary.transactions,
        summary.messages,
        command.folder.display()
    );
    Ok(())
}
