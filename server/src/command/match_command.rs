use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use engine::{Catalogue, Instant};

use super::report_bad_lines::report_bad_lines;
use crate::feed::FeedFolder;
use crate::match_feed::{MatchOutput, match_feed};

#[derive(Debug, Args)]
pub(super) struct MatchCommand {
    /// The folder with accounts, transactions and messages (.ndjson or .ndjson.gz)
    folder: PathBuf,
    /// Where the verdicts go, a JSON line a message
    #[arg(long)]
    out: PathBuf,
    /// Where the untold transactions go, a JSON line each
    #[arg(long)]
    untold: Option<PathBuf>,
    /// A catalogue (TOML) of templates and rules, over the feed's own templates.json
    #[arg(long)]
    catalogue: Option<PathBuf>,
    /// The time at which to judge, such as 2026-04-20T12:00:00Z; the manifest's unless given
    #[arg(long)]
    as_of: Option<Instant>,
}

pub(super) fn run(command: &MatchCommand) -> anyhow::Result<()> {
    let feed = FeedFolder::open(&command.folder)?;
    let catalogue = feed_catalogue(&feed, command.catalogue.as_deref())?;
    let untold = command.untold.as_deref().map(create).transpose()?;
    let output = MatchOutput { verdicts: create(&command.out)?, untold };
    let summary = match_feed(&feed, catalogue, command.catalogue.is_none(), command.as_of, output)?;
    report_bad_lines(&summary.bad);
    eprintln!(
        "{} messages on {} accounts: {} flagged, {} transactions untold, {} bad lines",
        summary.messages,
        summary.accounts,
        summary.flagged,
        summary.untold,
        summary.bad.len()
    );
    Ok(())
}

/// The catalogue for a feed: the built-in rules, its own list of templates, and the operator's over both.
pub(super) fn feed_catalogue(feed: &FeedFolder, catalogue: Option<&Path>) -> anyhow::Result<Catalogue> {
    let mut built = Catalogue::builtin();
    if let Some(templates) = feed.templates()? {
        let place = || feed.path().join("templates.json").display().to_string();
        built = built.with_template_list(&templates).with_context(place)?;
    }
    match catalogue {
        Some(path) => with_catalogue_file(built, path),
        None => Ok(built),
    }
}

/// A catalogue with an operator's file over it.
pub(super) fn with_catalogue_file(base: Catalogue, path: &Path) -> anyhow::Result<Catalogue> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    base.with_toml(&text).with_context(|| path.display().to_string())
}

pub(super) fn create(path: &Path) -> anyhow::Result<Box<dyn Write>> {
    let file = File::create(path).with_context(|| format!("{} can't be written", path.display()))?;
    Ok(Box::new(BufWriter::with_capacity(1 << 20, file)))
}
