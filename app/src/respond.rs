//! From a request to a page: who asks, what they get, and what stands in when it can't be had.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use engine::Span;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_axum::ResponseOptions;
use store::{Role, StoreError};

use crate::frame::{Frame, Place};
use crate::pages::{closed, failed, lookup_closed, no_account, not_found, not_yours, too_soon};
use crate::request::Admit;
use crate::step_up::Then;
use crate::visit::{AUDIT, Customer, DESK, Staff, Visit, Visitor};
use crate::way_on::keep_way_on;
use crate::words::Text;

/// What a page has of its own.
pub(crate) struct Page {
    pub(crate) title: Text,
    pub(crate) place: Place,
    pub(crate) body: AnyView,
}

/// Why there is no page.
pub(crate) enum NoPage {
    /// It is elsewhere, at this address.
    SeeOther(&'static str),
    /// It is elsewhere, at an address of ours that names something.
    Elsewhere(String),
    /// Their password is asked for again first, and then they go on.
    ConfirmFirst(Then),
    /// Nothing is there that the visitor may see.
    NotFound,
    /// It was a lookup's that is not open to the visitor, or not any more.
    LookupClosed,
    /// It is for another of the staff's roles.
    NotYours,
    /// It is a customer's, and the visitor has no account.
    WithoutAccount,
    /// The visitor asked too often, and may ask again after this.
    TooSoon(Span),
    /// Personal pages are closed for everybody.
    Closed,
    /// It failed on our side.
    Failed(StoreError),
}

impl From<StoreError> for NoPage {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

const SIGN_IN: &str = "/sign-in";
/// A person has to look before personal pages are opened again.
const CLOSED_RETRY_SECONDS: u32 = 300;

/// Writes a page in its frame, on the server, once all of it is known.
pub(crate) fn respond<Write, Written>(write: Write) -> impl IntoView
where
    Write: FnOnce(Arc<Visit>) -> Written + Send + 'static,
    Written: Future<Output = Result<Page, NoPage>> + Send + 'static,
{
    Suspend::new(async move {
        set_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        set_header(header::CONTENT_SECURITY_POLICY, content_security_policy());
        let (visit, failure) = Visit::begin().await;
        let visit = Arc::new(visit);
        let written = match failure {
            Some(failure) => Err(NoPage::Failed(failure)),
            None => write(Arc::clone(&visit)).await,
        };
        let page = written.unwrap_or_else(|no_page| stand_in(&visit, no_page));
        // What is written after an await must find this request's context, and not that of whichever ran here before.
        OwnedView::new(view! { <Frame visit page/> })
    })
}

impl Visit {
    /// The customer to whom a personal page is shown; else where the visitor is sent.
    pub(crate) fn customer(&self) -> Result<&Customer, NoPage> {
        match &self.visitor {
            Visitor::Customer(customer) => Ok(customer),
            Visitor::Staff(_) => Err(NoPage::SeeOther(DESK)),
            Visitor::Auditor(_) => Err(NoPage::SeeOther(AUDIT)),
            Visitor::WithoutAccount { .. } => Err(NoPage::WithoutAccount),
            Visitor::WhileClosed => Err(NoPage::Closed),
            Visitor::Lapsed => Err(NoPage::SeeOther("/sign-in?ended")),
            Visitor::Stranger => Err(NoPage::SeeOther("/sign-in")),
        }
    }

    /// The customer to whom a page is shown that is for the holder of an account alone. To a member it is not there.
    pub(crate) fn holder(&self) -> Result<&Customer, NoPage> {
        let customer = self.customer()?;
        if customer.scope.is_members() { Err(NoPage::NotFound) } else { Ok(customer) }
    }

    /// Whoever of the staff is at the desk. To customers there is no desk.
    pub(crate) fn staff(&self) -> Result<&Staff, NoPage> {
        match &self.visitor {
            Visitor::Staff(staff) => Ok(staff),
            Visitor::WhileClosed => Err(NoPage::Closed),
            Visitor::Auditor(_) => Err(NoPage::NotYours),
            Visitor::Customer(_) => Err(NoPage::NotFound),
            Visitor::WithoutAccount { .. } => Err(NoPage::WithoutAccount),
            Visitor::Lapsed => Err(NoPage::SeeOther("/sign-in?ended")),
            Visitor::Stranger => Err(NoPage::SeeOther("/sign-in")),
        }
    }

