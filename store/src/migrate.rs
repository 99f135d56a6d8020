use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};

use crate::{PostgresStore, Store, StoreError};

static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// Roles belong to a cluster and not to a database, so no lock of a database keeps two migrations of one cluster from
/// meeting at them. The later one then is undone, and tried again so many times.
const ATTEMPTS_MAX: u32 = 20;
const ATTEMPTS_APART: Duration = Duration::from_millis(100);

impl Store {
    /// Brings the database up to this binary, and leaves one that already is as it was.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(store) => {
                let mut connection = store.writer.acquire().await?;
                SQLITE.run_direct(None, &mut *connection, false).await.map_err(explained)?;
            }
            Self::Postgres(store) => migrate_postgres(store).await?,
        }
        self.keep_token_key().await?;
        self.number_earlier_messages().await
    }

    /// Whether the database is exactly as this binary knows it; the error says what to do where it is not.
    pub async fn check_migrations(&self) -> Result<(), StoreError> {
        let applied = self.applied_migrations().await?;
        let migrator = match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        };
        let known: BTreeSet<i64> = migrator.iter().map(|migration| migration.version).collect();
        if let Some((future, _)) = applied.iter().rfind(|(version, _)| !known.contains(version)) {
            return Err(StoreError::FutureMigration(*future));
        }
        for migration in migrator.iter() {
            match applied.iter().find(|(version, _)| *version == migration.version) {
                None => return Err(StoreError::MissingMigration(migration.version)),
                Some((version, checksum)) if *checksum != *migration.checksum => {
                    return Err(StoreError::OtherMigration(*version));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    async fn applied_migrations(&self) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        if !self.has_table("_sqlx_migrations").await? {
            return Ok(Vec::new());
        }
        let applied = "select version, checksum from _sqlx_migrations where success order by version";
        let applied = match self {
            // Not the writer: it may be at work for long.
            Self::Sqlite(store) => sqlx::query_as(applied).fetch_all(&store.readers).await?,
            Self::Postgres(store) => sqlx::query_as(applied).fetch_all(&store.pool).await?,
        };
        Ok(applied)
    }
}

async fn migrate_postgres(store: &PostgresStore) -> Result<(), StoreError> {
    for _ in 1..ATTEMPTS_MAX {
        match try_postgres(store).await {
            Err(error) if met_another(&error) => tokio::time::sleep(ATTEMPTS_APART).await,
            done => return done.map_err(explained),
        }
    }
    try_postgres(store).await.map_err(explained)
}

/// A failed run leaves its connection holding the migration lock, so each has a connection of its own.
async fn try_postgres(store: &PostgresStore) -> Result<(), MigrateError> {
    let mut connection = store.pool.acquire().await?.detach();
    let done = POSTGRES.run_direct(None, &mut connection, false).await;
    sqlx::Connection::close(connection).await?;
    done
}

/// Whether a migration failed because another was writing the same rows of the cluster's catalogue.
fn met_another(error: &MigrateError) -> bool {
    let (MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) = error else {
        return false;
    };
    error.as_database_error().is_some_and(|error| {
        error.message().contains("concurrently") || matches!(error.code().as_deref(), Some("23505" | "40P01"))
    })
}

fn explained(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) => StoreError::FutureMigration(version),
        MigrateError::VersionMismatch(version) => StoreError::OtherMigration(version),
        other => StoreError::Migration(other),
    }
}
