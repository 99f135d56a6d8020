//! Why the account's side of a message is empty, or is as it is: from a verdict's reasons to words.

use engine::{Cause, FactName, Instant, Kind, NearMiss, Reason};
use store::TransactionView;

use crate::locale::Locale;
use crate::show_fact::{differing, shown};
use crate::words::{Text, fact, kind, members, reason as words};

/// A judged message, as far as its explanation needs it.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    pub(crate) sent_at: Instant,
    pub(crate) kind: Option<&'a Kind>,
    pub(crate) transaction: Option<&'a TransactionView>,
    pub(crate) reasons: &'a [Reason],
    /// Whether what it is about is not the reader's to see.
    pub(crate) is_withheld: bool,
}

/// What is said, in a title and a sentence or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) title: String,
    pub(crate) text: String,
}

/// What stands on the account's side: what was found there, or why nothing was. It claims nothing of what was not
/// looked at.
pub(crate) fn explain(judged: &Judged, locale: &Locale) -> Explanation {
    let language = locale.language;
    let say = |text: Text| text.in_language(language).to_owned();
    let Some(reason) = judged.reasons.first() else {
        let (title, why) = if judged.is_withheld {
            (members::WITHHELD, members::WITHHELD_WHY)
        } else {
            (words::NOT_JUDGED, words::NOT_JUDGED_WHY)
        };
        return Explanation { title: say(title), text: say(why) };
    };
    let near = judged.sent_at;
    let (title, text) = match &reason.cause {
        Cause::NoClaim => (say(words::NO_CLAIM), say(words::NO_CLAIM_WHY)),
        Cause::Vouched => (say(words::VOUCHED), String::new()),
        Cause::Split { transactions } => (words::add_up(transactions.len(), language), say(words::VOUCHED)),
        Cause::NoTransaction { kinds, from, to, nearest } => (
            found_none(kinds, nearest.as_ref(), locale),
            nothing_vouches(judged, (*from, *to), nearest.as_ref(), locale),
        ),
        Cause::Stale { occurred_at, known_by, .. } => {
            (words::about_old(&locale.date(*occurred_at), language), about_old(judged, *known_by, locale))
        }
        Cause::ForeignDevice => (say(words::FOREIGN_DEVICE), foreign(words::NAMES_FOREIGN_DEVICE, locale)),
        Cause::ForeignLine => (say(words::FOREIGN_LINE), foreign(words::NAMES_FOREIGN_LINE, locale)),
        Cause::OtherAccount => {
            (say(words::FOREIGN_REFERENCE), foreign(words::NAMES_FOREIGN_REFERENCE, locale))
        }
        Cause::Amount | Cause::Device | Cause::Line => {
            (differences(judged, locale), both_values(judged, locale))
        }
        Cause::Duplicate { told_at, .. } => {
            (words::already_told(&locale.day_and_time(*told_at, near), language), once(judged, locale))
        }
        Cause::Grace { until } => (say(words::NOT_YET), waits(*until, near, locale)),
        Cause::Several { transactions } => {
            (words::several(transactions.len(), language), say(words::SEVERAL_WHY))
        }
        Cause::BooksBehind { since } => {
            (say(words::RECORDS_BEHIND), words::behind_since(&locale.day_and_time(*since, near), language))
        }
    };
    Explanation { title, text }
}

/// The same in a sentence or two without its title, as the verdict above a message.
pub(crate) fn sum_up(judged: &Judged, locale: &Locale) -> String {
    let say = |text: Text| text.in_language(locale.language);
    let text = explain(judged, locale).text;
    match judged.reasons.first().map(|reason| &reason.cause) {
        Some(Cause::NoTransaction { kinds, nearest, .. }) => {
            let found = found_none(kinds, nearest.as_ref(), locale);
            format!("{} {}", say(words::WE_SENT_IT), words::found_none_then(&found, locale.language))
        }
        Some(Cause::Stale { occurred_at, known_by, .. }) => {
            let (title, reference) = old_name(judged, *known_by, locale);
            let old = words::old_in_full(&locale.date(*occurred_at), &title, reference, locale.language);
            format!("{} {old}", say(words::WE_SENT_IT))
        }
        Some(Cause::Vouched) => {
            let vouching = judged.transaction.map(|transaction| {
                let title = kind::title(&transaction.kind, locale.language);
                format!(" {}: {title}.", locale.day_and_time(transaction.occurred_at, judged.sent_at))
            });
            format!("{}{}", say(words::VOUCHED), vouching.unwrap_or_default())
        }
        _ => text,
    }
}

