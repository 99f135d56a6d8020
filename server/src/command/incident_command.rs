use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use engine::{Incident, Language, Slug};
use store::IncidentView;

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct IncidentCommand {
    #[command(subcommand)]
    action: IncidentAction,
}

#[derive(Debug, Subcommand)]
enum IncidentAction {
    /// Publish a statement about what went wrong, or a correction of one: docs/OPERATIONS.md has what stands in the file
    Publish {
        /// The statement, in TOML
        file: PathBuf,
    },
    /// List what is published
    List,
    /// Take a statement back: its messages are no longer said to have been sent by mistake
    Withdraw {
        /// What it is known by in its address
        slug: Slug,
    },
}

/// A statement is two pages in two languages, and a list of messages.
const FILE_BYTES_MAX: u64 = 2 << 20;

pub(super) async fn run(command: &IncidentCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    match &command.action {
        IncidentAction::Publish { file } => {
            let incident = read_statement(file)?;
            let published = store.publish_incident(&incident, now()).await?;
            eprintln!("published as /incidents/{}: {}", published.slug, touched(&published));
        }
        IncidentAction::List => {
            for incident in store.read_incidents().await? {
                let title = &incident.in_language(Language::En).title;
                let (slug, revision) = (&incident.slug, incident.revision);
                println!(
                    "{slug}  revision {revision}  {}  {title}  ({})",
                    incident.published_at,
                    touched(&incident)
                );
            }
        }
        IncidentAction::Withdraw { slug } => {
            store.withdraw_incident(slug, now()).await?;
            eprintln!("{slug} is withdrawn: its page says so");
        }
    }
    store.close().await;
    Ok(())
}

fn read_statement(file: &Path) -> anyhow::Result<Incident> {
    let unreadable = || format!("{} can't be read", file.display());
    let size = std::fs::metadata(file).with_context(unreadable)?.len();
    anyhow::ensure!(size <= FILE_BYTES_MAX, "{} is larger than 2 MiB: it is no statement", file.display());
    let text = std::fs::read_to_string(file).with_context(unreadable)?;
    Incident::from_toml(&text).with_context(|| file.display().to_string())
}

fn touched(incident: &IncidentView) -> String {
    let IncidentView { messages_touched, accounts_touched, accounts_disclosed, .. } = incident;
    format!(
        "{messages_touched} messages to {accounts_touched} accounts by mistake, identifiers of {accounts_disclosed} \
         accounts disclosed"
    )
}
