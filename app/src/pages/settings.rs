mod spoken;

use engine::Channel;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::{Category, Digest, Notices};

use spoken::{Notice, languages, time_zones};

use crate::clock::Clock;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::save_preferences::SavePreferences;
use crate::visit::{Customer, Visit};
use crate::words::{Text, account, channel, settings as words};

/// How a customer wants to be spoken to and told things.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let notice = Notice::of_address();
    let no_bills = use_query_map().get_untracked().get_str("__err") == Some("bills");
    respond(move |visit| async move { write(&visit, notice, no_bills).await })
}

async fn write(visit: &Visit, notice: Notice, no_bills: bool) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let notices = visit.context.store.read_notices(visit.signed_in()?, Clock::System.now()).await?;
    let language = visit.language();
    let action = ServerAction::<SavePreferences>::new();
    let said = if no_bills { bills_said(visit).into_any() } else { notice.view(visit).into_any() };
    let (spoken, alerts) = (spoken(visit, customer), alerts(visit, &notices));
    let channels = channels(visit, &notices);
    let body = view! {
        <h1>{words::TITLE.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)}</p>
        {said}
        <div class="columns looks-columns">
            <div class="settings" data-owner=visit.mark(&customer.account.id)>
                <ActionForm action attr:class="settings-form">
                    {spoken}
                    {alerts}
                    {channels}
                    <p class="actions">
                        <button class="button button-main">{words::SAVE.in_language(language)}</button>
                    </p>
                </ActionForm>
            </div>
            {more(visit)}
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Settings, body: body.into_any() })
}

fn bills_said(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <div class="alert" role="alert">
            {icon("unmatched")}
            <h2>{words::NO_BILLS.in_language(language)}</h2>
            <p>{words::BILLS_NOTE.in_language(language)}" "{words::ELSE_SAVED.in_language(language)}</p>
        </div>
    }
}

fn spoken(visit: &Visit, customer: &Customer) -> impl IntoView + use<> {
    let language = visit.language();
    let say = move |text: Text| text.in_language(language);
    view! {
        <section class="slip" aria-labelledby="spoken">
            <h2 id="spoken">{say(account::PREFERENCES)}</h2>
            <div class="settings-pair">
                <div class="field">
                    <label for="language">{say(account::LANGUAGE)}</label>
                    <select class="field-select" id="language" name="language">{languages(visit, customer)}</select>
                </div>
                <div class="field">
                    <label for="time-zone">{say(account::TIME_ZONE)}</label>
                    <select class="field-select" id="time-zone" name="time_zone">{time_zones(visit, customer)}</select>
                </div>
            </div>
        </section>
    }
}

fn alerts(visit: &Visit, notices: &Notices) -> impl IntoView + use<> {
    let language = visit.language();
    let say = move |text: Text| text.in_language(language);
    let digests: Vec<_> = Digest::ALL
        .map(|digest| {
            let chosen = digest == notices.digest;
            view! {
                <label class="pick">
                    <input type="radio" name="digest" value=digest.as_str() checked=chosen/>
                    <span>{say(words::digest(digest))}</span>
                </label>
            }
        })
        .into();
    view! {
        <section class="slip" aria-labelledby="alerts">
            <h2 id="alerts">{say(words::ALERTS)}</h2>
            <p class="hint">{say(words::ALERTS_LEAD)}</p>
            <div class="picks">
                {tick("alert_flagged", say(words::FLAGGED), notices.alert_flagged)}
                {tick("alert_lookup", say(words::LOOKUP), notices.alert_lookup)}
                <p class="pick fixed">
                    {icon("lock")}
                    <span>
                        {say(words::SECURITY_CHANGE)}
                        <span class="fixed-why">{say(words::ALWAYS)}". "{say(words::BY_LAW)}</span>
                    </span>
                </p>
            </div>
            <fieldset class="picks">
                <legend>{say(words::DIGEST)}</legend>
                <div class="picks-row">{digests}</div>
                <p class="hint">{say(words::DIGEST_HINT)}</p>
            </fieldset>
        </section>
    }
}

fn tick(name: &'static str, label: &'static str, checked: bool) -> impl IntoView + use<> {
    view! {
        <label class="pick">
            <input type="checkbox" name=name value="on" checked=checked/>
            <span>{label}</span>
        </label>
    }
}

fn channels(visit: &Visit, notices: &Notices) -> impl IntoView + use<> {
    let language = visit.language();
    let say = move |text: Text| text.in_language(language);
    let heads: Vec<_> = Channel::ALL
        .map(|one| view! { <th scope="col">{icon(one.as_str())}<span>{say(channel::name(one))}</span></th> })
        .into();
    let rows: Vec<_> = Category::ALL.map(|category| row(visit, notices, category)).into();
    view! {
        <section class="slip" aria-labelledby="channels">
            <h2 id="channels">{say(words::CHANNELS)}</h2>
            <p class="hint">{say(words::CHANNELS_LEAD)}</p>
            <table class="ways">
                <thead>
                    <tr><th scope="col"><span class="hidden">{say(words::WHAT)}</span></th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <ul class="ways-notes">
                <li>{icon("lock")}<span>{say(words::BY_LAW)}</span></li>
                <li>{icon("letter")}<span>{say(words::BILLS_NOTE)}</span></li>
                <li>{icon("informational")}<span>{say(words::EMERGENCY_NOTE)}</span></li>
            </ul>
        </section>
    }
}

fn row(visit: &Visit, notices: &Notices, category: Category) -> impl IntoView + use<> {
    let language = visit.language();
    let title = words::category(category).in_language(language);
    let cells: Vec<_> = Channel::ALL
        .map(|one| {
            let way = channel::name(one).in_language(language);
            let called = format!("{title}: {way}");
            if category.is_fixed() {
                let called = format!("{called}. {}", words::ALWAYS.in_language(language));
                return view! {
                    <td>
                        <span class="way">
                            {icon("lock")}
                            <span class="hidden">{called}</span>
                            <span class="way-name" aria-hidden="true">{words::ALWAYS.in_language(language)}</span>
                        </span>
                    </td>
                }
                .into_any();
            }
            let is_on = !notices.off.contains(&(category, one));
            let value = format!("{}.{}", category.as_str(), one.as_str());
            view! {
                <td>
                    <label class="way">
                        <input type="checkbox" name="ways[]" value=value checked=is_on/>
                        <span class="hidden">{called}</span>
                        <span class="way-name" aria-hidden="true">{way}</span>
                    </label>
                </td>
            }
            .into_any()
        })
        .into();
    view! { <tr><th scope="row">{title}</th>{cells}</tr> }
}

fn more(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let links: Vec<_> = [
        ("/settings/security", words::SECURITY),
        ("/settings/lookups", words::LOOKED),
        ("/export", words::EXPORT),
        ("/statement", words::STATEMENT),
    ]
    .map(|(address, name)| view! { <li><a href=address>{name.in_language(language)}</a></li> })
    .into();
    view! {
        <div class="asides">
            <section class="slip" aria-labelledby="more">
                <h2 id="more">{words::MORE.in_language(language)}</h2>
                <ul class="links">{links}</ul>
            </section>
        </div>
    }
}
