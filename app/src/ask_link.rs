use leptos::prelude::*;
use store::offer_link;

use crate::error::AppError;
use crate::request::{ClientAddress, RequestContext};
use crate::respond::see_other;
use crate::sign_in::SIGN_IN_NAME_CHARS_MAX;

/// Has a link sent to an address, if it is on file. Whether it is changes nothing of the answer, nor of how long that
/// takes: it is looked up after the answer.
#[server(name = AskLink, prefix = "", endpoint = "/welcome")]
pub(crate) async fn ask_link(email: String) -> Result<(), AppError> {
    let asked = try_ask(email.trim());
    see_other(match asked {
        Ok(()) => "/welcome?sent",
        Err(AppError::Unreadable) => "/welcome?__err=unreadable",
        Err(_) => "/welcome?__err=busy",
    });
    asked
}

fn try_ask(email: &str) -> Result<(), AppError> {
    if !email.contains('@') || email.chars().count() > SIGN_IN_NAME_CHARS_MAX {
        return Err(AppError::Unreadable);
    }
    let context = expect_context::<RequestContext>();
    let client = ClientAddress::of_request();
    (context.admit_link)(client).map_err(|_| AppError::Busy)?;
    offer_link(&context.acts, email.to_owned()).map_err(|error| {
        tracing::warn!(%error, "a link could not be asked for");
        AppError::Busy
    })
}
