//! What the store promises, on SQLite and, where `TEST_POSTGRES_URL` names a cluster, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a case that goes wrong ends there")]

mod account_now;
mod alerts;
mod audit;
mod bulk_import;
mod counterfoil_numbers;
mod customer;
mod database;
mod export;
mod histories;
mod history_search;
mod incidents;
mod lookups;
mod members;
mod messages_read;
mod migrations;
mod online;
mod order_of_arrival;
mod outbox;
mod pace;
mod records;
mod reports;
mod row_security;
mod same_schema;
mod scraping;
mod sessions;
mod sign_up;
mod users;
