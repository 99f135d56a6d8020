mod document;
mod form;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use store::StatementQuery;

use crate::frame::Place;
use crate::respond::{NoPage, Page, respond};
use crate::statement_ask::{NoDays, StatementAsk};
use crate::step_up::Then;
use crate::visit::Visit;
use crate::words::statement as words;

/// As much as a document has that somebody reads: some eighty sheets.
const ENTRIES_MAX: usize = 1_000;

/// What an address asks for: a form, a form that says what is wrong with its days, or a statement of them.
enum Asked {
    Form,
    NoDays { from: String, to: String },
    Days(StatementAsk),
}

/// A statement of a period, for somebody else to read; or the form that asks of which.
#[component]
pub(super) fn StatementPage() -> impl IntoView {
    let asked = of_address();
    respond(move |visit| async move {
        match asked {
            Asked::Form => form::page(&visit, None),
            Asked::NoDays { from, to } => form::page(&visit, Some((from, to))),
            Asked::Days(ask) => write(&visit, ask).await,
        }
    })
}

fn of_address() -> Asked {
    let query = use_query_map().get_untracked();
    let value = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
    let (from, to) = (value("from"), value("to"));
    match StatementAsk::read(&from, &to, &value("show")) {
        Ok(ask) => Asked::Days(ask),
        Err(NoDays) if from.is_empty() && to.is_empty() => Asked::Form,
        Err(NoDays) => Asked::NoDays { from, to },
    }
}

async fn write(visit: &Visit, ask: StatementAsk) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    visit.confirmed(Then::Statement(ask)).await?;
    let (from, until) = ask.span(&visit.locale);
    let query = StatementQuery { from, until, attention_only: ask.flagged_only, limit: ENTRIES_MAX };
    let statement = visit.context.store.read_statement(&customer.scope, &query).await?;
    let body = document::body(document::Stated { visit, customer, ask, statement: &statement });
    Ok(Page { title: words::DOCUMENT, place: Place::Elsewhere, body: body.into_any() })
}
