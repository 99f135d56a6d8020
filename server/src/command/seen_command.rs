use anyhow::bail;
use clap::Args;
use engine::Instant;
use serde_json::json;
use store::{Act, Actor, AuditNote, SeenAccount, SeenBy};

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct SeenCommand {
    /// Whose credential: the address that a person signs in with, or the 8 characters that an ingest key is called by
    #[arg(long)]
    by: String,
    /// From when on, such as 2026-04-20T12:00:00Z [default: ever]
    #[arg(long)]
    since: Option<Instant>,
    /// Print a JSON object for each account
    #[arg(long)]
    json: bool,
}

/// Prints whose data a credential has seen: from what the audit log has, so it is as good as `counterfoil audit verify`
/// says that is.
pub(super) async fn run(command: &SeenCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    let since = command.since.unwrap_or(Instant::from_micros(i64::MIN));
    let seen = store.read_seen(&command.by, since).await?;
    if seen.by == SeenBy::Nobody {
        bail!("nobody signs in so, and no key is called so: `counterfoil key list` lists the keys");
    }
    let note = AuditNote::new(now(), Actor::command("seen"), Act::SeenReported).to(seen.id);
    store.note_in_audit(note).await?;
    store.close().await;
    match &seen.by {
        SeenBy::User { name, role, suspended_at } => {
            let suspended = suspended_at.map(|at| format!(", suspended since {at}")).unwrap_or_default();
            eprintln!("{name}, {role}{suspended}: {} accounts seen", seen.accounts.len());
        }
        SeenBy::Key { name } => {
            eprintln!("{name}: with an ingest key records are handed in, and nothing is read");
        }
        SeenBy::Nobody => {}
    }
    seen.accounts.iter().for_each(|account| println!("{}", told(account, command.json)));
    Ok(())
}

fn told(seen: &SeenAccount, as_json: bool) -> String {
    let SeenAccount { account, first_at, last_at, times, reasons } = seen;
    if as_json {
        let object = json!({
            "account": account, "first_at": first_at, "last_at": last_at, "times": times, "reasons": reasons,
        });
        return object.to_string();
    }
    format!("{account}  {first_at}  {last_at}  {times}  {}", reasons.join(" | "))
}