/// What is left to say beside a message, under the title and apart from what [`sum_up`] said above.
pub(crate) fn add(judged: &Judged, locale: &Locale) -> Option<String> {
    match judged.reasons.first().map(|reason| &reason.cause)? {
        Cause::NoTransaction { .. } => Some(explain(judged, locale).text),
        Cause::ForeignDevice | Cause::ForeignLine | Cause::OtherAccount => {
            Some(words::NOTHING_VOUCHES.in_language(locale.language).to_owned())
        }
        _ => None,
    }
}

/// That there was none of the kinds; or, where the nearest came in time, that there was none like it.
fn found_none(kinds: &[Kind], nearest: Option<&NearMiss>, locale: &Locale) -> String {
    let none = kind::none_of(kinds, locale);
    if is_in_time(nearest) {
        words::found_none_like_it(&none, locale.language)
    } else {
        words::found_none(&none, locale.language)
    }
}

/// Whether something of the kinds did happen when it should have, and differs.
pub(crate) fn is_in_time(nearest: Option<&NearMiss>) -> bool {
    nearest.is_some_and(|nearest| !nearest.missed_by.contains(&FactName::Time))
}

fn nothing_vouches(
    judged: &Judged,
    (from, to): (Instant, Instant),
    nearest: Option<&NearMiss>,
    locale: &Locale,
) -> String {
    let near = judged.sent_at;
    let nothing = words::nothing_vouches(&locale.days_of(from, to, near), locale.language);
    match nearest {
        Some(miss) => {
            let date = locale.date_near(miss.occurred_at, near);
            format!("{nothing} {}", words::nearest(&date, &miss.missed_by, locale))
        }
        None => nothing,
    }
}

fn about_old(judged: &Judged, known_by: FactName, locale: &Locale) -> String {
    let (title, reference) = old_name(judged, known_by, locale);
    words::old_transaction(&title, reference, locale.language)
}

/// What an old message is about, by the title of that and, where it is known by its reference, that.
fn old_name<'a>(judged: &Judged<'a>, known_by: FactName, locale: &Locale) -> (String, Option<&'a str>) {
    let kind = judged.transaction.map(|transaction| &transaction.kind).or(judged.kind);
    let title = kind.map(|kind| kind::title(kind, locale.language)).unwrap_or_default();
    (title, (known_by == FactName::Reference).then(|| stated(judged, FactName::Reference)).flatten())
}

fn stated<'a>(judged: &Judged<'a>, name: FactName) -> Option<&'a str> {
    let mut facts = judged.reasons.iter().flat_map(|reason| &reason.facts);
    facts.find(|fact| fact.fact == name).and_then(|fact| fact.stated.as_deref())
}

fn foreign(names: Text, locale: &Locale) -> String {
    format!("{} {}", words::WE_SENT_IT.in_language(locale.language), names.in_language(locale.language))
}

/// `Details differ: the amount`.
pub(crate) fn differences(judged: &Judged, locale: &Locale) -> String {
    let names: Vec<&str> =
        differing(judged.reasons).map(|fact| fact::the(fact.fact).in_language(locale.language)).collect();
    words::differs(&names, locale)
}

fn both_values(judged: &Judged, locale: &Locale) -> String {
    let mut sentences: Vec<String> = differing(judged.reasons)
        .filter_map(|fact| {
            let stated = shown(fact.fact, fact.stated.as_deref()?, locale);
            let recorded = shown(fact.fact, fact.recorded.as_deref()?, locale);
            Some(words::says_and_shows(&stated, &recorded, locale.language))
        })
        .collect();
    sentences.push(words::ACCOUNT_COUNTS.in_language(locale.language).to_owned());
    sentences.join(" ")
}

fn once(judged: &Judged, locale: &Locale) -> String {
    let once = words::ONCE.in_language(locale.language);
    let Some(transaction) = judged.transaction else { return once.to_owned() };
    let title = kind::title(&transaction.kind, locale.language);
    match transaction.amount {
        Some(amount) => format!("{title}, {}. {once}", locale.money(amount)),
        None => format!("{title}. {once}"),
    }
}

fn waits(until: Instant, near: Instant, locale: &Locale) -> String {
    let waits = words::waits_until(&locale.day_and_time(until, near), locale.language);
    format!("{waits} {}", words::CHECK_AGAIN.in_language(locale.language))
}

#[cfg(test)]
mod tests;
