use engine::{AccountId, TokenKey};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::StoreError;
use crate::dialect::{BULK_LOCK, Dialect};

/// Everything that is kept, on one of two databases.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file beside the binary.
    Sqlite(SqliteStore),
    /// A server, which several binaries may share.
    Postgres(PostgresStore),
}

/// A store on SQLite: one connection writes, others read beside it.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    pub(crate) token_key: TokenKey,
    pub(crate) instance: u64,
}

/// A store on PostgreSQL.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pub(crate) pool: PgPool,
    pub(crate) token_key: TokenKey,
    pub(crate) instance: u64,
}

/// A transaction on one of the two databases. Dropped, it is as if it had not been.
pub enum StoreTransaction {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

const BEGIN_AS_JOBS: &str = "begin; set local role counterfoil_jobs";
// Of one moment: a page's statements must not see the judging between them.
const BEGIN_AS_APP: &str = "begin isolation level repeatable read read only; set local role counterfoil_app";
const BEGIN_TO_CHECK: &str =
    "begin isolation level repeatable read read only; set local role counterfoil_jobs";

impl Store {
    /// The secret under which citations and recipients are hashed.
    pub fn token_key(&self) -> &TokenKey {
        match self {
            Self::Sqlite(store) => &store.token_key,
            Self::Postgres(store) => &store.token_key,
        }
    }

    /// What tells this opening of the store from every other.
    pub(crate) fn instance(&self) -> u64 {
        match self {
            Self::Sqlite(store) => store.instance,
            Self::Postgres(store) => store.instance,
        }
    }

    /// A transaction that may write, as the role that imports, judges and signs in.
    ///
    /// On SQLite it is the only one: others wait for it. It is immediate, because a transaction that first reads and
    /// then writes is refused, not kept waiting, when another wrote in between.
    pub(crate) async fn write(&self) -> Result<StoreTransaction, StoreError> {
        match self {
            Self::Sqlite(store) => begin_sqlite(&store.writer, "begin immediate").await,
            Self::Postgres(store) => begin_postgres(&store.pool, BEGIN_AS_JOBS).await,
        }
    }

    /// A transaction that writes in bulk: one at a time on PostgreSQL too, so that loading and judging see each other's
    /// work whole.
    pub(crate) async fn write_bulk(&self) -> Result<StoreTransaction, StoreError> {
        let mut transaction = self.write().await?;
        if let StoreTransaction::Postgres(transaction) = &mut transaction {
            sqlx::query("select pg_advisory_xact_lock($1)")
                .bind(BULK_LOCK)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(transaction)
    }

    /// A transaction that only reads, unscoped, as the role that imports, judges and signs in.
    pub(crate) async fn begin_jobs(&self) -> Result<StoreTransaction, StoreError> {
        match self {
            Self::Sqlite(store) => begin_sqlite(&store.readers, "begin").await,
            Self::Postgres(store) => begin_postgres(&store.pool, BEGIN_AS_JOBS).await,
        }
    }

    /// A transaction that only reads, unscoped, and sees the database as it is at one moment.
    pub(crate) async fn begin_check(&self) -> Result<StoreTransaction, StoreError> {
        match self {
            Self::Sqlite(store) => begin_sqlite(&store.readers, "begin").await,
            Self::Postgres(store) => begin_postgres(&store.pool, BEGIN_TO_CHECK).await,
        }
    }

    /// A transaction that only reads, and on PostgreSQL sees no row of another account.
    pub(crate) async fn begin_scoped(&self, account: &AccountId) -> Result<StoreTransaction, StoreError> {
        match self {
            Self::Sqlite(store) => begin_sqlite(&store.readers, "begin").await,
            Self::Postgres(store) => {
                let mut transaction = begin_postgres(&store.pool, BEGIN_AS_APP).await?;
                if let StoreTransaction::Postgres(transaction) = &mut transaction {
                    sqlx::query("select set_config('counterfoil.account', $1, true)")
                        .bind(account.as_str())
                        .execute(&mut **transaction)
                        .await?;
                }
                Ok(transaction)
            }
        }
    }

    /// Whether the database has a table, before it is known to be migrated.
    pub(crate) async fn has_table(&self, name: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = match self {
            Self::Sqlite(store) => {
                sqlx::query_scalar(Sqlite::HAS_TABLE).bind(name).fetch_optional(&store.readers).await?
            }
            Self::Postgres(store) => {
                sqlx::query_scalar(Postgres::HAS_TABLE).bind(name).fetch_optional(&store.pool).await?
            }
        };
        Ok(found.is_some())
    }

    /// Lets go of every connection, after what is under way.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(store) => {
                store.readers.close().await;
                store.writer.close().await;
            }
            Self::Postgres(store) => store.pool.close().await,
        }
    }
}

impl StoreTransaction {
    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

async fn begin_sqlite(pool: &SqlitePool, statement: &'static str) -> Result<StoreTransaction, StoreError> {
    let pool = pool.clone();
    let begun = uncancelled(async move { pool.begin_with(statement).await }).await?;
    Ok(StoreTransaction::Sqlite(begun))
}

async fn begin_postgres(pool: &PgPool, statement: &'static str) -> Result<StoreTransaction, StoreError> {
    let pool = pool.clone();
    let begun = uncancelled(async move { pool.begin_with(statement).await }).await?;
    Ok(StoreTransaction::Postgres(begun))
}

/// Ends what was begun even when nobody waits for it any longer: a `begin` that is cut short leaves its connection in a
/// transaction that the pool knows nothing of (sqlx#4393).
async fn uncancelled<T: Send + 'static>(
    begin: impl Future<Output = Result<T, sqlx::Error>> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::spawn(begin).await.map_err(|_| sqlx::Error::WorkerCrashed)?.map_err(StoreError::from)
}
