/// Runs a body against the connection of a [`crate::StoreTransaction`], written once and compiled for both drivers.
///
/// In the body `$connection` is the driver's `&mut Connection` and `Driver` its `sqlx::Database`, which also is a
/// [`crate::dialect::Dialect`]. The body runs where it stands: `?`, `.await` and `return` work as usual.
macro_rules! on_both {
    ($transaction:expr, |$connection:ident| $body:expr) => {
        match $transaction {
            $crate::StoreTransaction::Sqlite(transaction) => {
                #[allow(dead_code, reason = "not every body names its driver")]
                type Driver = sqlx::Sqlite;
                let $connection: &mut sqlx::SqliteConnection = &mut *transaction;
                $body
            }
            $crate::StoreTransaction::Postgres(transaction) => {
                #[allow(dead_code, reason = "not every body names its driver")]
                type Driver = sqlx::Postgres;
                let $connection: &mut sqlx::PgConnection = &mut *transaction;
                $body
            }
        }
    };
}

pub(crate) use on_both;
