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
    /// The path at which the stylesheet is: another one after each change of it.
    pub stylesheet: Arc<str>,
    /// The path at which the font of most texts is.
    pub font: Arc<str>,
}
