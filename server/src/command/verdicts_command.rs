use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use engine::Verdict;
use serde_json::json;

use super::match_command::create;
use crate::settings::SettingArguments;

#[derive(Debug, Args)]
pub(super) struct VerdictsCommand {
    /// Where the verdicts go, a JSON line a message, by message id
    #[arg(long)]
    out: PathBuf,
    /// Where the untold transactions go, a JSON line each
    #[arg(long)]
    untold: Option<PathBuf>,
}

pub(super) async fn run(command: &VerdictsCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let store = settings.resolve()?.open_store().await?;
    let mut out = create(&command.out)?;
    let mut written = Ok(());
    store
        .export_verdicts(|exported| {
            if written.is_ok() {
                written = write_line(&mut out, &exported);
            }
        })
        .await?;
    written?;
    out.flush()?;
    if let Some(path) = &command.untold {
        let mut out = create(path)?;
        for transaction in store.export_untold().await? {
            writeln!(out, "{}", json!({ "transaction": transaction }))?;
        }
        out.flush()?;
    }
    store.close().await;
    Ok(())
}

fn write_line(out: &mut dyn Write, exported: &store::ExportedVerdict) -> anyhow::Result<()> {
    let mut line = json!({
        "message": exported.message,
        "verdict": exported.verdict.unwrap_or(Verdict::Unchecked),
    });
    let transaction = exported.transaction.as_ref().map(|transaction| json!(transaction));
    let fields = line.as_object_mut().expect("the line is an object");
    fields.extend(transaction.map(|transaction| ("transaction".to_owned(), transaction)));
    fields.insert("reasons".to_owned(), serde_json::from_str(&exported.reasons)?);
    writeln!(out, "{line}")?;
    Ok(())
}
