use clap::{Parser, Subcommand};

use super::audit_command::AuditCommand;
use super::backup_command::BackupCommand;
use super::catalogue_command::CatalogueCommand;
use super::check_command::CheckCommand;
use super::config_command::ConfigCommand;
use super::demo_command::DemoCommand;
use super::health_command::HealthCommand;
use super::honeypot_command::HoneypotCommand;
use super::import_command::ImportCommand;
use super::incident_command::IncidentCommand;
use super::judge_command::JudgeCommand;
use super::key_command::KeyCommand;
use super::match_command::MatchCommand;
use super::pages_command::PagesCommand;
use super::preferences_command::PreferencesCommand;
use super::probe_command::ProbeCommand;
use super::score_command::ScoreCommand;
use super::seen_command::SeenCommand;
use super::serve_command::ServeCommand;
use super::user_command::UserCommand;
use super::verdicts_command::VerdictsCommand;
use super::world_command::WorldCommand;
use crate::settings::SettingArguments;

/// Every message the company sent, next to what really happened on the account.
#[derive(Debug, Parser)]
#[command(name = "counterfoil", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the pages
    Serve(ServeCommand),
    /// Load a feed folder into the store and judge what it touches
    Import(ImportCommand),
    /// Judge a feed folder in memory and write a verdict for each message
    Match(MatchCommand),
    /// Compare verdicts with a feed's truth
    Score(ScoreCommand),
    /// Write the store's verdicts, as `match` writes a feed's
    Verdicts(VerdictsCommand),
    /// What an operator's messages assert
    Catalogue(CatalogueCommand),
    /// Write a made-up operator's feed with every fault at a known rate, and the truth about it
    World(WorldCommand),
    /// Fill a store with a made-up operator, serve it, and print its sign-ins
    Demo(DemoCommand),
    /// Print each setting and where its value comes from
    Config(ConfigCommand),
    /// Ask the server on this machine whether it is ready
    Health(HealthCommand),
    /// Copy the SQLite database into a file, while it is served or not
    Backup(BackupCommand),
    /// Look whether the database is sound and a sample of its verdicts comes out the same
    Check(CheckCommand),
    /// Judge every account again, as after an upgrade that judges otherwise
    Judge(JudgeCommand),
    /// Bring the database's tables up to this version
    Migrate,
    /// Close personal pages for everybody, or open them again
    Pages(PagesCommand),
    /// How customers want to be told things
    Preferences(PreferencesCommand),
    /// Have canaries read their pages through a front, before it gets traffic
    Probe(ProbeCommand),
    /// Keys of the systems that hand in records over /v1
    Key(KeyCommand),
    /// What was done, by whom: whether that is still as it was written
    Audit(AuditCommand),
    /// Accounts of nobody, that nobody has a reason to open
    Honeypot(HoneypotCommand),
    /// Published statements about what went wrong
    Incident(IncidentCommand),
    /// Whose data a person or a key has seen, when and why
    Seen(SeenCommand),
    /// People who sign in
    User(UserCommand),
}
