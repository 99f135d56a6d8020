//! All that is kept, on SQLite or PostgreSQL: the only crate that holds SQL.
//!
//! Each function's body is written once and compiled against both drivers; what can't be portable is in `dialect.rs`.

mod check_token_key;
mod dialect;
mod migrate;
mod on_both;
mod open_store;
mod store;
mod store_error;

pub(crate) use on_both::on_both;

pub use open_store::Settings;
pub use store::{PostgresStore, SqliteStore, Store, StoreTransaction};
pub use store_error::StoreError;
