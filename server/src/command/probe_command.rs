use anyhow::bail;
use clap::Args;

use crate::canary::{Finding, Front, prepare_canaries, probe};
use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct ProbeCommand {
    /// The address of the front that is to be probed, without a path, such as <https://messages.example>
    url: String,
}

/// Has the canaries read their pages through a front once, before it gets traffic.
pub(super) async fn run(command: &ProbeCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let front = Front::at(&command.url)?;
    let store = settings.resolve()?.open_existing().await?;
    let canaries = prepare_canaries(&store, now()).await?;
    let found = probe(&front, &store, &canaries).await?;
    store.close().await;
    for (path, finding) in found.iter().filter(|(_, finding)| *finding != Finding::Own) {
        println!("{path}: {}", told(finding));
    }
    let own = found.iter().filter(|(_, finding)| *finding == Finding::Own).count();
    if own < found.len() {
        bail!(
            "{} of {} pages were not as they should be: send no traffic there",
            found.len() - own,
            found.len()
        );
    }
    println!("all {own} pages showed their readers their own, and nothing else");
    Ok(())
}

fn told(finding: &Finding) -> String {
    match finding {
        Finding::Own => "its reader's own".to_owned(),
        Finding::Foreign => "ALARM: it shows what is not its reader's".to_owned(),
        Finding::KeptBack => "ALARM: it was kept back, for it had what is not its reader's".to_owned(),
        Finding::Closed => "personal pages are closed: see `counterfoil pages status`".to_owned(),
        Finding::Unknown(why) => format!("not had: {why}"),
    }
}
