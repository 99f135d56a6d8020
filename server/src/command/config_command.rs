use clap::parser::ValueSource;
use clap::{ArgMatches, Args};

use super::log;
use crate::settings::{ServeArguments, SettingArguments};

#[derive(Debug, Args)]
pub(super) struct ConfigCommand {
    #[command(flatten)]
    serve: ServeArguments,
    /// Print a JSON list
    #[arg(long)]
    json: bool,
}

/// Prints each setting with where its value came from. It opens nothing but the settings' files.
pub(super) fn run(
    command: &ConfigCommand,
    settings: &SettingArguments,
    matches: &ArgMatches,
) -> anyhow::Result<()> {
    let arguments = matches.subcommand().map_or(matches, |(_, arguments)| arguments);
    let source = |name: &str| -> Option<ValueSource> { arguments.value_source(name) };
    let mut shown = settings.explain(&command.serve, &source)?;
    shown.push(log::setting());
    if command.json {
        println!("{}", serde_json::to_string_pretty(&shown)?);
        return Ok(());
    }
    let width = |of: fn(&crate::settings::ShownSetting) -> usize| shown.iter().map(of).max().unwrap_or(0);
    let (name_width, value_width) = (width(|one| one.name.len()), width(|one| one.value.chars().count()));
    for one in &shown {
        println!("{:name_width$}  {:value_width$}  {}", one.name, one.value, one.from);
    }
    Ok(())
}
