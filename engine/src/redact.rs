//! What is written of a value for debugging: of what names or tells of somebody, nothing. So no log can have it, whatever
//! is logged.

/// Writes `AccountId(…)` for debugging; or, of what names nobody, what it is.
macro_rules! redact {
    (shown $($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        })+
    };
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}

pub(crate) use redact;
