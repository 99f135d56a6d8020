//! A database of a test's own, and all that is in it.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use engine::TokenKey;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Settings, Store};
use tempfile::TempDir;

/// Runs a case on both databases, each time on an empty one that is migrated.
macro_rules! on_both_databases {
    ($name:ident, |$database:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every case needs what is beside it")]
            use super::*;

            async fn case($database: &crate::database::TestDatabase) $body

            #[tokio::test]
            async fn sqlite() {
                let database = crate::database::TestDatabase::sqlite().await;
                case(&database).await;
                database.leave().await;
            }

            #[tokio::test]
            async fn postgres() {
                let Some(database) = crate::database::TestDatabase::postgres().await else { return };
                case(&database).await;
                database.leave().await;
            }
        }
    };
}

pub(crate) use on_both_databases;

/// A store on a database that nobody else has.
pub struct TestDatabase {
    pub store: Store,
    pub url: String,
    _directory: Option<TempDir>,
    /// The cluster, and this database's name in it.
    cluster: Option<(String, String)>,
}

/// A connection beside the store's own.
pub enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Of a table, by column: its kind of type, and whether it may be null.
pub type Columns = BTreeMap<String, (String, bool)>;

static POSTGRES_SKIPPED: Once = Once::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

pub fn token_key() -> TokenKey {
    TokenKey::new([7; 16])
}

pub fn settings(url: &str) -> Settings {
    Settings { url: url.to_owned(), token_key: token_key() }
}

impl TestDatabase {
    pub async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let url = format!("sqlite://{}", directory.path().join("store.db").display());
        Self { store: migrated(&url).await, url, _directory: Some(directory), cluster: None }
    }

    /// `None` where no cluster is named.
    pub async fn postgres() -> Option<Self> {
        let Ok(cluster) = std::env::var("TEST_POSTGRES_URL") else {
            POSTGRES_SKIPPED.call_once(say_skipped);
            return None;
        };
        let name =
            format!("counterfoil_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        run_on_cluster(&cluster, format!("create database {name}")).await;
        let (server, _) = cluster.rsplit_once('/').expect("the cluster's URL names a database");
        let url = format!("{server}/{name}");
        Some(Self { store: migrated(&url).await, url, _directory: None, cluster: Some((cluster, name)) })
    }

    pub async fn leave(self) {
        self.store.close().await;
        if let Some((cluster, name)) = &self.cluster {
            run_on_cluster(cluster, format!("drop database {name} with (force)")).await;
        }
    }

    pub async fn beside(&self) -> Beside {
        match &self.store {
            Store::Sqlite(_) => Beside::Sqlite(SqliteConnection::connect(&self.url).await.unwrap()),
            Store::Postgres(_) => Beside::Postgres(PgConnection::connect(&self.url).await.unwrap()),
        }
    }

    /// Every row of a table, in order, as texts.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        self.beside().await.rows(table).await
    }

    /// Everything that records leave, but for what tells of the way in which they came.
    pub async fn everything(&self) -> BTreeMap<String, Vec<String>> {
        let mut beside = self.beside().await;
        let mut everything = BTreeMap::new();
        for table in [
            "settings",
            "accounts",
            "addresses",
            "transactions",
            "transaction_ids",
            "messages",
            "message_ids",
            "counterfoil_numbers",
            "fresh_numbers",
            "known_tokens",
            "cited_tokens",
            "history",
            "judge_queue",
        ] {
            everything.insert(table.to_owned(), beside.rows(table).await);
        }
        let settings = everything.get_mut("settings").expect("it is one of the tables");
        let of_the_way = ["catalogue_version|", "records_written_by|", "books_rhythm|"];
        settings.retain(|setting| !of_the_way.iter().any(|name| setting.starts_with(name)));
        everything
    }
}

