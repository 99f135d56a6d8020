//! The command line: one command a file.

mod arguments;
mod match_command;
mod report_bad_lines;
mod score_command;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Runs what the command line asks for. What goes wrong is one clear line on the standard error.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Match(command) => match_command::run(&command),
        Command::Score(command) => score_command::run(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("counterfoil: {error:#}");
            ExitCode::FAILURE
        }
    }
}
