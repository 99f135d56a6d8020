use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use leptos::prelude::*;
use store::{Renewal, SignInProof, UserId};
use tower_sessions::Session;
use tower_sessions::session::Error;

use crate::name_browser::name_browser;
use crate::session_key::{BROWSER, PROOF, RENEWS, USER};

/// Begins the session of somebody who has proved who they are, under an id that nobody knows yet, and with nothing in it of
/// whoever was there before.
///
/// It begins at once, and not after the answer is made: with a proof, only if the password is the person's still.
pub(crate) async fn begin_session(
    session: &Session,
    user: &UserId,
    proof: Option<&SignInProof>,
) -> Result<(), Error> {
    let parts = use_context::<Parts>();
    let agent = parts.as_ref().and_then(|parts| parts.headers.get(USER_AGENT)?.to_str().ok());
    let browser = name_browser(agent.unwrap_or_default());
    session.cycle_id().await?;
    session.clear().await;
    session.insert(BROWSER, browser).await?;
    session.insert(USER, user.as_str()).await?;
    let Some(proof) = proof else { return Ok(()) };
    session.insert(PROOF, proof.as_str()).await?;
    if let Err(error) = session.save().await {
        session.flush().await?;
        return Err(error);
    }
    session.remove_value(PROOF).await?;
    Ok(())
}

/// Gives a session a new id that the store has set aside for one; `false` where it was ended meanwhile, and then the browser
/// is left without.
pub(crate) async fn renew_session(session: &Session, renewal: &Renewal) -> Result<bool, Error> {
    session.insert(RENEWS, renewal.as_str()).await?;
    session.cycle_id().await?;
    // At once, and not after the answer is made: what is answered depends on it.
    if let Err(error) = session.save().await {
        tracing::info!(%error, "a session could not be renewed");
        session.flush().await?;
        return Ok(false);
    }
    session.remove_value(RENEWS).await?;
    Ok(true)
}
