//! What people see: pages, islands and server functions.
//!
//! Pages are HTML from the server, whole without scripts. Only an island's code is sent to a browser, and only to a page
//! that has one.

mod live;
mod show_password;

#[cfg(feature = "ssr")]
mod answer_report;
#[cfg(feature = "ssr")]
pub mod api_document;
#[cfg(feature = "ssr")]
#[expect(clippy::unused_async, reason = "a server function is asynchronous")]
mod ask_link;
#[cfg(feature = "ssr")]
mod ask_seen;
#[cfg(feature = "ssr")]
mod begin_session;
#[cfg(feature = "ssr")]
mod by_mistake;
#[cfg(feature = "ssr")]
mod change_password;
#[cfg(feature = "ssr")]
#[expect(clippy::unused_async, reason = "a server function is asynchronous")]
mod check_number;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
mod close_lookup;
#[cfg(feature = "ssr")]
mod end_sessions;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
mod explain;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod held;
#[cfg(feature = "ssr")]
mod hide_devices;
#[cfg(feature = "ssr")]
mod incident_feed;
#[cfg(feature = "ssr")]
mod install;
#[cfg(feature = "ssr")]
mod invite_member;
#[cfg(feature = "ssr")]
pub mod kept_audit;
#[cfg(feature = "ssr")]
mod kept_history_search;
#[cfg(feature = "ssr")]
mod kept_search;
#[cfg(feature = "ssr")]
mod kept_seen;
#[cfg(feature = "ssr")]
mod known_device;
#[cfg(feature = "ssr")]
mod locale;
#[cfg(feature = "ssr")]
mod make_report;
#[cfg(feature = "ssr")]
mod mask_identifiers;
#[cfg(feature = "ssr")]
mod mask_views;
#[cfg(feature = "ssr")]
mod message_frame;
#[cfg(feature = "ssr")]
mod name_browser;
#[cfg(feature = "ssr")]
mod open_lookup;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod password_field;
#[cfg(feature = "ssr")]
mod quoted_language;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod respond;
#[cfg(feature = "ssr")]
mod sanitise_mail;
#[cfg(feature = "ssr")]
mod save_preferences;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod search_audit;
#[cfg(feature = "ssr")]
mod search_history;
#[cfg(feature = "ssr")]
mod seen_text;
#[cfg(feature = "ssr")]
pub mod session_key;
#[cfg(feature = "ssr")]
#[expect(clippy::unused_async, reason = "a server function is asynchronous")]
mod set_language;
#[cfg(feature = "ssr")]
mod set_password;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod show_fact;
#[cfg(feature = "ssr")]
mod show_qr;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
mod sign_out;
#[cfg(feature = "ssr")]
mod statement_ask;
#[cfg(feature = "ssr")]
mod step_up;
#[cfg(feature = "ssr")]
mod unseen_characters;
#[cfg(feature = "ssr")]
mod visit;
#[cfg(feature = "ssr")]
mod way_on;
#[cfg(feature = "ssr")]
mod word_mail;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use incident_feed::incident_feed;
#[cfg(feature = "ssr")]
pub use install::{manifest, offline_page};
pub use live::FollowHistory;
#[cfg(feature = "ssr")]
pub use message_frame::message_frame;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use show_password::ShowPassword;
#[cfg(feature = "ssr")]
pub use word_mail::mail_desk;

/// Brings a page's islands to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
