use jiff::civil::Date;
use leptos::prelude::*;
use store::HistoryEntry;

use super::collapse::rows;
use super::pair::sheet;
use crate::reading::Reading;
use crate::words::calendar::month_name;
use crate::words::history as words;

/// The entries along their spine of days, month by month.
pub(in crate::pages) fn months(reading: &Reading, entries: &[HistoryEntry]) -> impl IntoView + use<> {
    let day_of = |entry: &HistoryEntry| reading.locale.civil(entry.at).date();
    let months = entries.chunk_by(|one, next| {
        let (one, next) = (day_of(one), day_of(next));
        (one.year(), one.month()) == (next.year(), next.month())
    });
    months.map(|entries| month(reading, day_of(&entries[0]), entries)).collect::<Vec<_>>()
}

fn month(reading: &Reading, first: Date, entries: &[HistoryEntry]) -> impl IntoView + use<> {
    let language = reading.language();
    let labelled_by = format!("m-{:04}-{:02}", first.year(), first.month());
    let name = capitalised(month_name(first.month(), language));
    let mut day_before = None;
    let pairs: Vec<_> = rows(entries)
        .map(|row| {
            let day = reading.locale.civil(row[0].at).date();
            let again = day_before.replace(day) == Some(day);
            pair(reading, row, day, again)
        })
        .collect();
    let id = labelled_by.clone();
    view! {
        <section class="month" aria-labelledby=labelled_by>
            <div class="heads">
                <h2 class="month-name" id=id>{name}" "<span>{first.year()}</span></h2>
                <p aria-hidden="true">{words::TOLD.in_language(language)}</p>
                <p aria-hidden="true">{words::HAPPENED.in_language(language)}</p>
            </div>
            <ol class="pairs">{pairs}</ol>
        </section>
    }
}

fn pair(reading: &Reading, row: &[HistoryEntry], day: Date, again: bool) -> impl IntoView + use<> {
    let weekday = reading.locale.weekday(row[0].at);
    view! {
        <li class="pair">
            <time class="day" class:day-again=again datetime=day.to_string()><b>{day.day()}</b>" "{weekday}</time>
            {sheet(reading, row)}
        </li>
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
