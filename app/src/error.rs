//! What a server function may answer besides success.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// Why a server function did not do what it was asked. It crosses the network, in an address too: so it carries nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// The sign-in name and the password don't belong together.
    #[error("the sign-in was refused")]
    Refused,
    /// They are who they say, and may not sign in.
    #[error("the sign-in is suspended")]
    Suspended,
    /// Too many were wrong lately, and none is looked at for a while.
    #[error("too many were wrong: wait a while")]
    TooSoon,
    /// Too much is asked for at once.
    #[error("too much is asked for at once")]
    Busy,
    /// What was sent is not what the function takes.
    #[error("the request can't be read")]
    Unreadable,
    /// It failed on our side.
    #[error("it failed on our side")]
    Failed,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Unreadable,
            _ => Self::Failed,
        }
    }
}
