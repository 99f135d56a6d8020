use leptos::prelude::*;
use store::Act;

use crate::frame::icon;
use crate::kept_audit::{BadField, FIELD_CHARS_MAX, KeptAudit};
use crate::search_audit::SearchAudit;
use crate::visit::Visit;
use crate::words::{Text, audit as words};

/// What to look for. It is sent in a form's body, and the page that answers has it from the session.
pub(super) fn form(visit: &Visit, kept: &KeptAudit, bad: Option<BadField>) -> impl IntoView + use<> {
    let language = visit.language();
    let action = ServerAction::<SearchAudit>::new();
    let wrong = |field| bad.filter(|bad| *bad == field);
    let actor = Field { hint: Some(words::ACTOR_HINT), ..Field::of("actor", words::ACTOR, &kept.actor) };
    let account = Field {
        hint: Some(words::ACCOUNT_HINT),
        bad: wrong(BadField::Account),
        ..Field::of("account", words::ACCOUNT, &kept.account)
    };
    let days = wrong(BadField::Days);
    let from = Field { is_day: true, bad: days, ..Field::of("from", words::FROM, &kept.from) };
    let until = Field { is_day: true, bad: days, ..Field::of("until", words::UNTIL, &kept.until) };
    let acts = acts(visit, &kept.act);
    let [actor, account, from, until] = [actor, account, from, until].map(|field| field.write(visit));
    let everything = (!kept.is_everything()).then(|| everything(visit));
    view! {
        <section class="slip audit-form" aria-labelledby="find">
            <h2 id="find">{words::FIND.in_language(language)}</h2>
            <ActionForm action attr:class="form">
                {acts}
                {actor}
                {account}
                <div class="audit-days">{from} {until}</div>
                <button class="button button-main">{words::SEARCH.in_language(language)}</button>
            </ActionForm>
            {everything}
        </section>
    }
}

/// The same form with nothing in it.
fn everything(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let action = ServerAction::<SearchAudit>::new();
    let empty: Vec<_> = ["act", "actor", "account", "from", "until"]
        .map(|name| view! { <input type="hidden" name=name value=""/> })
        .into();
    view! {
        <ActionForm action attr:class="audit-clear">
            {empty}
            <button class="button">{words::CLEAR.in_language(language)}</button>
        </ActionForm>
    }
}

fn acts(visit: &Visit, chosen: &str) -> impl IntoView + use<> {
    let language = visit.language();
    let mut acts: Vec<(&str, &str)> =
        Act::ALL.iter().map(|act| (words::act(*act).in_language(language), act.as_str())).collect();
    acts.sort_unstable();
    let acts: Vec<_> = acts
        .into_iter()
        .map(|(title, act)| view! { <option value=act selected=act == chosen>{title}</option> })
        .collect();
    view! {
        <div class="field">
            <label for="act">{words::ACT.in_language(language)}</label>
            <select class="field-select" id="act" name="act">
                <option value="">{words::ANYTHING.in_language(language)}</option>
                {acts}
            </select>
        </div>
    }
}

/// One line to type into.
struct Field {
    name: &'static str,
    label: Text,
    hint: Option<Text>,
    value: String,
    is_day: bool,
    bad: Option<BadField>,
}

impl Field {
    fn of(name: &'static str, label: Text, value: &str) -> Self {
        Self { name, label, hint: None, value: value.to_owned(), is_day: false, bad: None }
    }

    fn write(self, visit: &Visit) -> impl IntoView + use<> {
        let language = visit.language();
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described_by: Vec<String> = [self.bad.map(|_| &error_id), self.hint.map(|_| &hint_id)]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let hint = self.hint.map(|hint| {
            view! { <p class="hint" id=hint_id>{hint.in_language(language)}</p> }
        });
        let error = self.bad.map(|bad| {
            let text = words::bad_field(bad).in_language(language);
            view! { <p class="field-error" id=error_id>{icon("unmatched")}{text}</p> }
        });
        view! {
            <div class="field">
                <label for=self.name>{self.label.in_language(language)}</label>
                {hint}
                <input
                    class="field-input"
                    id=self.name
                    name=self.name
                    type=if self.is_day { "date" } else { "text" }
                    value=self.value
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    maxlength=(!self.is_day).then(|| FIELD_CHARS_MAX.to_string())
                    aria-invalid=self.bad.map(|_| "true")
                    aria-describedby=(!described_by.is_empty()).then(|| described_by.join(" "))
                />
                {error}
            </div>
        }
    }
}

/// What the search finds, as a file. The browser saves it; the page stays.
pub(super) fn export(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    view! {
        <section class="slip ghost audit-export" aria-labelledby="export">
            <h2 id="export">{words::EXPORT.in_language(language)}</h2>
            <p>{words::EXPORT_WHAT.in_language(language)}</p>
            <form method="post" action="/desk/audit/export" class="actions">
                <button class="button" name="format" value="csv">{words::AS_CSV.in_language(language)}</button>
                <button class="button" name="format" value="jsonl">{words::AS_JSON.in_language(language)}</button>
            </form>
        </section>
    }
}
