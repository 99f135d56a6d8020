use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::open_store::sqlite_path;
use crate::store_error::masked;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has tools of its own for it. The URL is one without a role, for another one does this.
    #[error("{0} is PostgreSQL, which is backed up by its own tools")]
    Postgres(String),
    /// Nothing is where the database should be.
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    /// A backup is never overwritten.
    #[error("{} is there already: name another file", .0.display())]
    Exists(PathBuf),
    /// What an unfinished backup leaves, or another one is writing.
    #[error("{} is there: unless another backup is under way, remove it and try again", .0.display())]
    Unfinished(PathBuf),
    /// The file can't be written.
    #[error("{} can't be written: {reason}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        reason: io::Error,
    },
    /// SQLite could not copy.
    #[error("the database could not be copied: {0}")]
    Database(#[from] sqlx::Error),
}

/// How long to wait for a moment in which nobody changes how the file is written.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Writes a SQLite database into a file, whole and as it is at one moment, while others read and write it. The file has
/// its name only once all of it is on the disk, and only its owner may read it.
pub async fn backup_to(url: &str, file: &Path) -> Result<(), BackupError> {
    let Some(database) = sqlite_path(url) else {
        return Err(BackupError::Postgres(without_role(&masked(url))));
    };
    if !database.is_file() {
        return Err(BackupError::NoDatabase(database.to_owned()));
    }
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let partial = beside(file, ".partial");
    make_empty(&partial)?;
    let written = match copy(database, &partial).await {
        Ok(()) => put_in_place(&partial, file).map_err(|reason| unwritable(file, reason)),
        Err(error) => Err(BackupError::Database(error)),
    };
    if written.is_err() {
        // What is wrong is said; that this could not be removed either would say nothing more.
        let _ = std::fs::remove_file(&partial);
    }
    written
}

fn without_role(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, address)| address))
}

/// A file's name with more at its end.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    PathBuf::from(name)
}

/// SQLite writes into an empty file, and leaves it to its owner as it was.
fn make_empty(partial: &Path) -> Result<(), BackupError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(partial) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Unfinished(partial.to_owned()))
        }
        Err(reason) => Err(unwritable(partial, reason)),
    }
}

async fn copy(database: &Path, into: &Path) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(database).busy_timeout(BUSY_TIMEOUT);
    let mut connection = options.connect().await?;
    // An absolute path never reads as one of SQLite's `file:` URIs.
    let into = std::path::absolute(into)?;
    let into = into.to_str().ok_or_else(|| io::Error::other("the path is not UTF-8"))?;
    sqlx::query("vacuum into $1").bind(into).execute(&mut connection).await?;
    connection.close().await
}

fn put_in_place(partial: &Path, file: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    std::fs::rename(partial, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn unwritable(file: &Path, reason: io::Error) -> BackupError {
    BackupError::Unwritable { file: file.to_owned(), reason }
}
