//! All that is kept, on SQLite or PostgreSQL: the only crate that holds SQL.
//!
//! Each function's body is written once and compiled against both drivers; what can't be portable is in `dialect.rs`.

mod account_view;
mod check_token_key;
mod cursor;
mod dialect;
mod history_page;
mod message_view;
mod migrate;
mod on_both;
mod open_store;
mod role;
mod store;
mod store_error;
mod transaction_view;

pub(crate) use on_both::on_both;

pub use account_view::AccountView;
pub use cursor::{Cursor, CursorError};
pub use history_page::{HistoryEntry, HistoryFilter, HistoryPage, HistoryQuery, HistorySummary, Page};
pub use message_view::{Around, MessageSummary, MessageView};
pub use open_store::Settings;
pub use role::{Role, RoleError};
pub use store::{PostgresStore, SqliteStore, Store, StoreTransaction};
pub use store_error::StoreError;
pub use transaction_view::{DeviceView, TransactionView};
