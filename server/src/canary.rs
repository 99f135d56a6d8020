//! Canaries: accounts of nobody, whose pages are read through the public front again and again. A page that shows one of
//! them anything but its own has shown somebody what is another's: then personal pages are closed for everybody, before
//! the next customer asks.

mod accounts;
mod front;
mod probe;
mod watch;

pub use accounts::{CANARY_PREFIX, Canary, prepare_canaries};
pub use front::Front;
pub use probe::{Finding, probe};
pub use watch::{PagesState, Watch};
