use anyhow::Context;
use clap::{Args, Subcommand};
use store::{Act, Actor, AuditNote};

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct AuditCommand {
    #[command(subcommand)]
    action: AuditAction,
}

#[derive(Debug, Subcommand)]
enum AuditAction {
    /// Walk the whole audit log, hold it to the checkpoint, and say where it first is not as it was written
    Verify,
    /// Walk what was added since the checkpoint, and write a later one; the server does so every 30 seconds
    Checkpoint {
        /// Write one of the log as it is, whatever the one there says, which is kept beside it: after a backup was
        /// restored
        #[arg(long)]
        replace: bool,
    },
}

const WHAT_TO_DO: &str = "docs/OPERATIONS.md says what to do, under \"The audit log\"";

pub(super) async fn run(command: &AuditCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let settings = settings.resolve()?;
    let store = settings.open_existing().await?;
    let checkpoint = settings.checkpoint_file(&store);
    match command.action {
        AuditAction::Verify => {
            let known = checkpoint.read().context(WHAT_TO_DO)?;
            let last = checkpoint.verify(&store).await.context(WHAT_TO_DO)?;
            println!("{} entries, each as it was written", last.sequence);
            match known {
                Some(known) => println!("the checkpoint of {} knows entry {}", known.at, known.sequence),
                None => println!(
                    "there is no checkpoint in {}: whether the log's end was cut is not known",
                    checkpoint.path().display()
                ),
            }
        }
        AuditAction::Checkpoint { replace: false } => {
            let next = checkpoint.advance(&store).await.context(WHAT_TO_DO)?;
            println!("the checkpoint knows entry {}", next.sequence);
        }
        AuditAction::Checkpoint { replace: true } => {
            let note = AuditNote::new(now(), Actor::command("audit checkpoint"), Act::CheckpointReplaced);
            store.note_in_audit(note).await?;
            let next = checkpoint.replace(&store).await.context(WHAT_TO_DO)?;
            println!("the checkpoint knows entry {}, and what was there is kept beside it", next.sequence);
        }
    }
    store.close().await;
    Ok(())
}
