use crate::{Store, StoreError};

impl Store {
    /// What the database itself finds wrong with it, a line each. It reads all of a SQLite file; of PostgreSQL, what its
    /// own catalogue tells.
    pub async fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        let statements: &[&'static str] = match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        };
        let mut wrong = Vec::new();
        for statement in statements {
            let lines: Vec<String> = match self {
                Self::Sqlite(store) => sqlx::query_scalar(*statement).fetch_all(&store.readers).await?,
                Self::Postgres(store) => sqlx::query_scalar(*statement).fetch_all(&store.pool).await?,
            };
            wrong.extend(lines);
            // In a file that is not sound, references can't be followed.
            if matches!(self, Self::Sqlite(_)) && !wrong.is_empty() {
                break;
            }
        }
        Ok(wrong)
    }
}

/// A hundred findings, which is what SQLite itself stops at, say enough.
const SQLITE: [&str; 2] = [
    "select integrity_check from pragma_integrity_check where integrity_check <> 'ok'",
    "select 'a row of ' || \"table\" || ' refers to none of ' || parent from pragma_foreign_key_check limit 100",
];

const POSTGRES: [&str; 4] = [
    "select 'the index ' || indexrelid::regclass::text || ' is not valid: reindex it'
     from pg_index join pg_class on pg_class.oid = indexrelid
     where relnamespace = current_schema()::regnamespace and not (indisvalid and indisready)",
    "select 'the constraint ' || conname || ' was never validated'
     from pg_constraint where connamespace = current_schema()::regnamespace and not convalidated",
    "select 'PostgreSQL counted ' || checksum_failures || ' pages with a wrong checksum'
     from pg_stat_database where datname = current_database() and checksum_failures > 0",
    // A table with an account that shows its rows to whoever asks.
    "select 'the table ' || relname || ' is not under forced row-level security'
     from pg_class
     where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
       and not (relrowsecurity and relforcerowsecurity)
       and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'account_id' and not attisdropped)",
];
