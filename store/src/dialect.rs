//! What can't be written once for both databases, as pairs.

use sqlx::{Postgres, Sqlite};

/// The advisory lock under which PostgreSQL's bulk writers take turns: an arbitrary number, the same in every version.
pub(crate) const BULK_LOCK: i64 = 0x0043_6675_6c6b;

/// The parts of statements in which the databases differ.
pub(crate) trait Dialect: sqlx::Database {
    /// The most parameters that a statement may have.
    const BINDS_MAX: usize;

    /// A row where the table named by `$1` exists.
    const HAS_TABLE: &'static str;

    /// The texts of the JSON list that is `$1`, as what `in (…)` takes.
    const TEXTS: &'static str;

    /// The integers of the JSON list that is `$1`, as what `in (…)` takes.
    const INTEGERS: &'static str;
}

impl Dialect for Sqlite {
    // SQLITE_MAX_VARIABLE_NUMBER's default since 3.32.
    const BINDS_MAX: usize = 32_766;
    const HAS_TABLE: &'static str = "select 1 from sqlite_schema where type = 'table' and name = $1";
    const TEXTS: &'static str = "select value from json_each($1)";
    const INTEGERS: &'static str = "select value from json_each($1)";
}

impl Dialect for Postgres {
    // The wire protocol counts them in 16 bits.
    const BINDS_MAX: usize = 65_535;
    const HAS_TABLE: &'static str = "select 1::bigint where to_regclass($1) is not null";
    const TEXTS: &'static str = "select value from json_array_elements_text($1::json) as listed (value)";
    const INTEGERS: &'static str = "select value::bigint from json_array_elements_text($1::json) as listed (value)";
}
