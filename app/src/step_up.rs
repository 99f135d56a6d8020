//! Asking for the password again before something that a passer-by at an open screen must not do or see.

use axum::http::request::Parts;
use engine::TransactionId;
use leptos::prelude::*;
use store::{Confirmed, Password, SessionKey};
use tower_sessions::Session;

use crate::begin_session::renew_session;
use crate::clock::Clock;
use crate::end_sessions::end_others;
use crate::error::AppError;
use crate::request::RequestContext;
use crate::respond::{NoPage, see_other};
use crate::statement_ask::StatementAsk;
use crate::visit::Visit;

const ADDRESS: &str = "/settings/security/confirm";

/// Where one goes once the password was given again. An address may be anybody's work: nobody is sent to any other place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// The page of one's sessions.
    Security,
    /// The same, when all other sessions have ended.
    EndOthers,
    /// The form for another password.
    Password,
    /// The page of the account's members.
    Members,
    /// The account's devices, with their numbers whole.
    Devices,
    /// The page on which everything is taken along.
    Export,
    /// A statement of some days.
    Statement(StatementAsk),
    /// A transaction, with its device's number whole.
    Device(TransactionId),
}

const SECURITY: &str = "/settings/security";
const END_OTHERS: &str = "/settings/security?end=others";
const PASSWORD: &str = "/settings/security/password";
const MEMBERS: &str = "/settings/members";
const DEVICES: &str = "/account?devices=whole";
const EXPORT: &str = "/export";
const STATEMENT: &str = "/statement?";
const TRANSACTION: &str = "/transactions/";
const DEVICE: &str = "?device=whole";

impl Then {
    /// The place that an address names, if it is one of those.
    pub(crate) fn read(address: &str) -> Option<Self> {
        match address {
            SECURITY => Some(Self::Security),
            END_OTHERS => Some(Self::EndOthers),
            PASSWORD => Some(Self::Password),
            MEMBERS => Some(Self::Members),
            DEVICES => Some(Self::Devices),
            EXPORT => Some(Self::Export),
            _ if address.starts_with(STATEMENT) => {
                StatementAsk::of_query(&address[STATEMENT.len()..]).ok().map(Self::Statement)
            }
            _ => {
                let id = address.strip_prefix(TRANSACTION)?.strip_suffix(DEVICE)?;
                id.parse().ok().map(Self::Device)
            }
        }
    }

    /// Its address.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Security => SECURITY.to_owned(),
            Self::EndOthers => END_OTHERS.to_owned(),
            Self::Password => PASSWORD.to_owned(),
            Self::Members => MEMBERS.to_owned(),
            Self::Devices => DEVICES.to_owned(),
            Self::Export => EXPORT.to_owned(),
            Self::Statement(ask) => format!("{STATEMENT}{ask}"),
            Self::Device(id) => format!("{TRANSACTION}{id}{DEVICE}"),
        }
    }

    /// Where the password is asked for, and one goes on from.
    pub(crate) fn confirm_address(&self) -> String {
        format!("{ADDRESS}?then={}", self.address().replace('&', "%26"))
    }
}

impl Visit {
    /// Lets pass whoever has given their password again a short time ago; sends others to do so, and then on.
    pub(crate) async fn confirmed(&self, then: Then) -> Result<(), NoPage> {
        let key = self.signed_in()?;
        let until = self.context.store.confirmed_until(key, Clock::System.now()).await?;
        if until.is_some() { Ok(()) } else { Err(NoPage::ConfirmFirst(then)) }
    }

    /// What proves whoever is signed in to the store; else where the visitor is sent.
    pub(crate) fn signed_in(&self) -> Result<&SessionKey, NoPage> {
        match &self.session {
            Some(key) => Ok(key),
            None if self.has_lapsed() => Err(NoPage::SeeOther("/sign-in?ended")),
            None => Err(NoPage::SeeOther("/sign-in")),
        }
    }
}

/// The session of a server function's request, if it has one.
pub(crate) fn session_of_request() -> Option<(Session, SessionKey)> {
    let session = expect_context::<Parts>().extensions.get::<Session>().cloned()?;
    let key = SessionKey::of(session.id()?.0);
    Some((session, key))
}

/// Takes the password again, and goes on, with what was asked for done; or back, if it is wrong.
#[server(name = Confirm, prefix = "", endpoint = "/settings/security/confirm")]
pub(crate) async fn confirm(password: String, then: String) -> Result<(), AppError> {
    let then = Then::read(&then).unwrap_or(Then::Security);
    let confirmed = try_confirm(&Password::new(password)).await;
    if matches!((&confirmed, &then), (Ok(true), Then::EndOthers)) {
        return end_others().await;
    }
    see_other(&match confirmed {
        Ok(true) => then.address(),
        Ok(false) => "/sign-in?ended".to_owned(),
        Err(AppError::Refused | AppError::Unreadable) => format!("{}&__err=refused", then.confirm_address()),
        Err(_) => format!("{}&__err=failed", then.confirm_address()),
    });
    confirmed.map(|_| ())
}

/// Whether the session goes on.
async fn try_confirm(password: &Password) -> Result<bool, AppError> {
    let Some((session, key)) = session_of_request() else { return Ok(false) };
    let store = expect_context::<RequestContext>().store;
    let confirmed = store.confirm_session(&key, password, Clock::System.now()).await;
    match confirmed.map_err(|error| failed(&error))? {
        Confirmed::Renews(renewal) => renew_session(&session, &renewal).await.map_err(|error| failed(&error)),
        Confirmed::Wrong => Err(AppError::Refused),
        Confirmed::Ended => {
            session.flush().await.map_err(|error| failed(&error))?;
            Ok(false)
        }
    }
}

fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "a password could not be taken again");
    AppError::Failed
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATED: &str = "/statement?from=2026-03-01&to=2026-03-31&show=all";

    #[test]
    fn an_address_with_several_parts_is_one_part_of_another() {
        let then = Then::read(STATED).map(|then| then.confirm_address());
        let expected =
            "/settings/security/confirm?then=/statement?from=2026-03-01%26to=2026-03-31%26show=all";
        assert_eq!(then.as_deref(), Some(expected));
    }

    #[test]
    fn one_goes_on_to_places_of_ours_alone() {
        for place in [
            SECURITY,
            END_OTHERS,
            PASSWORD,
            MEMBERS,
            DEVICES,
            EXPORT,
            "/transactions/T-1?device=whole",
            STATED,
        ] {
            assert_eq!(Then::read(place).map(|then| then.address()).as_deref(), Some(place));
        }
        for other in [
            "",
            "/",
            "/history",
            "//evil.example/",
            "https://evil.example/",
            "/settings/security/",
            "/settings/security?x=y",
            "/transactions/T-1",
            "/statement",
            "/statement?from=2026-03-01&to=//evil.example&show=all",
            "/transactions/T 1?device=whole",
            "/transactions/../sign-out?device=whole",
            "/transactions/T-1%0d%0aset-cookie:x?device=whole",
        ] {
            assert_eq!(Then::read(other), None, "{other}");
        }
    }
}
