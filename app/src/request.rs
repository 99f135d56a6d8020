//! What the server gives each request.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use engine::{Span, TimeZone};
use leptos::prelude::use_context;
use store::{Acts, LookupBudget, Store};

use crate::api_document::ApiDocument;
use crate::clock::Clock;

/// What the pages need of the server, handed in as context.
#[derive(Clone)]
pub struct RequestContext {
    /// All that is kept.
    pub store: Store,
    /// The present.
    pub clock: Clock,
    /// The operator's name, as customers know it.
    pub brand: Arc<str>,
    /// How customers reach the operator at once, such as a number to call.
    pub contact: Option<Arc<str>>,
    /// The zone by which whoever is not signed in reads dates.
    pub time_zone: TimeZone,
    /// Whether the file of a mail shows who signed it, for the keys are known.
    pub knows_mail_keys: bool,
    /// The address that people type, without a path.
    pub public_url: Arc<str>,
    /// The path at which the stylesheet is: another one after each change of it.
    pub stylesheet: Arc<str>,
    /// The path at which the font of most texts is.
    pub font: Arc<str>,
    /// The path at which the script is that keeps the pages at hand.
    pub install_script: Arc<str>,
    /// What `/v1` takes and answers.
    pub api_document: Arc<ApiDocument>,
    /// Whether no personal page is shown to anybody at the moment.
    pub are_pages_closed: Arc<AtomicBool>,
    /// How many different accounts one of the staff may open.
    pub lookup_budget: LookupBudget,
    /// Whether a client may look up a counterfoil number now.
    pub admit_check: Admit,
    /// Whether a client may ask for a link now.
    pub admit_link: Admit,
    /// Where acts are handed in.
    pub acts: Acts,
}

impl RequestContext {
    /// Whether people come by https, so that cookies may be for it alone.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Asked before work that a stranger may cause: for whom, and what comes back where it is too soon is how long to wait.
pub type Admit = Arc<dyn Fn(IpAddr) -> Result<(), Span> + Send + Sync>;

/// Where the current request comes from, where that is known.
pub(crate) fn client_address() -> Option<IpAddr> {
    let parts = use_context::<Parts>()?;
    parts.extensions.get::<ClientAddress>().map(|address| address.0)
}

/// Where a request comes from, in its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// What a cookie of that name holds.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// In the extensions of a request whose cookie names a session that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLapsed;

impl ClientAddress {
    /// Where the current request comes from; where that is not known, from one and the same.
    pub(crate) fn of_request() -> IpAddr {
        client_address().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }

    /// The same of a request that is at hand.
    pub(crate) fn of(parts: &Parts) -> IpAddr {
        parts.extensions.get::<Self>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0)
    }
}
