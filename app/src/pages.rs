//! The pages, one file each.

mod account;
mod api;
mod audit;
mod check;
pub(crate) mod closed;
mod desk;
mod export;
pub(crate) mod failed;
mod history;
mod home;
mod incidents;
pub(crate) mod lookup_closed;
mod lookups;
mod members;
mod message;
mod new_password;
pub(crate) mod no_account;
pub(crate) mod not_found;
pub(crate) mod not_yours;
mod reports;
mod security;
mod seen;
mod settings;
mod sign_in;
mod signed_out;
mod statement;
pub(crate) mod too_soon;
mod transaction;
mod welcome;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

/// All that is shown, by its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=not_found::NotFound>
                <Route path=path!("/") view=home::Home ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=sign_in::SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/welcome") view=welcome::Welcome ssr=SsrMode::Async/>
                <Route path=path!("/welcome/:token") view=welcome::WelcomeLink ssr=SsrMode::Async/>
                <Route path=path!("/new-password") view=new_password::NewPassword ssr=SsrMode::Async/>
                <Route path=path!("/signed-out") view=signed_out::SignedOut ssr=SsrMode::Async/>
                <Route path=path!("/history") view=history::History ssr=SsrMode::Async/>
                <Route path=path!("/messages/:id") view=message::Message ssr=SsrMode::Async/>
                <Route path=path!("/transactions/:id") view=transaction::Transaction ssr=SsrMode::Async/>
                <Route path=path!("/messages/:id/report") view=reports::MessageForm ssr=SsrMode::Async/>
                <Route path=path!("/transactions/:id/report") view=reports::TransactionForm ssr=SsrMode::Async/>
                <Route path=path!("/reports") view=reports::Reports ssr=SsrMode::Async/>
                <Route path=path!("/reports/:report") view=reports::Report ssr=SsrMode::Async/>
                <Route path=path!("/account") view=account::AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=settings::Settings ssr=SsrMode::Async/>
                <Route path=path!("/settings/lookups") view=lookups::Lookups ssr=SsrMode::Async/>
                <Route path=path!("/settings/members") view=members::Members ssr=SsrMode::Async/>
                <Route path=path!("/settings/security") view=security::Security ssr=SsrMode::Async/>
                <Route path=path!("/settings/security/confirm") view=security::ConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/security/password") view=security::PasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/export") view=export::Export ssr=SsrMode::Async/>
                <Route path=path!("/statement") view=statement::StatementPage ssr=SsrMode::Async/>
                <Route path=path!("/desk") view=desk::Desk ssr=SsrMode::Async/>
                <Route path=path!("/desk/accounts/:lookup") view=desk::Account ssr=SsrMode::Async/>
                <Route path=path!("/desk/accounts/:lookup/messages/:id") view=desk::Message ssr=SsrMode::Async/>
                <Route path=path!("/desk/accounts/:lookup/transactions/:id") view=desk::Transaction ssr=SsrMode::Async/>
                <Route path=path!("/desk/accounts/:lookup/reports/:report") view=desk::Report ssr=SsrMode::Async/>
                <Route path=path!("/desk/reports") view=desk::Reports ssr=SsrMode::Async/>
                <Route path=path!("/v1") view=api::Api ssr=SsrMode::Async/>
                <Route path=path!("/desk/audit") view=audit::Audit ssr=SsrMode::Async/>
                <Route path=path!("/desk/seen") view=seen::Seen ssr=SsrMode::Async/>
                <Route path=path!("/check") view=check::Check ssr=SsrMode::Async/>
                <Route path=path!("/check/message") view=check::CheckMessage ssr=SsrMode::Async/>
                <Route path=path!("/incidents") view=incidents::Incidents ssr=SsrMode::Async/>
                <Route path=path!("/incidents/:slug") view=incidents::Incident ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}

/// Whether the page at an address has a part that needs scripts.
pub(crate) fn has_island(path: &str) -> bool {
    matches!(path, "/sign-in" | "/new-password" | "/history") || path.starts_with("/messages/")
}
