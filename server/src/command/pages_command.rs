use clap::{Args, Subcommand};
use store::{Actor, PagesClosed};

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct PagesCommand {
    #[command(subcommand)]
    action: PagesAction,
}

#[derive(Debug, Subcommand)]
enum PagesAction {
    /// Say whether personal pages are closed, since when and why
    Status,
    /// Close personal pages on every server, for everybody
    Close {
        /// Why, for whoever is to look: nothing personal
        #[arg(long, default_value = "closed by hand")]
        why: String,
    },
    /// Open them again, once somebody has looked
    Open,
}

pub(super) async fn run(command: &PagesCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_existing().await?;
    match &command.action {
        PagesAction::Status => {}
        PagesAction::Close { why } => {
            let closed = PagesClosed { at: now(), why: why.clone() };
            store.close_personal_pages(&closed, Actor::command("pages close")).await?;
        }
        PagesAction::Open => store.open_personal_pages(Actor::command("pages open"), now()).await?,
    }
    match store.personal_pages_closed().await? {
        Some(closed) => eprintln!("personal pages are closed since {}: {}", closed.at, closed.why),
        None => eprintln!("personal pages are open"),
    }
    store.close().await;
    Ok(())
}
