//! What people meet: the pages over HTTP and the command line, on SQLite and, where `TEST_POSTGRES_URL` names a cluster,
//! on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a case that goes wrong ends there")]

mod account_page;
mod add_user;
mod audit_command;
mod audit_page;
mod backup;
mod bad_lines;
mod by_https;
mod change_origin;
mod check;
mod check_page;
mod config;
mod connections;
mod cross_site;
mod desk;
mod desk_masked;
mod feed;
mod history_pages;
mod house;
mod import_again;
mod import_killed;
mod isolation;
mod leak_hunt;
mod leaks;
mod logs;
mod looked;
mod mail_server;
mod members;
mod message_page;
mod metrics;
mod page_headers;
mod place;
mod refuse_to_start;
mod scraping;
mod security_page;
mod serve_and_stop;
mod sign_in_and_out;
mod sign_out_race;
mod site_files;
mod too_much;
mod v1;
mod v1_killed;
mod visitor;
mod welcome;
mod worlds;
