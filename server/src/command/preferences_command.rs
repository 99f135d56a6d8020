use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use store::{Act, Actor, AuditNote, ExportedPreferences};

use super::match_command::create;
use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct PreferencesCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write how customers want to be told things, for what sends them messages
    Export {
        /// Where it goes, a JSON line for each person who chose anything, by account
        #[arg(long)]
        out: PathBuf,
    },
}

pub(super) async fn run(command: &PreferencesCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let What::Export { out } = &command.what;
    let store = settings.resolve()?.open_store().await?;
    let note = AuditNote::new(now(), Actor::command("preferences export"), Act::PreferencesExported);
    store.note_in_audit(note).await?;
    let mut out = create(out)?;
    let mut last = None;
    loop {
        let people = store.export_preferences(last.as_ref()).await?;
        for person in &people {
            writeln!(out, "{}", line(person))?;
        }
        match people.into_iter().last() {
            Some(person) => last = Some(person),
            None => break,
        }
    }
    out.flush()?;
    store.close().await;
    Ok(())
}

fn line(person: &ExportedPreferences) -> Value {
    let mut off: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (category, channel) in &person.notices.off {
        off.entry(category.as_str()).or_default().push(channel.as_str());
    }
    json!({
        "account": person.account, "address": person.address, "language": person.language,
        "time_zone": person.time_zone, "channels_off": off,
    })
}
