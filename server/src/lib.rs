//! What runs: router, sessions, jobs and the command line. The composition root.

pub mod audit_checkpoint;
pub mod canary;
pub mod catalogue;
pub mod clock;
pub mod command;
pub mod demo_operator;
mod dice;
mod dkim;
pub mod feed;
pub mod fill_demo;
mod fill_demo_reports;
mod hexadecimal;
pub mod import_feed;
pub mod match_feed;
pub mod score;
pub mod serve;
pub mod settings;
pub mod v1;
pub mod world;
