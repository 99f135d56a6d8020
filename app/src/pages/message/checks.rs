use engine::{Cause, Currency, Fact, FactName, Outcome, Reference};
use leptos::prelude::*;

use super::Shown;
use super::looked::Around;
use crate::explain::is_in_time;
use crate::frame::icon;
use crate::show_fact::shown as show;
use crate::words::{Text, fact, kind, message as words};

/// How the verdict was found: the facts compared, one by one.
pub(super) fn checks(shown: Shown) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let facts: Vec<&Fact> = shown.message.reasons.iter().flat_map(|reason| &reason.facts).collect();
    let found = if facts.is_empty() {
        view! { <p>{words::NOTHING_TO_CHECK.in_language(language)}</p> }.into_any()
    } else {
        let checks: Vec<_> = facts.into_iter().map(|fact| check(shown, fact)).collect();
        view! {
            <p>{words::CHECKED_LEAD.in_language(language)}</p>
            <div class="checks-heads" aria-hidden="true">
                <span></span>
                <span>{words::SAYS.in_language(language)}</span>
                <span>{words::SHOWS.in_language(language)}</span>
            </div>
            <ol class="checks">{checks}</ol>
        }
        .into_any()
    };
    view! {
        <section class="block" id="checked" aria-labelledby="checked-title">
            <h2 id="checked-title">{words::CHECKED.in_language(language)}</h2>
            {found}
        </section>
    }
}

fn check(shown: Shown, compared: &Fact) -> impl IntoView + use<> {
    let language = shown.reading.language();
    let outcome = outcome(shown, compared);
    let why = outcome.why.map(|why| view! { <p class="check-why">{why}</p> });
    view! {
        <li class="check">
            <h3 class="check-fact">{fact::name(compared.fact).in_language(language)}</h3>
            <dl class="check-values">
                <div><dt>{words::SAYS.in_language(language)}</dt><dd>{stated(shown, compared)}</dd></div>
                <div><dt>{words::SHOWS.in_language(language)}</dt><dd>{outcome.recorded}</dd></div>
            </dl>
            <p class=format!("status status-{}", outcome.code)>
                {icon(outcome.code)}
                {outcome.status.in_language(language)}
            </p>
            {why}
        </li>
    }
}

/// What a comparison shows, in the style, the words and the value that say so.
struct Found {
    code: &'static str,
    status: Text,
    recorded: String,
    why: Option<String>,
}

fn stated(shown: Shown, compared: &Fact) -> String {
    let locale = &shown.reading.locale;
    match &compared.stated {
        Some(stated) if compared.fact == FactName::Time => {
            fact::sent_at(&show(FactName::Time, stated, locale), locale.language)
        }
        Some(stated) => {
            as_written(shown, compared.fact, stated).unwrap_or_else(|| show(compared.fact, stated, locale))
        }
        None => words::NOT_SAID.in_language(locale.language).to_owned(),
    }
}

