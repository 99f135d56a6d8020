use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use store::{Act, Actor, AuditNote, BackupError, backup_to};

use crate::clock::now;
use crate::settings::{SettingArguments, StoreSettings};

#[derive(Debug, Args)]
pub(super) struct BackupCommand {
    /// The file to write; one that is there is left as it is
    file: PathBuf,
    /// Copy the key file too, to FILE.key. Whoever has both can read and link everything
    #[arg(long)]
    with_key: bool,
}

pub(super) async fn run(command: &BackupCommand, settings: &SettingArguments) -> anyhow::Result<()> {
    let settings = settings.resolve()?;
    let key_copy = key_copy(&command.file);
    if command.with_key && key_copy.exists() {
        bail!("{} is there already: name another file", key_copy.display());
    }
    backup_to(settings.database_url(), &command.file).await.map_err(|error| match error {
        BackupError::Postgres(url) => anyhow!(pg_dump(&url, &command.file)),
        other => other.into(),
    })?;
    eprintln!("{} has the database as it was when this began", command.file.display());
    if let Err(error) = note_backup(&settings).await {
        eprintln!("the audit log does not tell of this backup: {error:#}");
    }
    if command.with_key {
        copy_key(settings.key_file(), &key_copy)?;
        eprintln!("{} has its key: keep the two apart", key_copy.display());
    } else {
        eprintln!("without its key it can't be used: keep a copy of {} too", settings.key_file().display());
    }
    Ok(())
}

/// A copy is made of any database, also of one with which this binary can do nothing else.
async fn note_backup(settings: &StoreSettings) -> anyhow::Result<()> {
    let store = settings.open_existing().await?;
    let noted = async {
        store.check_migrations().await?;
        store.note_in_audit(AuditNote::new(now(), Actor::command("backup"), Act::BackupMade)).await
    };
    let noted = noted.await;
    store.close().await;
    noted?;
    Ok(())
}

fn key_copy(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}.key", file.display()))
}

fn copy_key(key_file: &Path, copy: &Path) -> anyhow::Result<()> {
    let key = std::fs::read(key_file).with_context(|| format!("{} can't be read", key_file.display()))?;
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(copy);
    made.and_then(|mut made| made.write_all(&key).and_then(|()| made.sync_all()))
        .with_context(|| format!("{} can't be written", copy.display()))
}

/// Row-level security is forced on the tables' owner too, so a dump by the owner would stop at the first table.
fn pg_dump(url: &str, file: &Path) -> String {
    format!(
        "the database is PostgreSQL, which has a tool for this. With ROLE one that may pass by row-level security (a \
         superuser, or one with bypassrls), run: pg_dump --username=ROLE --format=custom --file='{}' '{url}'",
        file.display()
    )
}
