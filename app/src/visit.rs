//! Who asks, and in which language to answer.

mod ask_language;

use std::net::IpAddr;
use std::sync::atomic::Ordering;

use axum::http::HeaderMap;
use axum::http::request::Parts;
use engine::{AccountId, Instant, Language, TimeZone};
use leptos::prelude::*;
use store::{AccountScope, AccountView, Preferences, Role, SessionKey, StoreError};
use tower_sessions::Session;

use crate::clock::Clock;
use crate::locale::Locale;
use crate::request::{ClientAddress, RequestContext, SessionLapsed};

pub(crate) use ask_language::LANGUAGE_COOKIE;
pub(crate) use ask_language::chosen_language;
use ask_language::{accepted_language, accepted_locale};

/// Where customers begin.
pub(crate) const HISTORY: &str = "/history";
/// Where customers see what they look for.
pub(crate) const HISTORY_SEARCH: &str = "/history?search";
/// What customers reported.
pub(crate) const REPORTS: &str = "/reports";
/// The reports that wait for the desk.
pub(crate) const DESK_REPORTS: &str = "/desk/reports";
/// Where agents and supervisors begin.
pub(crate) const DESK: &str = "/desk";
/// Where auditors begin.
pub(crate) const AUDIT: &str = "/desk/audit";
/// Where supervisors and auditors ask whose data a credential has seen.
pub(crate) const SEEN: &str = "/desk/seen";

/// A request, as far as a page has to know it.
pub(crate) struct Visit {
    pub(crate) context: RequestContext,
    pub(crate) now: Instant,
    pub(crate) locale: Locale,
    pub(crate) visitor: Visitor,
    /// What proves whoever is signed in to the store.
    pub(crate) session: Option<SessionKey>,
    /// Where the request comes from.
    pub(crate) client: IpAddr,
    /// By which the server's log knows the request.
    pub(crate) request_id: Option<String>,
}

/// Who asks.
pub(crate) enum Visitor {
    /// Somebody who is not signed in.
    Stranger,
    /// Whoever it is, while personal pages are closed for everybody.
    WhileClosed,
    /// Somebody whose session has ended.
    Lapsed,
    /// Somebody of the staff who may look accounts up.
    Staff(Box<Staff>),
    /// Somebody of the staff who reads what the others did.
    Auditor(Box<Staff>),
    /// Somebody else who is signed in, to whom no account belongs.
    WithoutAccount {
        /// What they are called.
        name: String,
    },
    /// The customer of an account.
    Customer(Box<Customer>),
}

/// A customer who is signed in.
pub(crate) struct Customer {
    /// What they are called.
    pub(crate) name: String,
    pub(crate) scope: AccountScope,
    pub(crate) account: AccountView,
    /// How they want to be spoken to.
    pub(crate) preferences: Preferences,
    pub(crate) session: Session,
}

/// Somebody of the staff who is signed in.
pub(crate) struct Staff {
    /// What they are called.
    pub(crate) name: String,
    /// What proves them to the store.
    pub(crate) key: SessionKey,
    pub(crate) session: Session,
    /// What they are to the operator.
    pub(crate) role: Role,
}

/// A request id longer than this is not one of ours.
const REQUEST_ID_CHARS_MAX: usize = 64;

impl Visit {
    /// What the current request brings; with it, what kept its visitor from being recognised.
    pub(crate) async fn begin() -> (Self, Option<StoreError>) {
        Self::of(expect_context::<RequestContext>(), &expect_context::<Parts>()).await
    }

    /// The same of a request that no page of Leptos answers.
    pub(crate) async fn of(context: RequestContext, parts: &Parts) -> (Self, Option<StoreError>) {
        let now = context.clock.now();
        let (visitor, failure) = match recognise(&context, parts).await {
            Ok(visitor) => (visitor, None),
            Err(failure) => (Visitor::Stranger, Some(failure)),
        };
        let locale = locale_for(parts, &visitor, &context.time_zone);
        let is_signed_in = !matches!(visitor, Visitor::Stranger | Visitor::Lapsed);
        let session = session_key(parts).filter(|_| is_signed_in);
        let request_id = request_id(parts);
        let client = ClientAddress::of(parts);
        (Self { context, now, locale, visitor, session, client, request_id }, failure)
    }

