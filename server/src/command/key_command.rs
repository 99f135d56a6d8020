use anyhow::bail;
use clap::{Args, Subcommand};
use engine::{Instant, Span};
use store::KeptKey;

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct KeyCommand {
    #[command(subcommand)]
    action: KeyAction,
}

#[derive(Debug, Subcommand)]
enum KeyAction {
    /// Make a key with which a system hands in records over /v1; it is shown once
    Add(AddKey),
    /// List the keys: what each is called, whose it is, and until when it is good
    List,
    /// Take a key back, at once
    Revoke {
        /// What it is called: the 8 characters after `cfk_`
        id: String,
    },
}

#[derive(Debug, Args)]
struct AddKey {
    /// Whose it is, or what for
    name: String,
    /// For how many days it is good
    #[arg(long, default_value_t = DAYS, value_parser = clap::value_parser!(i64).range(1..=DAYS_MAX))]
    days: i64,
}

const DAYS: i64 = 365;
/// A key that nobody has changed for so long is in hands that nobody knows.
const DAYS_MAX: i64 = 1_096;

pub(super) async fn run(command: &KeyCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    let present = now();
    match &command.action {
        KeyAction::Add(add) => {
            let expires_at = present.plus(Span::days(add.days));
            let key = store.add_ingest_key(&add.name, expires_at, present).await?;
            eprintln!("This key is shown once, and is good until {expires_at}:");
            println!("{}", key.reveal());
        }
        KeyAction::List => {
            for key in store.read_ingest_keys().await? {
                println!("{}  {:<30}  {}", key.id.as_str(), key.name, told(&key, present));
            }
        }
        KeyAction::Revoke { id } => {
            let id = id.strip_prefix("cfk_").unwrap_or(id);
            if !store.revoke_ingest_key(id, present).await? {
                bail!("no key is called {id} that could be revoked: `counterfoil key list` lists them");
            }
            eprintln!("{id} opens nothing any more");
        }
    }
    store.close().await;
    Ok(())
}

fn told(key: &KeptKey, present: Instant) -> String {
    match key.revoked_at {
        Some(at) => format!("revoked {at}"),
        None if key.expires_at <= present => format!("expired {}", key.expires_at),
        None => format!("good until {}", key.expires_at),
    }
}
