use jiff::civil::Date;
use leptos::prelude::*;

use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page};
use crate::statement_ask::StatementAsk;
use crate::visit::Visit;
use crate::words::{Text, statement as words};

/// The longest that a day is written.
const DAY_CHARS_MAX: usize = 32;

/// Asks of which days; where what was typed are none, says so beside it.
pub(super) fn page(visit: &Visit, typed: Option<(String, String)>) -> Result<Page, NoPage> {
    visit.customer()?;
    let language = visit.language();
    let today = visit.locale.civil(visit.now).date();
    let usual = StatementAsk::months_until(today, 3);
    let is_wrong = typed.is_some();
    let (from, to) = typed.unwrap_or_else(|| (usual.from.to_string(), usual.to.to_string()));
    let short = |text: String| text.chars().take(DAY_CHARS_MAX).collect::<String>();
    let days = [
        day(visit, "from", words::FROM, short(from), is_wrong),
        day(visit, "to", words::TO, short(to), is_wrong),
    ];
    let wrong = is_wrong.then(|| {
        view! { <p class="field-error" id="days-error">{icon("unmatched")}{words::NO_DAYS.in_language(language)}</p> }
    });
    let body = view! {
        <h1>{words::HEADING.in_language(language)}</h1>
        <p class="lead">{words::LEAD.in_language(language)}</p>
        <div class="columns looks-columns">
            <section class="slip" aria-labelledby="days">
                <h2 id="days">{words::PERIOD.in_language(language)}</h2>
                <form class="form" method="get" action="/statement">
                    <div class="audit-days">{Vec::from(days)}</div>
                    {wrong}
                    <p class="hint" id="days-hint">{words::DAY_HINT.in_language(language)}</p>
                    {shown(visit)}
                    <button class="button button-main">{words::MAKE.in_language(language)}</button>
                    <p class="hint">{words::PASSWORD_WHY.in_language(language)}</p>
                </form>
            </section>
            {usual_ones(visit, today)}
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() })
}

fn day(visit: &Visit, name: &'static str, label: Text, value: String, is_wrong: bool) -> AnyView {
    let described_by = if is_wrong { "days-error days-hint" } else { "days-hint" };
    view! {
        <div class="field">
            <label for=name>{label.in_language(visit.language())}</label>
            <input
                class="field-input"
                id=name
                name=name
                type="date"
                value=value
                required
                aria-describedby=described_by
                aria-invalid=is_wrong.then_some("true")
            />
        </div>
    }
    .into_any()
}

fn shown(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <fieldset class="picks">
            <legend>{words::SHOW.in_language(language)}</legend>
            <label class="pick">
                <input type="radio" name="show" value="all" checked/>
                <span>{words::ALL.in_language(language)}</span>
            </label>
            <label class="pick">
                <input type="radio" name="show" value="flagged"/>
                <span>{words::FLAGGED.in_language(language)}</span>
            </label>
        </fieldset>
    }
}

fn usual_ones(visit: &Visit, today: Date) -> impl IntoView + use<> {
    let language = visit.language();
    let ones = [
        (words::THIS_MONTH, StatementAsk::months_until(today, 1)),
        (words::LAST_MONTH, StatementAsk::last_month(today)),
        (words::THREE_MONTHS, StatementAsk::months_until(today, 3)),
        (words::TWELVE_MONTHS, StatementAsk::months_until(today, 12)),
    ];
    let links: Vec<_> = ones
        .map(|(name, ask)| {
            view! { <li><a href=format!("/statement?{ask}")>{name.in_language(language)}</a></li> }
        })
        .into();
    view! {
        <section class="slip" aria-labelledby="usual">
            <h2 id="usual">{words::OR_ONE_OF.in_language(language)}</h2>
            <ul class="links">{links}</ul>
        </section>
    }
}
