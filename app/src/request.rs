//! What the server gives each request.

use std::sync::Arc;

use store::Store;

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
    /// What the stylesheet's address carries, so that a change of it is fetched anew.
    pub style_version: Arc<str>,
}
