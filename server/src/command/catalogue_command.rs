use std::path::PathBuf;

use clap::{Args, Subcommand};
use engine::Instant;

use super::match_command::{create, feed_catalogue};
use super::report_bad_lines::report_bad_lines;
use crate::feed::FeedFolder;
use crate::match_feed::learn_feed;

#[derive(Debug, Args)]
pub(super) struct CatalogueCommand {
    #[command(subcommand)]
    action: CatalogueAction,
}

#[derive(Debug, Subcommand)]
enum CatalogueAction {
    /// Learn from a feed what its templates assert and how long its mail takes, and write it as a catalogue (TOML)
    Learn(Learn),
}

#[derive(Debug, Args)]
struct Learn {
    /// The folder with accounts, transactions and messages (.ndjson or .ndjson.gz)
    folder: PathBuf,
    /// Where the catalogue goes; the standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
    /// A catalogue (TOML) to learn beyond, over the feed's own templates.json
    #[arg(long)]
    catalogue: Option<PathBuf>,
    /// The time by which things are known, such as 2026-04-20T12:00:00Z; the manifest's unless given
    #[arg(long)]
    as_of: Option<Instant>,
}

pub(super) fn run(command: &CatalogueCommand) -> anyhow::Result<()> {
    let CatalogueAction::Learn(learn) = &command.action;
    let feed = FeedFolder::open(&learn.folder)?;
    let catalogue = feed_catalogue(&feed, learn.catalogue.as_deref())?;
    let (learnt, summary) = learn_feed(&feed, catalogue, learn.as_of)?;
    report_bad_lines(&summary.bad);
    match &learn.out {
        Some(path) => {
            let mut file = create(path)?;
            file.write_all(learnt.to_toml().as_bytes())?;
            file.flush()?;
        }
        None => print!("{}", learnt.to_toml()),
    }
    Ok(())
}
