use std::io::{BufRead, IsTerminal, stdin};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use engine::AccountId;
use store::{NewUser, Password, Role, Store, Suspending};

use crate::clock::now;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct UserCommand {
    #[command(subcommand)]
    action: UserAction,
}

#[derive(Debug, Subcommand)]
enum UserAction {
    /// Add a person; their password is asked for, or read from the standard input's first line
    Add(AddUser),
    /// Keep a person from signing in, and end every session of theirs
    Suspend {
        /// The address that they sign in with
        sign_in: String,
    },
    /// Let a person sign in again
    Reinstate {
        /// The address that they sign in with
        sign_in: String,
    },
}

#[derive(Debug, Args)]
struct AddUser {
    /// The address that the person signs in with
    sign_in: String,
    /// The person's name
    #[arg(long)]
    name: String,
    /// customer, agent, supervisor or auditor
    #[arg(long, default_value = "customer")]
    role: Role,
    /// The account of a customer
    #[arg(long)]
    account: Option<AccountId>,
}

pub(super) async fn run(command: &UserCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    match &command.action {
        UserAction::Add(user) => add(&store, user).await?,
        UserAction::Suspend { sign_in } => match store.suspend_user(sign_in, now()).await? {
            Suspending::Done => eprintln!("{sign_in} can't sign in any more, and is signed out"),
            Suspending::WasSo => bail!("{sign_in} is suspended already"),
            Suspending::Nobody => bail!("nobody signs in as {sign_in}"),
        },
        UserAction::Reinstate { sign_in } => match store.reinstate_user(sign_in, now()).await? {
            Suspending::Done => eprintln!("{sign_in} can sign in again"),
            Suspending::WasSo => bail!("{sign_in} is not suspended"),
            Suspending::Nobody => bail!("nobody signs in as {sign_in}"),
        },
    }
    store.close().await;
    Ok(())
}

async fn add(store: &Store, add: &AddUser) -> anyhow::Result<()> {
    let user = NewUser {
        sign_in: add.sign_in.clone(),
        name: add.name.clone(),
        role: add.role,
        account: add.account.clone(),
        password: ask_password()?,
    };
    store.add_user(user, now()).await?;
    eprintln!("{} can sign in", add.sign_in);
    Ok(())
}

/// Asked twice on a terminal, where it is not shown; else a line of the standard input. Never a flag: those are seen by
/// whoever lists the processes.
fn ask_password() -> anyhow::Result<Password> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().lock().read_line(&mut line).context("the password can't be read")?;
        return Ok(Password::new(line.trim_end_matches(['\r', '\n'])));
    }
    let first = rpassword::prompt_password("Password: ").context("the password can't be read")?;
    let second = rpassword::prompt_password("Once more: ").context("the password can't be read")?;
    if first != second {
        bail!("the two passwords are not the same: nobody was added");
    }
    Ok(Password::new(first))
}
