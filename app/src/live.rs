//! What is new appears while its page is open.
//!
//! A stream says that something changed, and nothing of what; then the page is asked for again, as anybody would ask for
//! it, and what is other in it takes its place. The words are in the page already, so that an island without properties does.

#[cfg(feature = "hydrate")]
mod follow;
#[cfg(feature = "hydrate")]
mod merge_page;
#[cfg(feature = "hydrate")]
mod say_news;

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use store::StoreError;

#[cfg(feature = "ssr")]
use crate::respond::NoPage;
#[cfg(feature = "ssr")]
use crate::visit::Visit;
#[cfg(feature = "ssr")]
use crate::words::live as words;

/// Follows the history that the page shows.
#[island]
pub fn FollowHistory() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    follow::begin();
}

/// Where the page of a customer says what is new. It is asked for before the rest of the page is read: what changes in
/// between is then news, and is not missed.
#[cfg(feature = "ssr")]
pub(crate) async fn news(visit: &Visit) -> Result<impl IntoView + use<>, NoPage> {
    let version = match visit.scope() {
        Some(scope) => visit.context.store.read_history_version(scope).await?,
        None => return Err(NoPage::Failed(StoreError::Unreadable("scope"))),
    };
    let language = visit.language();
    Ok(view! {
        <div
            class="live"
            id="live"
            data-version=version.to_string()
            data-new-one=words::NEW_ONE.in_language(language)
            data-new-many=words::NEW_MANY.in_language(language)
            data-changed-one=words::CHANGED_ONE.in_language(language)
            data-changed-many=words::CHANGED_MANY.in_language(language)
            data-ended=words::ENDED.in_language(language)
            data-sign-in=words::SIGN_IN.in_language(language)
        >
            <p class="live-said" id="live-said" role="status"></p>
            <button class="button button-main" id="live-show" type="button" hidden>
                {words::SHOW.in_language(language)}
            </button>
            <FollowHistory/>
        </div>
    })
}
