//! What a customer looked for, and what was found.

use leptos::prelude::*;
use store::{Fit, SearchPage};

use super::ENTRIES;
use super::address::{Address, Searched};
use super::months::months;
use crate::frame::{icon, picture};
use crate::reading::Reading;
use crate::respond::NoPage;
use crate::search::{SEARCH_CHARS_MAX, Words};
use crate::search_history::SearchHistory;
use crate::words::{check, search as words};

/// The line to type into. What is typed is sent in a form's body, and the page that answers has it from the session.
pub(super) fn search_form(reading: &Reading, typed: &str) -> impl IntoView + use<> {
    let (language, typed) = (reading.language(), typed.to_owned());
    let action = ServerAction::<SearchHistory>::new();
    view! {
        <search class="search">
            <ActionForm action attr:class="search-form">
                <label for="search">{words::LABEL.in_language(language)}</label>
                <div class="search-line">
                    {icon("search")}
                    <input
                        class="field-input"
                        id="search"
                        name="search"
                        type="search"
                        value=typed
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        maxlength=SEARCH_CHARS_MAX.to_string()
                        aria-describedby="search-hint"
                    />
                    <button class="button button-main">{words::SEARCH.in_language(language)}</button>
                </div>
                <p class="hint" id="search-hint">{words::HINT.in_language(language)}</p>
            </ActionForm>
        </search>
    }
}

/// The page of what has the words that were typed.
pub(super) async fn found(
    reading: &mut Reading<'_>,
    typed: &str,
    address: &Address,
    searched: Searched,
) -> Result<AnyView, NoPage> {
    let form = search_form(reading, typed).into_any();
    let Some(looked_for) = Words::read(typed) else {
        return Ok(view! { {form} {clear(reading)} }.into_any());
    };
    let page = reading.search(looked_for, (&address.page, ENTRIES), searched.fit()).await?;
    let list = if page.entries.is_empty() {
        nothing(reading).into_any()
    } else {
        months(reading, &page.entries).into_any()
    };
    Ok(view! {
        {form}
        <div class="search-found">
            <p class="found-said" role="status">{said(reading, address, &page)}</p>
            {clear(reading)}
        </div>
        {list}
        {turn(reading, address, &page)}
    }
    .into_any())
}

fn said(reading: &Reading, address: &Address, page: &SearchPage) -> String {
    let language = reading.language();
    let (count, is_whole) = (page.entries.len(), page.earlier.is_none() && !address.is_paged());
    if count == 0 && !is_whole {
        return words::NOT_HERE.in_language(language).to_owned();
    }
    match page.fit {
        Fit::Exactly => words::found(count, is_whole, language),
        Fit::Nearly => words::nearly_found(count, is_whole, language),
    }
}

/// Leaves the search: nothing of it is kept any longer.
fn clear(reading: &Reading) -> impl IntoView + use<> {
    let say = words::CLEAR.in_language(reading.language());
    let action = ServerAction::<SearchHistory>::new();
    view! {
        <ActionForm action>
            <input type="hidden" name="search" value=""/>
            <button class="button">{say}</button>
        </ActionForm>
    }
}

fn nothing(reading: &Reading) -> impl IntoView + use<> {
    let language = reading.language();
    view! {
        <div class="empty">
            {picture("picture", "torn")}
            <h2>{words::NOTHING.in_language(language)}</h2>
            <p>{words::NOTHING_WHY.in_language(language)}</p>
            <p class="actions"><a class="button" href="/check">{check::TITLE.in_language(language)}</a></p>
        </div>
    }
}

fn turn(reading: &Reading, address: &Address, page: &SearchPage) -> impl IntoView + use<> {
    let newest = address.is_paged().then(|| address.newest());
    let earlier = page.earlier.map(|cursor| Address::found_before(page.fit, cursor));
    super::links(reading, [(newest, words::NEWEST), (earlier, words::EARLIER)])
}
