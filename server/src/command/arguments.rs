use clap::{Parser, Subcommand};

use super::match_command::MatchCommand;
use super::score_command::ScoreCommand;

/// Every message the company sent, next to what really happened on the account.
#[derive(Debug, Parser)]
#[command(name = "counterfoil", version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge a feed folder in memory and write a verdict for each message
    Match(MatchCommand),
    /// Compare verdicts with a feed's truth
    Score(ScoreCommand),
}
