use leptos::prelude::*;
use tower_sessions::Session;

use crate::error::AppError;
use crate::respond::see_other;

/// Ends the visitor's session.
#[server(name = SignOut, prefix = "", endpoint = "/sign-out")]
pub(crate) async fn sign_out() -> Result<(), AppError> {
    let session: Session = leptos_axum::extract().await.map_err(|_| AppError::Failed)?;
    session.flush().await.map_err(|error| {
        tracing::error!(%error, "a sign-out failed");
        AppError::Failed
    })?;
    see_other("/signed-out");
    Ok(())
}
