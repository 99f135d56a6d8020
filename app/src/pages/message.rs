mod account_side;
mod as_sent;
mod checks;
mod looked;
mod may_change;
mod origin;
mod source;
mod trail;
mod verdict;
mod verdict_history;
mod view;

pub(super) use account_side::rows as transaction_rows;

use engine::{Instant, MessageId, Verdict};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use store::{MessageView, Reported};

use super::history::{beginning, message_sheet_class};
use super::reports::{Offer, offer};
use crate::by_mistake::by_mistake;
use crate::explain::Judged;
use crate::frame::{Place, icon};
use crate::live::news;
use crate::reading::Reading;
use crate::respond::{NoPage, Page, respond};
use crate::seen_text::seen_text;
use crate::unseen_characters::without_unseen;
use crate::visit::Visit;
use crate::words::{channel, kind, message as words};
use view::{PLACE, View, views};

/// As long as a subject mostly is.
const TITLE_CHARS_MAX: usize = 90;

/// What the address of a message's page asks for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    id: Option<MessageId>,
    view: Option<View>,
}

pub(super) fn asked() -> Asked {
    let view = use_query_map().get_untracked().get_str("view").and_then(View::named);
    Asked { id: asked_id(), view }
}

/// Which message the address of the page is about.
pub(super) fn asked_id() -> Option<MessageId> {
    use_params_map().get_untracked().get("id").and_then(|id| id.parse().ok())
}

/// One message: as it was sent, what became of it, how that was found, and where it came from.
#[component]
pub(super) fn Message() -> impl IntoView {
    let asked = asked();
    respond(move |visit| async move { write(&visit, asked).await })
}

async fn write(visit: &Visit, asked: Asked) -> Result<Page, NoPage> {
    let reading = Reading::own(visit, visit.customer()?);
    let (news, message) = (news(visit).await?, message(&reading, asked).await?);
    let body = view! { {news} {message} }.into_any();
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body })
}

/// A message of the account that is read.
pub(super) async fn message(reading: &Reading<'_>, asked: Asked) -> Result<AnyView, NoPage> {
    let id = asked.id.ok_or(NoPage::NotFound)?;
    let message = reading.message(&id).await?.ok_or(NoPage::NotFound)?;
    let books_until = reading.books_until().await?;
    let view = View::of(asked.view, has_html(&message));
    let is_doubted = message.verdict.is_some_and(Verdict::is_flagged);
    let offer = offer(reading, &Reported::Message(id), is_doubted).await?;
    // Its parts are boxed: as one type they would be deeper than the compiler follows.
    Ok(body(Shown { reading, message: &message, view, books_until }, offer).into_any())
}

/// Whether there is an HTML body to be shown: to staff there never is, for nothing in one could be masked for certain.
fn has_html(message: &MessageView) -> bool {
    message.html.as_deref().is_some_and(|html| !html.trim().is_empty())
}

/// A message on its own page.
#[derive(Clone, Copy)]
struct Shown<'a> {
    reading: &'a Reading<'a>,
    message: &'a MessageView,
    view: View,
    /// How far the books are complete, where they are behind.
    books_until: Option<Instant>,
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

    fn has_html(self) -> bool {
        has_html(self.message)
    }

    /// Its text, or what a reader of its HTML sees.
    fn text(self) -> Option<String> {
        seen_text(self.message)
    }

    /// Its subject; without one, the title of what it claims; else how it begins.
    fn title(self) -> String {
        let language = self.reading.language();
        let subject = self.message.subject.as_deref().map(without_unseen);
        let subject = subject.map(|subject| subject.trim().to_owned()).filter(|subject| !subject.is_empty());
        let claimed = || self.message.kind.as_ref().map(|claimed| kind::title(claimed, language));
        let begins =
            || self.text().and_then(|text| beginning(&without_unseen(text.lines().next()?), TITLE_CHARS_MAX));
        let by_channel = || channel::name(self.message.channel).in_language(language).to_owned();
        subject.or_else(claimed).or_else(begins).unwrap_or_else(by_channel)
    }
}

fn body(shown: Shown, offer: Offer) -> impl IntoView + use<> {
    let Shown { reading, message, .. } = shown;
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
        <h1 class="subject" dir="auto">{shown.title()}</h1>
        {message.mistake.as_ref().map(|incident| by_mistake(reading.visit, incident))}
        {verdict::verdict(shown).into_any()}
        {offer.above}
        <div class=format!("sheet letter {sheet}") data-owner=reading.mark(&message.owner)>
            <section class="slip told" id=PLACE aria-labelledby="as-sent-title">
                <h2 class="side" id="as-sent-title">{words::AS_SENT.in_language(language)}</h2>
                {views(shown).into_any()}
                {as_sent::as_sent(shown).into_any()}
            </section>
            {account_side::account_side(shown).into_any()}
        </div>
        <div class="columns" data-owner=reading.mark(&message.owner)>
            <div>
                {checks::checks(shown).into_any()}
                {verdict_history::verdict_history(shown)}
                {looked::looked(shown).into_any()}
            </div>
            <div>{trail::trail(shown).map(IntoAny::into_any)} {origin::origin(shown).into_any()}</div>
        </div>
        {offer.below}
    }
}