impl Beside {
    async fn rows(&mut self, table: &str) -> Vec<String> {
        let columns = self.columns(table).await;
        // How a row came about is no part of what it says.
        let of_the_way = ["catalogue_version", "judged_at", "first_seen_at"];
        let kept = columns.iter().filter(|(name, _)| !of_the_way.contains(&name.as_str()));
        let text = |(name, (kind, _)): (&String, &(String, bool))| match kind.as_str() {
            "blob" => format!("hex({name})"),
            _ => format!("coalesce(cast({name} as text), 'null')"),
        };
        let texts: Vec<String> = kept.map(text).collect();
        let mut rows = self.texts(&format!("select {} from {table}", texts.join(" || '|' || "))).await;
        rows.sort();
        rows
    }

    pub async fn texts(&mut self, statement: &str) -> Vec<String> {
        let statement = AssertSqlSafe(statement.to_owned());
        match self {
            Self::Sqlite(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
            Self::Postgres(connection) => sqlx::query_scalar(statement).fetch_all(connection).await.unwrap(),
        }
    }

    pub async fn run(&mut self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        match self {
            Self::Sqlite(connection) => {
                sqlx::raw_sql(statement).execute(connection).await.map(|_| ()).unwrap();
            }
            Self::Postgres(connection) => {
                sqlx::raw_sql(statement).execute(connection).await.map(|_| ()).unwrap();
            }
        }
    }

    pub async fn tables(&mut self) -> Vec<String> {
        let statement = match self {
            Self::Sqlite(_) => {
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'"
            }
            Self::Postgres(_) => {
                "select table_name::text from information_schema.tables where table_schema = 'public'"
            }
        };
        let mut tables = self.texts(statement).await;
        tables.retain(|table| !table.starts_with("_sqlx"));
        tables.sort();
        tables
    }

    pub async fn columns(&mut self, table: &str) -> Columns {
        let statement = match self {
            Self::Sqlite(_) => format!(
                "select name || ' ' || lower(type) || ' ' || (case \"notnull\" when 1 then 'no' else 'yes' end)
                 from pragma_table_info('{table}')"
            ),
            Self::Postgres(_) => format!(
                "select column_name || ' ' || data_type || ' ' || lower(is_nullable)
                 from information_schema.columns where table_schema = 'public' and table_name = '{table}'"
            ),
        };
        let columns = self.texts(&statement).await;
        columns
            .iter()
            .map(|column| {
                let parts: Vec<&str> = column.split(' ').collect();
                (parts[0].to_owned(), (parts[1].to_owned(), parts[2] == "yes"))
            })
            .collect()
    }

    /// The columns of each primary key and of each index, `unique` before those that are.
    pub async fn keys(&mut self, table: &str) -> Vec<String> {
        let statement = match self {
            Self::Sqlite(_) => format!(
                "select case when list.\"unique\" then 'unique ' else '' end
                        || (select group_concat(name, ',') from (select name from pragma_index_info(list.name) order by seqno))
                 from pragma_index_list('{table}') as list"
            ),
            Self::Postgres(_) => format!(
                "select case when indisunique then 'unique ' else '' end
                        || (select string_agg(attname, ',' order by place)
                            from unnest(indkey::int[]) with ordinality as keyed (number, place)
                            join pg_attribute on attrelid = indrelid and attnum = keyed.number)
                 from pg_index where indrelid = '{table}'::regclass"
            ),
        };
        let mut keys = self.texts(&statement).await;
        keys.sort();
        keys
    }
}

/// Past the harness, which keeps what a passing case prints to itself.
fn say_skipped() {
    let line = "skipped on PostgreSQL: TEST_POSTGRES_URL is not set\n";
    std::io::stderr().write_all(line.as_bytes()).expect("the standard error can be written");
}

async fn migrated(url: &str) -> Store {
    let store = Store::open(&settings(url)).await.unwrap();
    store.migrate().await.unwrap();
    store.check_migrations().await.unwrap();
    store
}

async fn run_on_cluster(cluster: &str, statement: String) {
    let mut connection = PgConnection::connect(cluster).await.expect("TEST_POSTGRES_URL's cluster answers");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
}
