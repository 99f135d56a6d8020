use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use engine::Instant;
use store::{Act, Actor, AuditNote, PublishedCatalogue};

use super::report_bad_lines::report_bad_lines;
use crate::catalogue::publish_catalogue;
use crate::clock::now;
use crate::feed::FeedFolder;
use crate::import_feed::import_feed;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct ImportCommand {
    /// The folder with accounts, transactions and messages (.ndjson or .ndjson.gz)
    folder: PathBuf,
    /// A catalogue (TOML) of templates and rules, over the feed's own templates.json; it is kept in the store
    #[arg(long)]
    catalogue: Option<PathBuf>,
    /// The time at which to judge, such as 2026-04-20T12:00:00Z; now unless given
    #[arg(long)]
    as_of: Option<Instant>,
}

pub(super) async fn run(command: &ImportCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let feed = Arc::new(FeedFolder::open(&command.folder)?);
    let store = settings.resolve()?.open_store().await?;
    let published = store.read_catalogue().await?.published;
    let rules = match &command.catalogue {
        Some(path) => {
            Some(std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?)
        }
        None => published.rules,
    };
    let templates = feed.templates()?.or(published.templates);
    publish_catalogue(&store, &PublishedCatalogue { templates, rules }).await?;
    let summary = import_feed(&store, feed, command.as_of.unwrap_or_else(now)).await?;
    let note = AuditNote::new(now(), Actor::command("import"), Act::RecordsImported);
    let counts =
        format!("{} new, {} corrected, {} unchanged", summary.new, summary.corrected, summary.unchanged);
    store.note_in_audit(note.because(counts)).await?;
    store.close().await;
    report_bad_lines(&summary.bad);
    eprintln!(
        "{} new records, {} corrected, {} unchanged, {} loaded before, {} bad lines; {} messages on {} accounts judged, {} \
         flagged",
        summary.new,
        summary.corrected,
        summary.unchanged,
        summary.skipped,
        summary.bad.len(),
        summary.judged.messages,
        summary.judged.accounts,
        summary.judged.flagged
    );
    Ok(())
}
