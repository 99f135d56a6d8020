//! A database of a test's own, and the binary run on it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use engine::TokenKey;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Settings, Store};
use tempfile::TempDir;

/// Runs a case on both databases, each time on an empty one.
macro_rules! on_both_databases {
    ($name:ident, |$place:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every case needs what is beside it")]
            use super::*;

            async fn case($place: &crate::place::Place) $body

            #[tokio::test]
            async fn sqlite() {
                let place = crate::place::Place::sqlite();
                case(&place).await;
            }

            #[tokio::test]
            async fn postgres() {
                let Some(place) = crate::place::Place::postgres().await else { return };
                case(&place).await;
                place.leave().await;
            }
        }
    };
}

pub(crate) use on_both_databases;

/// A data directory with its key, and a database that nobody else has.
pub struct Place {
    pub directory: TempDir,
    pub url: String,
    /// The cluster, and this database's name in it.
    cluster: Option<(String, String)>,
}

/// The key that every place has: bytes of 7.
const KEY_HEX: &str = "07070707070707070707070707070707";
const KEY: [u8; 16] = [7; 16];

static POSTGRES_SKIPPED: Once = Once::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

impl Place {
    pub fn sqlite() -> Self {
        let directory = data_directory();
        let url = format!("sqlite://{}", directory.path().join("counterfoil.sqlite").display());
        Self { directory, url, cluster: None }
    }

    /// `None` where no cluster is named.
    pub async fn postgres() -> Option<Self> {
        let Ok(cluster) = std::env::var("TEST_POSTGRES_URL") else {
            POSTGRES_SKIPPED.call_once(|| eprintln!("skipped on PostgreSQL: TEST_POSTGRES_URL is not set"));
            return None;
        };
        let name = format!("house_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        run_on_postgres(&cluster, &format!("create database {name}")).await;
        let (server, _) = cluster.rsplit_once('/').expect("the cluster's URL names a database");
        let url = format!("{server}/{name}");
        Some(Self { directory: data_directory(), url, cluster: Some((cluster, name)) })
    }

    pub async fn leave(self) {
        if let Some((cluster, name)) = &self.cluster {
            run_on_postgres(cluster, &format!("drop database {name} with (force)")).await;
        }
    }

    /// An empty one on the same kind of database.
    pub async fn another(&self) -> Self {
        match &self.cluster {
            Some(_) => Self::postgres().await.expect("there is a cluster"),
            None => Self::sqlite(),
        }
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.directory.path().join(name)
    }

    /// The store, migrated.
    pub async fn store(&self) -> Store {
        let settings = Settings { url: self.url.clone(), token_key: TokenKey::new(KEY) };
        let store = Store::open(&settings).await.unwrap();
        store.migrate().await.unwrap();
        store
    }

    /// Runs a statement beside the store.
    pub async fn run_sql(&self, statement: &str) {
        if self.cluster.is_some() {
            return run_on_postgres(&self.url, statement).await;
        }
        let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// A statement as the role that writes; SQLite has no roles.
    pub fn as_jobs(&self, statement: &str) -> String {
        match &self.cluster {
            Some(_) => format!("begin; set local role counterfoil_jobs; {statement}; commit"),
            None => statement.to_owned(),
        }
    }

    /// The binary on this place.
    pub fn counterfoil(&self, arguments: &[&str]) -> Command {
        let mut command = counterfoil(arguments);
        command.env("COUNTERFOIL_DATA_DIR", self.directory.path()).env("COUNTERFOIL_DATABASE", &self.url);
        command
    }

    /// Runs it to its end, and gives what it says on its standard error.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let output = run(&mut self.counterfoil(arguments));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "counterfoil {arguments:?}: {said}");
        said
    }
}

/// The binary with nothing of this process's environment.
pub fn counterfoil(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_counterfoil"));
    command.args(arguments).env_clear().env("COUNTERFOIL_LOG", "warn");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(command: &mut Command) -> Output {
    command.output().expect("the binary can be run")
}

/// Runs it with a line on its standard input.
pub fn run_with_line(command: &mut Command, line: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary can be run");
    let mut stdin = child.stdin.take().expect("its input is piped");
    // A command that refuses before it reads has closed its end: what it says of that is what counts.
    let _ = writeln!(stdin, "{line}");
    drop(stdin);
    child.wait_with_output().unwrap()
}

/// What a run that must be refused says: one line, and not in vain.
pub fn refusal(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "it was not refused: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "one clear line: {said}");
    assert!(said.starts_with("counterfoil: "), "{said}");
    said
}

pub fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

fn data_directory() -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    std::fs::write(directory.path().join("counterfoil.key"), KEY_HEX).unwrap();
    directory
}

async fn run_on_postgres(url: &str, statement: &str) {
    let mut connection = PgConnection::connect(url).await.expect("TEST_POSTGRES_URL's cluster answers");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
