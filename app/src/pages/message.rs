mod account_side;
mod checks;
mod looked;
mod origin;
mod verdict;

pub(super) use account_side::rows as transaction_rows;

use engine::MessageId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::MessageView;

use super::history::{beginning, message_sheet_class};
use crate::explain::Judged;
use crate::frame::{Place, icon};
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::seen_text::seen_text;
use crate::visit::Visit;
use crate::words::{channel, kind, message as words};

/// As long as a subject mostly is.
const TITLE_CHARS_MAX: usize = 90;

/// Which message the address of the page asks for.
pub(super) fn asked_id() -> Option<MessageId> {
    use_params_map().get_untracked().get("id").and_then(|id| id.parse().ok())
}

/// One message: as it was sent, what became of it, how that was found, and where it came from.
#[component]
pub(super) fn Message() -> impl IntoView {
    let id = asked_id();
    respond(move |visit| async move { write(&visit, id).await })
}

async fn write(visit: &Visit, id: Option<MessageId>) -> Result<Page, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let body = message(&reading, id).await?;
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body })
}

/// A message of the account that is read.
pub(super) async fn message(reading: &Reading<'_>, id: Option<MessageId>) -> Result<AnyView, NoPage> {
    let id = id.ok_or(NoPage::NotFound)?;
    let message = reading.message(&id).await?.ok_or(NoPage::NotFound)?;
    Ok(body(Shown { reading, message: &message }).into_any())
}

/// A message on its own page.
#[derive(Clone, Copy)]
struct Shown<'a> {
    reading: &'a Reading<'a>,
    message: &'a MessageView,
}

impl<'a> Shown<'a> {
    fn judged(self) -> Judged<'a> {
        Judged {
            sent_at: self.message.sent_at,
            kind: self.message.kind.as_ref(),
            transaction: self.message.transaction.as_ref(),
            reasons: &self.message.reasons,
            is_withheld: self.message.is_withheld,
        }
    }

    /// Its text, or what a reader of its HTML sees.
    fn text(self) -> Option<String> {
        seen_text(self.message)
    }

    /// Its subject; without one, the title of what it claims; else how it begins.
    fn title(self) -> String {
        let language = self.reading.language();
        let subject = self.message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        let claimed = || self.message.kind.as_ref().map(|claimed| kind::title(claimed, language));
        let begins =
            || self.text().and_then(|text| beginning(text.lines().next().unwrap_or(""), TITLE_CHARS_MAX));
        let by_channel = || channel::name(self.message.channel).in_language(language).to_owned();
        subject.map(str::to_owned).or_else(claimed).or_else(begins).unwrap_or_else(by_channel)
    }
}

fn body(shown: Shown) -> impl IntoView + use<> {
    let Shown { reading, message } = shown;
    let language = reading.language();
    let sheet = message_sheet_class(message.verdict, message.transaction.is_some());
    let name = channel::name(message.channel).in_language(language);
    view! {
        <a class="back" href=reading.history_address("")>{icon("back")}{words::BACK.in_language(language)}</a>
        <p class="kicker">
            {icon(message.channel.as_str())}
            <span>
                {name}" · "<time datetime=message.sent_at.to_string()>{reading.locale.in_full(message.sent_at)}</time>
            </span>
        </p>
        <h1 class="subject">{shown.title()}</h1>
        {verdict::verdict(shown)}
        <div class=format!("sheet letter {sheet}") data-owner=reading.mark(&message.owner)>
            <section class="slip told" aria-labelledby="as-sent">
                <h2 class="side" id="as-sent">{words::AS_SENT.in_language(language)}</h2>
                {as_sent(shown)}
            </section>
            {account_side::account_side(shown)}
        </div>
        <div class="columns" data-owner=reading.mark(&message.owner)>
            <div>{checks::checks(shown)} {looked::looked(shown)}</div>
            {origin::origin(shown)}
        </div>
    }
}

/// The text as text: whatever it holds, the page shows it and does nothing with it.
fn as_sent(shown: Shown) -> impl IntoView + use<> {
    match shown.text() {
        Some(text) => view! { <div class="sent-text">{text}</div> }.into_any(),
        None => view! { <p>{words::NO_TEXT.in_language(shown.reading.language())}</p> }.into_any(),
    }
}
