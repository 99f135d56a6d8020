use anyhow::bail;
use clap::{Args, Subcommand};
use engine::AccountId;

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct HoneypotCommand {
    #[command(subcommand)]
    action: HoneypotAction,
}

#[derive(Debug, Subcommand)]
enum HoneypotAction {
    /// Make a made-up account that was imported one that nobody has a reason to open: who does is suspended
    Add {
        /// The account
        account: AccountId,
    },
    /// List the honeypots
    List,
    /// Make it an account like any other
    Remove {
        /// The account
        account: AccountId,
    },
}

pub(super) async fn run(command: &HoneypotCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    match &command.action {
        HoneypotAction::Add { account } => {
            if !store.add_honeypot(account, now()).await? {
                bail!("{account} is a honeypot already");
            }
            eprintln!("who looks {account} up is suspended from now on: keep that to yourself");
        }
        HoneypotAction::List => {
            for (account, since) in store.read_honeypots().await? {
                println!("{account}  since {since}");
            }
        }
        HoneypotAction::Remove { account } => {
            if !store.remove_honeypot(account, now()).await? {
                bail!("{account} is no honeypot: `counterfoil honeypot list` lists them");
            }
            eprintln!("{account} may be looked up again");
        }
    }
    store.close().await;
    Ok(())
}
