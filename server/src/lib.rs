//! What runs: router, sessions, jobs and the command line. The composition root.

pub mod command;
pub mod feed;
pub mod match_feed;
pub mod score;
