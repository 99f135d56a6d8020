use leptos::prelude::*;
use store::{SeenAccount, SeenBy, SeenReport};

use crate::ask_seen::AskSeen;
use crate::clock::Clock;
use crate::frame::{Place, icon};
use crate::kept_audit::FIELD_CHARS_MAX;
use crate::kept_seen::{Days, KeptSeen};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{audit as words, desk, lookups};

/// More accounts than this are for a file: `counterfoil seen` lists all of them.
const ACCOUNTS_MAX: usize = 500;

/// Whose data a credential has seen, for supervisors and auditors.
#[component]
pub(super) fn Seen() -> impl IntoView {
    respond(|visit| async move { write(&visit).await })
}

async fn write(visit: &Visit) -> Result<Page, NoPage> {
    let overseer = visit.overseer()?;
    let kept = KeptSeen::read(&overseer.session).await;
    let report = match &kept {
        Some(kept) => {
            let now = Clock::System.now();
            let since = kept.days.since(now);
            let read = visit.context.store.read_seen_for(&overseer.key, &kept.by, since, now).await?;
            Some(read.ok_or(NoPage::NotYours)?)
        }
        None => None,
    };
    let language = visit.language();
    let body = view! {
        <h1>{words::SEEN_HEADING.in_language(language)}</h1>
        <p class="lead">{words::SEEN_LEAD.in_language(language)} " " {words::UTC.in_language(language)}</p>
        <div class="audit">
            <div class="audit-aside">
                {form(visit, kept.as_ref())}
                <section class="slip ghost audit-export" aria-labelledby="recorded">
                    <h2 id="recorded">{words::RECORDED.in_language(language)}</h2>
                    <p>{words::RECORDED_WHAT.in_language(language)}</p>
                </section>
            </div>
            <div class="audit-found">{report.map(|report| answer(visit, &report))}</div>
        </div>
    };
    Ok(Page { title: words::SEEN_HEADING, place: Place::Seen, body: body.into_any() })
}

fn form(visit: &Visit, kept: Option<&KeptSeen>) -> impl IntoView + use<> {
    let language = visit.language();
    let by = kept.map(|kept| kept.by.clone()).unwrap_or_default();
    let chosen = kept.map(|kept| kept.days).unwrap_or_default();
    let days: Vec<_> = Days::ALL
        .into_iter()
        .map(|days| {
            let title = words::days(days).in_language(language);
            view! { <option value=days.as_str() selected=days == chosen>{title}</option> }
        })
        .collect();
    let action = ServerAction::<AskSeen>::new();
    view! {
        <section class="slip audit-form">
            <ActionForm action attr:class="form">
                <div class="field">
                    <label for="by">{words::SEEN_BY.in_language(language)}</label>
                    <p class="hint" id="by-hint">{words::SEEN_BY_HINT.in_language(language)}</p>
                    <input
                        class="field-input"
                        id="by"
                        name="by"
                        type="text"
                        value=by
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        maxlength=FIELD_CHARS_MAX.to_string()
                        aria-describedby="by-hint"
                    />
                </div>
                <div class="field">
                    <label for="days">{words::SINCE.in_language(language)}</label>
                    <select class="field-select" id="days" name="days">{days}</select>
                </div>
                <button class="button button-main">{words::SHOW.in_language(language)}</button>
            </ActionForm>
        </section>
    }
}

fn answer(visit: &Visit, report: &SeenReport) -> impl IntoView + use<> {
    let language = visit.language();
    let nothing = match &report.by {
        SeenBy::Nobody => Some(words::SEEN_NOBODY),
        SeenBy::Key { .. } => Some(words::SEEN_KEY),
        SeenBy::User { .. } => None,
    };
    let nothing = nothing.map(|why| view! { <p>{why.in_language(language)}</p> });
    let title = match report.accounts.len() {
        0 => words::SEEN_NOTHING.in_language(language).to_owned(),
        count => words::accounts_seen(count as u64, &visit.locale),
    };
    let accounts: Vec<_> =
        report.accounts.iter().take(ACCOUNTS_MAX).map(|account| seen(visit, account)).collect();
    let more = report.accounts.len().saturating_sub(ACCOUNTS_MAX);
    let more = (more > 0).then(|| view! { <p>{words::more_accounts(more as u64, &visit.locale)}</p> });
    view! {
        <section class="ledger-day" aria-labelledby="seen">
            {whose(visit, &report.by)}
            <h2 id="seen">{title}</h2>
            {nothing}
            {(!accounts.is_empty()).then(|| view! { <ol class="ledger">{accounts}</ol> })}
            {more}
        </section>
    }
}

fn whose(visit: &Visit, by: &SeenBy) -> impl IntoView + use<> {
    let language = visit.language();
    let (name, suspended_at) = match by {
        SeenBy::Nobody => return None,
        SeenBy::Key { name } => (name.clone(), None),
        SeenBy::User { name, role, suspended_at } => {
            (format!("{name}, {}", lookups::role(*role).in_language(language)), *suspended_at)
        }
    };
    let suspended = suspended_at.map(|at| {
        let since = words::suspended_since(&visit.locale.day_and_time(at, visit.now), language);
        view! { <span class="status status-unmatched">{icon("lock")}{since}</span> }
    });
    Some(view! { <p class="seen-whose"><b>{name}</b>{suspended}</p> })
}

fn seen(visit: &Visit, seen: &SeenAccount) -> impl IntoView + use<> {
    let language = visit.language();
    let when = |at| visit.locale.day_and_time(at, visit.now);
    let reasons: Vec<_> = seen
        .reasons
        .iter()
        .map(|reason| view! { <p class="entry-why">{desk::quoted(reason, language)}</p> })
        .collect();
    view! {
        <li class="entry">
            <p class="stub"><b>{words::times(seen.times, language)}</b></p>
            <div class="entry-told">
                <h3>{words::account_number(&seen.account, language)}</h3>
                <p class="entry-facts">
                    <span class="meta">
                        {words::FIRST_SEEN.in_language(language)} ": "
                        <time datetime=seen.first_at.to_string()>{when(seen.first_at)}</time>
                    </span>
                    <span class="meta">
                        {words::LAST_SEEN.in_language(language)} ": "
                        <time datetime=seen.last_at.to_string()>{when(seen.last_at)}</time>
                    </span>
                </p>
                {reasons}
            </div>
        </li>
    }
}