    /// The mark of a block that shows what is this account's: on its way out a page is held to the marks of whoever asked.
    pub(crate) fn mark(&self, owner: &AccountId) -> String {
        self.context.store.owner_mark(owner).to_string()
    }

    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.locale.language
    }

    /// The account that the visitor is signed in for.
    pub(crate) fn account(&self) -> Option<&AccountView> {
        match &self.visitor {
            Visitor::Customer(customer) => Some(&customer.account),
            _ => None,
        }
    }

    /// What the visitor may read, if it is a customer.
    pub(crate) fn scope(&self) -> Option<&AccountScope> {
        match &self.visitor {
            Visitor::Customer(customer) => Some(&customer.scope),
            _ => None,
        }
    }

    /// What the visitor is called, if they are signed in.
    pub(crate) fn signed_in_as(&self) -> Option<&str> {
        match &self.visitor {
            Visitor::Stranger | Visitor::WhileClosed | Visitor::Lapsed => None,
            Visitor::WithoutAccount { name } => Some(name),
            Visitor::Customer(customer) => Some(&customer.name),
            Visitor::Staff(staff) | Visitor::Auditor(staff) => Some(&staff.name),
        }
    }

    /// Where whoever is signed in begins.
    pub(crate) fn begins_at(&self) -> Option<&'static str> {
        match &self.visitor {
            Visitor::Stranger | Visitor::WhileClosed | Visitor::Lapsed => None,
            Visitor::WithoutAccount { .. } | Visitor::Customer(_) => Some(HISTORY),
            Visitor::Staff(_) => Some(DESK),
            Visitor::Auditor(_) => Some(AUDIT),
        }
    }

    /// Whether the visitor's session has ended.
    pub(crate) fn has_lapsed(&self) -> bool {
        matches!(self.visitor, Visitor::Lapsed)
    }

    /// Whether somebody of the staff asks.
    pub(crate) fn is_staff(&self) -> bool {
        matches!(self.visitor, Visitor::Staff(_) | Visitor::Auditor(_))
    }

    /// Whether somebody asks who reads what the others did.
    pub(crate) fn is_auditor(&self) -> bool {
        matches!(self.visitor, Visitor::Auditor(_))
    }
}

async fn recognise(context: &RequestContext, parts: &Parts) -> Result<Visitor, StoreError> {
    if context.are_pages_closed.load(Ordering::Relaxed) {
        return Ok(Visitor::WhileClosed);
    }
    if parts.extensions.get::<SessionLapsed>().is_some() {
        return Ok(Visitor::Lapsed);
    }
    let Some(session) = parts.extensions.get::<Session>() else { return Ok(Visitor::Stranger) };
    let Some(id) = session.id() else { return Ok(Visitor::Stranger) };
    // A session ends by the machine's time, whatever day the pages show.
    let now = Clock::System.now();
    let (store, key) = (&context.store, SessionKey::of(id.0));
    if let Some(signed_in) = store.scope_of_session(&key, now).await? {
        let account = store.read_account(&signed_in.scope).await?;
        let (name, preferences) = (signed_in.user.name, signed_in.user.preferences);
        let (scope, session) = (signed_in.scope, session.clone());
        let customer = Customer { name, scope, account, preferences, session };
        return Ok(Visitor::Customer(Box::new(customer)));
    }
    if let Some(user) = store.user_of_session(&key, now).await? {
        let staff = |name| Box::new(Staff { name, key, session: session.clone(), role: user.role });
        return Ok(match user.role {
            Role::Agent | Role::Supervisor => Visitor::Staff(staff(user.name)),
            Role::Auditor => Visitor::Auditor(staff(user.name)),
            Role::Customer => Visitor::WithoutAccount { name: user.name },
        });
    }
    forget(session).await;
    Ok(Visitor::Lapsed)
}

fn session_key(parts: &Parts) -> Option<SessionKey> {
    Some(SessionKey::of(parts.extensions.get::<Session>()?.id()?.0))
}

/// Has the browser drop a cookie that opens nothing any longer, so that its visitor is told of it once.
async fn forget(session: &Session) {
    if let Err(error) = session.flush().await {
        tracing::warn!(%error, "a session that has ended could not be forgotten");
    }
}

/// The language that a visitor chose in this browser, else the browser's.
pub(crate) fn language_of_request(headers: &HeaderMap) -> Language {
    chosen_language(headers).unwrap_or_else(|| accepted_language(headers))
}

/// The language that the visitor chose in this browser; else the one they keep; else their account's; else their
/// browser's. The zone that they keep; else their account's; whoever is not signed in has the operator's. The region is
/// the account's; else the browser's.
fn locale_for(parts: &Parts, visitor: &Visitor, of_operator: &TimeZone) -> Locale {
    let chosen = chosen_language(&parts.headers);
    if let Visitor::Customer(customer) = visitor {
        let (account, kept) = (&customer.account, &customer.preferences);
        let language = chosen.or(kept.language).unwrap_or(account.language);
        let time_zone = kept.time_zone.as_ref().unwrap_or(&account.time_zone);
        return Locale::new(language, &account.locale, time_zone.clone());
    }
    let language = chosen.unwrap_or_else(|| accepted_language(&parts.headers));
    // What the staff read of is timed by one clock, wherever they are.
    let time_zone = match visitor {
        Visitor::Stranger | Visitor::WhileClosed | Visitor::Lapsed => of_operator.clone(),
        _ => TimeZone::default(),
    };
    Locale::new(language, accepted_locale(&parts.headers), time_zone)
}

fn request_id(parts: &Parts) -> Option<String> {
    let id = parts.headers.get("x-request-id")?.to_str().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (id.len() <= REQUEST_ID_CHARS_MAX && id.bytes().all(plain)).then(|| id.to_owned())
}
