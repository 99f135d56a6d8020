//! What the server gives each request.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::http::request::Parts;
use engine::Span;
use leptos::prelude::use_context;
use store::{Acts, Store};

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
    /// The address that people type, without a path.
    pub public_url: Arc<str>,
    /// The path at which the stylesheet is: another one after each change of it.
    pub stylesheet: Arc<str>,
    /// The path at which the font of most texts is.
    pub font: Arc<str>,
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

/// Where a request comes from, in its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Where the current request comes from; where that is not known, from one and the same.
    pub(crate) fn of_request() -> IpAddr {
        let known = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Self>().copied());
        known.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.0)
    }
}