    /// The auditor to whom what the others did is shown.
    pub(crate) fn auditor(&self) -> Result<&Staff, NoPage> {
        match &self.visitor {
            Visitor::Auditor(auditor) => Ok(auditor),
            _ => self.staff().and(Err(NoPage::NotYours)),
        }
    }

    /// Whoever may ask whose data a credential has seen: a supervisor or an auditor.
    pub(crate) fn overseer(&self) -> Result<&Staff, NoPage> {
        match &self.visitor {
            Visitor::Auditor(auditor) => Ok(auditor),
            _ => match self.staff()? {
                staff if staff.role == Role::Supervisor => Ok(staff),
                _ => Err(NoPage::NotYours),
            },
        }
    }

    /// Lets the visitor cause work that strangers may cause too, unless it is too soon.
    pub(crate) fn admit(&self, admit: &Admit) -> Result<(), NoPage> {
        admit(self.client).map_err(NoPage::TooSoon)
    }
}

/// Sends the browser to an address of ours, by a request that only reads.
pub(crate) fn see_other(address: &str) {
    set_status(StatusCode::SEE_OTHER);
    let address = HeaderValue::from_str(address).expect("our addresses are ASCII");
    set_header(header::LOCATION, address);
}

/// Sets a header of the response, in place of one of that name.
pub(crate) fn set_header(name: HeaderName, value: HeaderValue) {
    expect_context::<ResponseOptions>().insert_header(name, value);
}

/// Adds a header of the response beside others of that name.
pub(crate) fn add_header(name: HeaderName, value: HeaderValue) {
    expect_context::<ResponseOptions>().append_header(name, value);
}

/// After so many seconds it is worth asking again.
pub(crate) const RETRY_SECONDS: i64 = 30;

/// Says that the answer is not the one that was asked for, and after how many seconds it may be.
pub(crate) fn set_status_until(status: StatusCode, seconds: i64) {
    set_status(status);
    set_header(header::RETRY_AFTER, HeaderValue::from(seconds));
}

/// What a page may load and run: ours, and of scripts within the page only those that bear its nonce. Whatever a
/// message's text holds, nothing of it runs.
fn content_security_policy() -> HeaderValue {
    let nonce = use_nonce().map(|nonce| format!("'nonce-{nonce}' ")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src {nonce}'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self'; connect-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is base64")
}

fn set_status(status: StatusCode) {
    expect_context::<ResponseOptions>().set_status(status);
}

/// What nobody sees, for the browser goes on.
fn elsewhere(address: &str) -> Page {
    see_other(address);
    Page { title: crate::words::frame::HISTORY, place: Place::Elsewhere, body: ().into_any() }
}

fn stand_in(visit: &Visit, no_page: NoPage) -> Page {
    match no_page {
        NoPage::SeeOther(address) => {
            if address.starts_with(SIGN_IN) {
                keep_way_on();
            }
            elsewhere(address)
        }
        NoPage::Elsewhere(address) => elsewhere(&address),
        NoPage::ConfirmFirst(then) => elsewhere(&then.confirm_address()),
        NoPage::NotFound => {
            set_status(StatusCode::NOT_FOUND);
            not_found::page(visit)
        }
        NoPage::LookupClosed => {
            set_status(StatusCode::GONE);
            lookup_closed::page(visit)
        }
        NoPage::NotYours => {
            set_status(StatusCode::FORBIDDEN);
            not_yours::page(visit)
        }
        NoPage::WithoutAccount => {
            set_status(StatusCode::FORBIDDEN);
            no_account::page(visit)
        }
        NoPage::TooSoon(wait) => {
            set_status(StatusCode::TOO_MANY_REQUESTS);
            set_header(header::RETRY_AFTER, HeaderValue::from(too_soon::seconds(wait)));
            too_soon::page(visit, wait)
        }
        NoPage::Closed => {
            set_status(StatusCode::SERVICE_UNAVAILABLE);
            set_header(header::RETRY_AFTER, HeaderValue::from(CLOSED_RETRY_SECONDS));
            closed::page(visit)
        }
        NoPage::Failed(error) => {
            tracing::error!(request_id = visit.request_id, %error, "a page failed");
            set_status(StatusCode::INTERNAL_SERVER_ERROR);
            failed::page(visit)
        }
    }
}
