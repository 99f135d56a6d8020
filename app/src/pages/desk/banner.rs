use axum::http::{HeaderName, HeaderValue};
use engine::Language;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{LookupId, OpenLookup};

use crate::clock::Clock;
use crate::close_lookup::CloseLookup;
use crate::frame::icon;
use crate::reading::Reading;
use crate::respond::{NoPage, set_header};
use crate::visit::Visit;
use crate::words::desk as words;

const MICROS_PER_SECOND: i64 = 1_000_000;

/// Which lookup the address of the page names.
pub(super) fn asked_lookup() -> Option<LookupId> {
    use_params_map().get_untracked().get("lookup").and_then(|lookup| lookup.parse().ok())
}

/// The lookup, if it is open to whoever asks. What is not, never was or is another's looks all the same.
pub(super) async fn open_lookup(visit: &Visit, id: Option<LookupId>) -> Result<OpenLookup, NoPage> {
    let staff = visit.staff()?;
    let id = id.ok_or(NoPage::NotFound)?;
    let open = visit.context.store.scope_of_lookup(&staff.key, &id, Clock::System.now()).await?;
    open.ok_or(NoPage::LookupClosed)
}

/// Has the browser ask for the page again when the lookup closes: what an agent walked away from does not stay on the
/// screen.
pub(super) fn leave_when_closed(lookup: &OpenLookup) {
    let left = lookup.closes_at.since(Clock::System.now()).micros().max(0) / MICROS_PER_SECOND + 1;
    set_header(HeaderName::from_static("refresh"), HeaderValue::from(left));
}

/// Above every page of a lookup: whose account it is, why, and how long yet.
pub(super) fn banner(reading: &Reading, lookup: &OpenLookup) -> impl IntoView + use<> {
    let language = reading.language();
    let number =
        words::account_ending(&crate::mask_identifiers::identifier(reading.account.id.as_str()), language);
    let left = words::minutes_left(lookup.closes_at.since(Clock::System.now()), language);
    let closes = words::closes_at(&reading.locale.time(lookup.closes_at), language);
    let id = lookup.id.to_string();
    let action = ServerAction::<CloseLookup>::new();
    view! {
        <section class="looking" data-owner=reading.mark(&reading.account.id) aria-labelledby="looking">
            {icon("lock")}
            <div class="looking-whom">
                <p class="looking-name" id="looking">
                    <span class="hidden">{words::LOOKING_AT.in_language(language)}" "</span>
                    <b>{name_of(reading.account.name.as_deref(), language)}</b>
                    " · "
                    {number}
                </p>
                <p>{words::quoted(&lookup.reason, language)}</p>
                <p class="looking-note">
                    {words::MASKED.in_language(language)} " " {reading.locale.zone_sentence()}
                </p>
            </div>
            <p class="looking-until">
                <b>{left}</b>
                " "
                <time datetime=lookup.closes_at.to_string()>{closes}</time>
            </p>
            <ActionForm action>
                <button class="button" name="lookup" value=id>
                    {words::CLOSE.in_language(language)}
                </button>
            </ActionForm>
        </section>
    }
}

/// What a customer is called; an account may come without a name.
pub(super) fn name_of(name: Option<&str>, language: Language) -> String {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    name.unwrap_or(words::NAMELESS.in_language(language)).to_owned()
}
