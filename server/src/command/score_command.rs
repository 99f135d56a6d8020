use std::path::PathBuf;

use clap::Args;

use crate::feed::FeedFolder;
use crate::score::score;

#[derive(Debug, Args)]
pub(super) struct ScoreCommand {
    /// The feed's folder, with its truth.ndjson (and untold.ndjson), plain or gzipped
    folder: PathBuf,
    /// The verdicts that `counterfoil match` wrote
    verdicts: PathBuf,
    /// The untold transactions that it wrote
    #[arg(long)]
    untold: Option<PathBuf>,
    /// Name so many messages that were judged wrongly
    #[arg(long, default_value_t = 0)]
    wrong: usize,
}

pub(super) fn run(command: &ScoreCommand) -> anyhow::Result<()> {
    let feed = FeedFolder::open(&command.folder)?;
    let report = score(&feed, &command.verdicts, command.untold.as_deref(), command.wrong)?;
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
