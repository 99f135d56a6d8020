mod account_side;
mod checks;
mod looked;
mod origin;
mod verdict;

pub(super) use account_side::rows as transaction_rows;

use engine::MessageId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::{AccountView, MessageView};

use super::history::{beginning, message_sheet_class};
use crate::explain::Judged;
use crate::frame::{Place, icon};
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::{channel, kind, message as words};

/// As long as a subject mostly is.
const TITLE_CHARS_MAX: usize = 90;

/// One message: as it was sent, what became of it, how that was found, and where it came from.
#[component]
pub(super) fn Message() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").and_then(|id| id.parse::<MessageId>().ok());
    respond(move |visit| async move { write(&visit, id).await })
}

async fn write(visit: &Visit, id: Option<MessageId>) -> Result<Page, NoPage> {
    let customer = visit.customer()?;
    let id = id.ok_or(NoPage::NotFound)?;
    let message = visit.context.store.read_message(&customer.scope, &id).await?.ok_or(NoPage::NotFound)?;
    let shown = Shown { visit, message: &message, account: &customer.account };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body(shown).into_any() })
}

/// A message on its own page.
#[derive(Clone, Copy)]
struct Shown<'a> {
    visit: &'a Visit,
    message: &'a MessageView,
    account: &'a AccountView,
}

impl<'a> Shown<'a> {
    fn judged(self) -> Judged<'a> {
        Judged {
            sent_at: self.message.sent_at,
            kind: self.message.kind.as_ref(),
            transaction: self.message.transaction.as_ref(),
            reasons: &self.message.reasons,
        }
    }

    /// Its text, or what a reader of its HTML sees.
    fn text(self) -> Option<String> {
        let text = self.message.text.clone().filter(|text| !text.trim().is_empty());
        text.or_else(|| self.message.html.as_deref().map(seen)).map(|text| text.trim().to_owned())
    }

    /// Its subject; without one, the title of what it claims; else how it begins.
    fn title(self) -> String {
        let language = self.visit.language();
        let subject = self.message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        let claimed = || self.message.kind.as_ref().map(|claimed| kind::title(claimed, language));
        let begins =
            || self.text().and_then(|text| beginning(text.lines().next().unwrap_or(""), TITLE_CHARS_MAX));
        let by_channel = || channel::name(self.message.channel).in_language(language).to_owned();
        subject.map(str::to_owned).or_else(claimed).or_else(begins).unwrap_or_else(by_channel)
    }
}

/// What a reader of an HTML body sees: its lines, without the white space that only its source has.
fn seen(html: &str) -> String {
    let text = engine::visible_text(html);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut seen = String::with_capacity(text.len());
    let mut blank = true;
    for line in lines {
        if !line.is_empty() || !blank {
            seen.push_str(&line);
            seen.push('\n');
        }
        blank = line.is_empty();
    }
    seen
}

fn body(shown: Shown) -> impl IntoView + use<> {
    let Shown { visit, message, .. } = shown;
    let language = visit.language();
    let sheet = message_sheet_class(message.verdict, message.transaction.is_some());
    let name = channel::name(message.channel).in_language(language);
    view! {
        <a class="back" href="/history">{icon("back")}{words::BACK.in_language(language)}</a>
        <p class="kicker">
            {icon(message.channel.as_str())}
            <span>
                {name}" · "<time datetime=message.sent_at.to_string()>{visit.locale.in_full(message.sent_at)}</time>
            </span>
        </p>
        <h1 class="subject">{shown.title()}</h1>
        {verdict::verdict(shown)}
        <div class=format!("sheet letter {sheet}")>
            <section class="slip told" aria-labelledby="as-sent">
                <h2 class="side" id="as-sent">{words::AS_SENT.in_language(language)}</h2>
                {as_sent(shown)}
            </section>
            {account_side::account_side(shown)}
        </div>
        <div class="columns">
            <div>{checks::checks(shown)} {looked::looked(shown)}</div>
            {origin::origin(shown)}
        </div>
    }
}

/// The text as text: whatever it holds, the page shows it and does nothing with it.
fn as_sent(shown: Shown) -> impl IntoView + use<> {
    match shown.text() {
        Some(text) => view! { <div class="sent-text">{text}</div> }.into_any(),
        None => view! { <p>{words::NO_TEXT.in_language(shown.visit.language())}</p> }.into_any(),
    }
}
