//! What can't be written once for both databases, as pairs.

use sqlx::{AssertSqlSafe, Postgres, Sqlite};

/// The advisory lock under which PostgreSQL's bulk writers take turns: an arbitrary number, the same in every version.
pub(crate) const BULK_LOCK: i64 = 0x0043_6675_6c6b;
/// The same of those who add to the audit log. Who takes both takes this one last.
pub(crate) const AUDIT_LOCK: i64 = 0x0043_6675_6c6c;

/// The parts of statements in which the databases differ. Lists are handed over as JSON texts: one parameter for
/// thousands of rows, whatever the database's bound on parameters.
pub(crate) trait Dialect: sqlx::Database {
    /// A row where the table named by `$1` exists.
    const HAS_TABLE: &'static str;

    /// The texts of the list that is `$1`, as what `in (…)` takes.
    const TEXTS: &'static str;

    /// The integers of the list that is `$1`, as what `in (…)` takes.
    const INTEGERS: &'static str;

    /// The list that is `$1` as a table: `value` is an item, and `value ->> 0` the first of its own items.
    const ROWS: &'static str;

    /// The function that makes a JSON list of its arguments: a row as one value.
    const ARRAY: &'static str;

    /// The function that makes a JSON list of its argument in every row of a group.
    const GROUP: &'static str;

    /// What ends a statement whose rows stay as they are until its transaction ends, where that writes.
    const LOCKED: &'static str;

    /// A statement with this database's words for `{texts}`, `{integers}`, `{rows}`, `{array}`, `{group}` and `{locked}`.
    fn written(statement: &'static str) -> AssertSqlSafe<String> {
        let words = [
            ("{texts}", Self::TEXTS),
            ("{integers}", Self::INTEGERS),
            ("{rows}", Self::ROWS),
            ("{array}", Self::ARRAY),
            ("{group}", Self::GROUP),
            ("{locked}", Self::LOCKED),
        ];
        AssertSqlSafe(
            words.iter().fold(statement.to_owned(), |text, (name, words)| text.replace(name, words)),
        )
    }
}

impl Dialect for Sqlite {
    const HAS_TABLE: &'static str = "select 1 from sqlite_schema where type = 'table' and name = $1";
    const TEXTS: &'static str = "select value from json_each($1)";
    const INTEGERS: &'static str = "select value from json_each($1)";
    // Unlike `json_each`, it does not write out each row as text only for the row to be read again.
    const ROWS: &'static str = "jsonb_each($1) as listed";
    const ARRAY: &'static str = "json_array";
    const GROUP: &'static str = "json_group_array";
    // It has one writer.
    const LOCKED: &'static str = "";
}

impl Dialect for Postgres {
    const HAS_TABLE: &'static str = "select 1::bigint where to_regclass($1) is not null";
    const TEXTS: &'static str = "select value from json_array_elements_text($1::json) as listed (value)";
    const INTEGERS: &'static str =
        "select value::bigint from json_array_elements_text($1::json) as listed (value)";
    const ROWS: &'static str = "jsonb_array_elements($1::jsonb) as listed (value)";
    const ARRAY: &'static str = "json_build_array";
    const GROUP: &'static str = "json_agg";
    const LOCKED: &'static str = " for share";
}