/// A reference or an amount in the message's own writing, where that is found: `TI-4482917`, `$320.00`, `USD 320.00`.
fn as_written(shown: Shown, name: FactName, stated: &str) -> Option<String> {
    let written =
        format!("{} {}", shown.message.subject.as_deref().unwrap_or(""), shown.text().unwrap_or_default());
    let of_no_word = |c: char| !c.is_alphanumeric() && !is_currency_sign(c);
    let words: Vec<&str> = written.split_whitespace().map(|word| word.trim_matches(of_no_word)).collect();
    let place = words.iter().position(|word| match name {
        FactName::Reference => Reference::parse(word).is_ok_and(|written| written.normalised() == stated),
        FactName::Amount => word.strip_suffix(stated).is_some_and(|sign| sign.chars().all(is_currency_sign)),
        _ => false,
    })?;
    let code =
        place.checked_sub(1).map(|before| words[before]).filter(|code| code.parse::<Currency>().is_ok());
    match code {
        Some(code) if name == FactName::Amount => Some(format!("{code} {}", words[place])),
        _ => Some(words[place].to_owned()),
    }
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

fn outcome(shown: Shown, compared: &Fact) -> Found {
    let locale = &shown.reading.locale;
    let recorded = compared.recorded.as_deref().map(|recorded| show(compared.fact, recorded, locale));
    let found = |code, status, recorded| Found { code, status, recorded, why: None };
    let say = |text: Text| text.in_language(locale.language).to_owned();
    match (compared.outcome, recorded) {
        (Outcome::Agrees, recorded) if compared.fact == FactName::Time => {
            found("agrees", words::IN_TIME, recorded.unwrap_or_default())
        }
        (Outcome::Differs, recorded) if compared.fact == FactName::Time => {
            found("differs", words::OUT_OF_TIME, recorded.unwrap_or_default())
        }
        (Outcome::Agrees, recorded) => found("agrees", words::AGREES, recorded.unwrap_or_default()),
        (Outcome::Differs, recorded) if compared.fact == FactName::Day => Found {
            code: "absent",
            status: words::ANOTHER_DAY,
            recorded: recorded.unwrap_or_default(),
            why: Some(say(words::ANOTHER_DAY_WHY)),
        },
        (Outcome::Differs, recorded) => found("differs", words::DIFFERS, recorded.unwrap_or_default()),
        (Outcome::NotFound | Outcome::Silent, None) if !shown.message.fitting.is_empty() => {
            fitting(shown, compared.fact)
        }
        (Outcome::NotFound, _) => not_found(shown, compared.fact),
        (Outcome::Silent, Some(recorded)) => found("absent", words::NOT_COMPARED, recorded),
        (Outcome::Silent, None) if has_transaction(shown) => {
            found("absent", words::NOT_COMPARED, say(words::NOT_SAID))
        }
        (Outcome::Silent, None) => found("agrees", words::FOUND, say(words::ON_ACCOUNT)),
    }
}

/// Whether the facts were compared with one transaction, and not with the account as a whole.
fn has_transaction(shown: Shown) -> bool {
    let mut facts = shown.message.reasons.iter().flat_map(|reason| &reason.facts);
    facts.any(|fact| fact.fact == FactName::Kind && fact.recorded.is_some())
}

/// Several fit: what they have in common is what agrees.
fn fitting(shown: Shown, name: FactName) -> Found {
    let locale = &shown.reading.locale;
    let values = shown.message.fitting.iter().filter_map(|fitting| match name {
        FactName::Kind => Some(kind::title(&fitting.kind, locale.language)),
        FactName::Amount => fitting.amount.map(|amount| locale.money(amount)),
        FactName::Device => fitting.device.as_ref().map(|device| show(name, &device.imei, locale)),
        FactName::Line => fitting.line.as_ref().map(|line| show(name, line, locale)),
        FactName::Reference | FactName::Time | FactName::Day => None,
    });
    let mut values: Vec<String> = values.collect();
    values.dedup();
    let (code, status) =
        if values.is_empty() { ("absent", words::NOT_COMPARED) } else { ("agrees", words::AGREES) };
    if values.is_empty() {
        values.push(words::NOT_SAID.in_language(locale.language).to_owned());
    }
    Found { code, status, recorded: values.join(", "), why: None }
}

fn not_found(shown: Shown, name: FactName) -> Found {
    let say = |text: Text| text.in_language(shown.reading.language()).to_owned();
    match name {
        FactName::Kind => {
            Found { code: "absent", status: words::NOT_FOUND, recorded: no_kind(shown), why: None }
        }
        FactName::Device => not_yours(shown, Some(format!("{} {}", devices(shown), say(words::FIRST_14)))),
        FactName::Line => not_yours(shown, Some(lines(shown))),
        FactName::Reference => {
            let recorded = say(words::NEVER_YOUR_REFERENCE);
            Found { code: "absent", status: words::NOT_FOUND, recorded, why: None }
        }
        // With no transaction beside it there is nothing that an amount or a day could be compared with.
        FactName::Amount | FactName::Day | FactName::Time => {
            let recorded = say(words::NOTHING_BESIDE);
            Found { code: "absent", status: words::NOT_COMPARED, recorded, why: None }
        }
    }
}

fn not_yours(shown: Shown, why: Option<String>) -> Found {
    let recorded = words::NEVER_YOURS.in_language(shown.reading.language()).to_owned();
    Found { code: "differs", status: words::NOT_YOURS, recorded, why }
}

/// What is said of a kind of which nothing vouches: that there was none, only where that was looked for.
fn no_kind(shown: Shown) -> String {
    let locale = &shown.reading.locale;
    let none_from_to = |from_to: &str| words::none_from_to(from_to, locale.language);
    let around = Around::of(shown);
    match shown.message.reasons.first().map(|reason| &reason.cause) {
        Some(Cause::Grace { .. }) => words::NONE_YET.in_language(locale.language).to_owned(),
        Some(Cause::NoTransaction { from, to, nearest, .. }) if !is_in_time(nearest.as_ref()) => {
            none_from_to(&locale.days_of(*from, *to, shown.message.sent_at))
        }
        _ if shown.message.kind.as_ref().is_some_and(|claimed| around.has_none_of(claimed)) => {
            none_from_to(&around.days())
        }
        _ => words::NONE_FITS.in_language(locale.language).to_owned(),
    }
}

fn devices(shown: Shown) -> String {
    let locale = &shown.reading.locale;
    let name = |device: &store::HeldDeviceView| {
        device.model.clone().unwrap_or_else(|| format!("IMEI {}", locale.imei(&device.imei)))
    };
    let mut names: Vec<String> = shown.reading.account.devices.iter().map(name).collect();
    names.dedup();
    had(shown, &names, words::NO_DEVICES)
}

fn lines(shown: Shown) -> String {
    let locale = &shown.reading.locale;
    let mut numbers: Vec<String> =
        shown.reading.account.lines.iter().map(|line| locale.phone(&line.number)).collect();
    numbers.dedup();
    had(shown, &numbers, words::NO_LINES)
}

fn had(shown: Shown, names: &[String], none: Text) -> String {
    let locale = &shown.reading.locale;
    if names.is_empty() {
        return none.in_language(locale.language).to_owned();
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    words::account_has_had(&locale.all_of(&names), locale.language)
}
