use clap::Args;
use engine::Instant;

use crate::clock::now;
use crate::import_feed::judge_touched;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct JudgeCommand {
    /// The time at which to judge, such as 2026-04-20T12:00:00Z; now unless given
    #[arg(long)]
    as_of: Option<Instant>,
}

pub(super) async fn run(command: &JudgeCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    store.requeue_all().await?;
    let judged = judge_touched(&store, command.as_of.unwrap_or_else(now)).await?;
    store.close().await;
    eprintln!(
        "{} messages on {} accounts judged, {} flagged; {} have another verdict than before",
        judged.messages, judged.accounts, judged.flagged, judged.changed
    );
    Ok(())
}
