use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use engine::TokenKey;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::store_error::masked;
use crate::{PostgresStore, SqliteStore, Store, StoreError};

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://path/to/file` or `postgres://user:password@host/database`.
    pub url: String,
    /// The secret under which citations and recipients are hashed. A database keeps the one it was made with.
    pub token_key: TokenKey,
}

/// Readers beside SQLite's one writer; more than the cores would only wait for each other.
const SQLITE_READERS_MAX: u32 = 8;
/// How long a writer waits for another process's.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// A row with its reasons or its text mostly fits: of a page of 4096 bytes only a quarter may be one row's, and the rest
/// of it then takes a page of its own.
const SQLITE_PAGE_BYTES: u32 = 8192;
/// Pages in memory of each SQLite connection, in KiB as a negative number: a batch of an import fits, so that its
/// pages are written once.
const SQLITE_CACHE_KIB: &str = "-65536";
/// The same of a connection that only reads, by key: the system keeps the file's pages too, and there are eight of them.
const SQLITE_READER_CACHE_KIB: &str = "-4096";
/// Pages of the log after which SQLite folds it into the file: some batches of an import, so that a page that several of
/// them change is folded once.
const SQLITE_CHECKPOINT_PAGES: &str = "8192";
/// Rows that SQLite's thread reads ahead of whoever takes them.
const SQLITE_ROWS_AHEAD: usize = 1024;
/// Connections to PostgreSQL of one binary; its own default is to take 100 in all.
const POSTGRES_CONNECTIONS_MAX: u32 = 16;
/// How long to wait for a connection before saying that there is none.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// The oldest SQLite whose log can't corrupt the database (sqlite.org/wal.html, "the WAL-reset bug").
const SQLITE_VERSION_MIN: (u32, u32, u32) = (3, 51, 3);

impl Store {
    /// Opens a database, and makes SQLite's where there is none. It may yet have to be migrated.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        let store = match (sqlite_path(&settings.url), settings.url.split_once("://")) {
            (Some(path), _) => open_sqlite(path, settings.token_key.clone()).await?,
            (None, Some(("postgres" | "postgresql", _))) => open_postgres(settings).await?,
            _ => return Err(StoreError::Url(masked(&settings.url))),
        };
        store.check_token_key().await?;
        Ok(store)
    }

    /// Opens a database that is there.
    pub async fn open_existing(settings: &Settings) -> Result<Self, StoreError> {
        match sqlite_path(&settings.url) {
            Some(path) if !path.is_file() => Err(StoreError::NoDatabase(path.to_owned())),
            _ => Self::open(settings).await,
        }
    }
}

/// The file of a SQLite database.
pub(crate) fn sqlite_path(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite://").filter(|path| !path.is_empty()).map(Path::new)
}

async fn open_sqlite(path: &Path, token_key: TokenKey) -> Result<Store, StoreError> {
    check_writable(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .page_size(SQLITE_PAGE_BYTES)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(SQLITE_BUSY_TIMEOUT)
        .pragma("cache_size", SQLITE_CACHE_KIB)
        // What undoes half a statement is not written to a file.
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", SQLITE_CHECKPOINT_PAGES)
        .row_buffer_size(SQLITE_ROWS_AHEAD);
    let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
    let writer = writer.connect_with(options.clone()).await?;
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&writer).await?;
    if !is_sound(&version) {
        return Err(StoreError::SqliteVersion(version));
    }
    let readers =
        SqlitePoolOptions::new().max_connections(SQLITE_READERS_MAX).acquire_timeout(ACQUIRE_TIMEOUT);
    let options = options.pragma("cache_size", SQLITE_READER_CACHE_KIB).pragma("query_only", "on");
    let readers = readers.connect_lazy_with(options);
    Ok(Store::Sqlite(SqliteStore { writer, readers, token_key, instance: draw_instance()? }))
}

async fn open_postgres(settings: &Settings) -> Result<Store, StoreError> {
    let options =
        PgConnectOptions::from_str(&settings.url).map_err(|_| StoreError::Url(masked(&settings.url)))?;
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS_MAX)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await?;
    let token_key = settings.token_key.clone();
    Ok(Store::Postgres(PostgresStore { pool, token_key, instance: draw_instance()? }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "what tells one opening of a store from another is the store's to draw"
)]
fn draw_instance() -> Result<u64, StoreError> {
    getrandom::u64().map_err(|_| StoreError::Randomness)
}

/// SQLite writes two files beside its own, and says of a directory that it can't write only that it is "unable to open
/// database file".
fn check_writable(path: &Path) -> Result<(), StoreError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let probe = directory.join(format!(".counterfoil-probe-{}", std::process::id()));
    let tried = std::fs::create_dir_all(&directory)
        .and_then(|()| std::fs::File::create(&probe))
        .and_then(|_| std::fs::remove_file(&probe))
        .and_then(|()| std::fs::OpenOptions::new().append(true).create(true).open(path));
    tried.map(|_| ()).map_err(|reason| StoreError::Directory { directory, reason })
}

fn is_sound(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    (part(), part(), part()) >= SQLITE_VERSION_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corruptible_range_is_refused() {
        for (version, sound) in
            [("3.51.3", true), ("3.52.0", true), ("4.0.0", true), ("3.51.2", false), ("3.7.0", false)]
        {
            assert_eq!(is_sound(version), sound, "{version}");
        }
    }
}
