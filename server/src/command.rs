//! The command line: one command a file.

mod arguments;
mod audit_command;
mod backup_command;
mod catalogue_command;
mod check_command;
mod config_command;
mod demo_command;
mod health_command;
mod honeypot_command;
mod import_command;
mod incident_command;
mod judge_command;
mod key_command;
mod log;
mod match_command;
mod migrate_command;
mod pages_command;
mod preferences_command;
mod probe_command;
mod report_bad_lines;
mod score_command;
mod seen_command;
mod serve_command;
mod user_command;
mod verdicts_command;
mod world_command;

use std::process::ExitCode;

use anyhow::Context;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use arguments::{Arguments, Command};

/// Runs what the command line asks for. What goes wrong is one clear line on the standard error.
pub fn run() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    log::begin();
    match run_command(&arguments, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("counterfoil: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run_command(arguments: &Arguments, matches: &ArgMatches) -> anyhow::Result<()> {
    let settings = &arguments.settings;
    match &arguments.command {
        Command::Match(command) => match_command::run(command),
        Command::Score(command) => score_command::run(command),
        Command::Catalogue(command) => catalogue_command::run(command),
        Command::World(command) => world_command::run(command),
        Command::Import(command) => with_tokio(import_command::run(command, settings)),
        Command::Serve(command) => with_tokio(serve_command::run(command, settings)),
        Command::Demo(command) => with_tokio(demo_command::run(command, settings)),
        Command::Config(command) => config_command::run(command, settings, matches),
        Command::Health(command) => health_command::run(command, settings),
        Command::Backup(command) => with_tokio(backup_command::run(command, settings)),
        Command::Check(command) => with_tokio(check_command::run(command, settings)),
        Command::Judge(command) => with_tokio(judge_command::run(command, settings)),
        Command::Migrate => with_tokio(migrate_command::run(settings)),
        Command::Pages(command) => with_tokio(pages_command::run(command, settings)),
        Command::Preferences(command) => with_tokio(preferences_command::run(command, settings)),
        Command::Probe(command) => with_tokio(probe_command::run(command, settings)),
        Command::Key(command) => with_tokio(key_command::run(command, settings)),
        Command::Audit(command) => with_tokio(audit_command::run(command, settings)),
        Command::Honeypot(command) => with_tokio(honeypot_command::run(command, settings)),
        Command::Incident(command) => with_tokio(incident_command::run(command, settings)),
        Command::Seen(command) => with_tokio(seen_command::run(command, settings)),
        Command::User(command) => with_tokio(user_command::run(command, settings)),
        Command::Verdicts(command) => with_tokio(verdicts_command::run(command, settings)),
    }
}

fn with_tokio(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("the system gives no threads")?.block_on(work)
}
