use engine::Instant;
use leptos::prelude::*;
use store::{HistoryEntry, MessageSummary, Statement, StatementEntry, TransactionView};

use crate::explain::{Judged, sum_up};
use crate::frame::{icon, picture};
use crate::show_qr::qr;
use crate::statement_ask::StatementAsk;
use crate::visit::{Customer, Visit};
use crate::words::{Text, channel, check, kind, statement as words, verdict};

/// A statement on its page.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    pub(super) visit: &'a Visit,
    pub(super) customer: &'a Customer,
    pub(super) ask: StatementAsk,
    pub(super) statement: &'a Statement,
}

impl Stated<'_> {
    fn say(self, text: Text) -> &'static str {
        text.in_language(self.visit.language())
    }

    fn moment(self, at: Instant) -> impl IntoView + use<> {
        let locale = &self.visit.locale;
        view! {
            <time datetime=at.to_string()>
                <span>{locale.date(at)}</span>
                " "
                <span class="statement-time">{locale.time(at)}</span>
            </time>
        }
    }
}

pub(super) fn body(stated: Stated) -> impl IntoView + use<> {
    view! {
        <div class="statement-note">
            <p>{icon("letter")}<span>{stated.say(words::HOW_TO_PRINT)}</span></p>
            <p><a class="button" href="/statement">{stated.say(words::OTHER_DAYS)}</a></p>
        </div>
        <article class="statement" aria-labelledby="statement">
            {head(stated)}
            {table(stated)}
            {foot(stated)}
        </article>
    }
}

/// Whose it is, of what, and when it was made.
fn head(stated: Stated) -> impl IntoView + use<> {
    let (visit, account) = (stated.visit, &stated.customer.account);
    let (locale, language) = (&visit.locale, visit.language());
    let day = |day: jiff::civil::Date| locale.written_day(&day.to_string());
    let zone = locale.time_zone.zone().iana_name().unwrap_or("UTC").to_owned();
    let shown = if stated.ask.flagged_only { words::FLAGGED } else { words::ALL };
    let rows = [
        (words::HOLDER, account.name.clone().unwrap_or_else(|| stated.customer.name.clone())),
        (words::ACCOUNT, account.id.to_string()),
        (words::DAYS, words::days(&day(stated.ask.from), &day(stated.ask.to), language)),
        (words::STATED, stated.say(shown).to_owned()),
        (words::TIMES, format!("{} ({zone})", locale.zone_sentence().trim_end_matches('.'))),
        (words::MADE, locale.in_full(visit.now)),
    ];
    let rows: Vec<_> =
        rows.map(|(name, value)| view! { <div><dt>{stated.say(name)}</dt><dd>{value}</dd></div> }).into();
    view! {
        <header class="statement-head" data-owner=visit.mark(&account.id)>
            <p class="statement-brand">{picture("mark", "mark")}{visit.context.brand.to_string()}</p>
            <h1 id="statement">{stated.say(words::DOCUMENT)}</h1>
            <dl class="statement-facts">{rows}</dl>
            <p class="statement-sum">{sum(stated)}</p>
            {stated.statement.more.then(|| more(stated))}
        </header>
    }
}

fn sum(stated: Stated) -> String {
    let entries = || stated.statement.entries.iter().map(|stated| &stated.entry);
    let messages = entries().filter(|entry| entry.message.is_some()).count();
    let flagged = entries().filter(|entry| entry.verdict.is_some_and(engine::Verdict::is_flagged)).count();
    let untold = entries().filter(|entry| entry.untold).count();
    words::counts(messages, flagged, untold, stated.visit.language())
}

fn more(stated: Stated) -> impl IntoView + use<> {
    let said = words::more(stated.statement.entries.len(), stated.visit.language());
    view! { <p class="statement-more">{icon("waiting")}<span>{said}</span></p> }
}

fn table(stated: Stated) -> AnyView {
    if stated.statement.entries.is_empty() {
        return view! { <p class="statement-empty">{stated.say(words::EMPTY)}</p> }.into_any();
    }
    let heads: Vec<_> = [words::SENT, words::MESSAGE, words::VERDICT, words::TRANSACTION]
        .map(|head| view! { <th scope="col">{stated.say(head)}</th> })
        .into();
    let rows: Vec<_> = stated.statement.entries.iter().map(|entry| row(stated, entry)).collect();
    view! {
        <div class="statement-scroll" tabindex="0" role="group" aria-labelledby="statement">
            <table class="statement-table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(stated: Stated, of: &StatementEntry) -> impl IntoView + use<> {
    let entry = &of.entry;
    let doubt = entry.attention.then_some("in-doubt");
    view! {
        <tr class=doubt data-owner=stated.visit.mark(&entry.owner)>
            <td data-head=stated.say(words::SENT)>{stated.moment(entry.at)}</td>
            <td data-head=stated.say(words::MESSAGE)>{told(stated, of)}</td>
            <td data-head=stated.say(words::VERDICT)>{found(stated, entry)}</td>
            <td data-head=stated.say(words::TRANSACTION)>{happened(stated, entry.transaction.as_ref())}</td>
        </tr>
    }
}

fn told(stated: Stated, of: &StatementEntry) -> AnyView {
    let Some(message) = &of.entry.message else {
        return view! { <p class="quiet">{stated.say(words::NO_MESSAGE)}</p> }.into_any();
    };
    let language = stated.visit.language();
    let recipient = of.recipient.as_deref().map(|recipient| {
        let locale = &stated.visit.locale;
        let written = if recipient.starts_with('+') { locale.phone(recipient) } else { recipient.to_owned() };
        format!(" {}", words::to(&written, language))
    });
    let number = of.number.map(|number| {
        view! {
            <p class="quiet">
                {stated.say(words::COUNTERFOIL)} " " <span class="number">{number.to_string()}</span>
            </p>
        }
    });
    view! {
        <p><b>{subject(stated, message)}</b></p>
        <p class="quiet">{channel::name(message.channel).in_language(language)}{recipient}</p>
        {number}
    }
    .into_any()
}

/// Its subject; of a message without one, how it begins.
fn subject(stated: Stated, message: &MessageSummary) -> String {
    let subject = message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
    match subject {
        Some(subject) => subject.to_owned(),
        None if message.excerpt.is_empty() => stated.say(words::NO_SUBJECT).to_owned(),
        None => message.excerpt.clone(),
    }
}

fn found(stated: Stated, entry: &HistoryEntry) -> AnyView {
    let (locale, language) = (&stated.visit.locale, stated.visit.language());
    if entry.message.is_none() {
        return view! {
            <p class="status status-untold">{icon("untold")}{verdict::UNTOLD.in_language(language)}</p>
            <p>{stated.say(words::UNTOLD_WHY)}</p>
        }
        .into_any();
    }
    let code = verdict::code(entry.verdict);
    let judged = Judged {
        sent_at: entry.at,
        kind: entry.kind.as_ref(),
        transaction: entry.transaction.as_ref(),
        reasons: &entry.reasons,
        is_withheld: entry.is_withheld,
    };
    let why = sum_up(&judged, locale);
    let late = entry.untold.then(|| view! { <p>{stated.say(words::UNTOLD_WHY)}</p> });
    view! {
        <p class=format!("status status-{code}")>
            {icon(code)}{verdict::status(entry.verdict).in_language(language)}
        </p>
        <p>{why}</p>
        {late}
    }
    .into_any()
}

fn happened(stated: Stated, transaction: Option<&TransactionView>) -> AnyView {
    let Some(transaction) = transaction else {
        return view! { <p class="quiet">{stated.say(words::NONE)}</p> }.into_any();
    };
    let locale = &stated.visit.locale;
    let title = kind::title(&transaction.kind, locale.language);
    let device = transaction.device.as_ref().map(|device| {
        let model = device.model.as_deref().map(|model| format!("{model}, ")).unwrap_or_default();
        format!("{model}IMEI {}", locale.imei(&device.imei))
    });
    let line = transaction.line.as_deref().map(|line| locale.phone(line));
    let details: Vec<_> = (transaction.amount.map(|amount| locale.money(amount)).into_iter())
        .chain((!transaction.references.is_empty()).then(|| transaction.references.join(", ")))
        .chain(device)
        .chain(line)
        .chain([transaction.id.to_string()])
        .map(|detail| view! { <p class="quiet">{detail}</p> })
        .collect();
    view! {
        <p><b>{title}</b></p>
        <p class="quiet">{format!("{}, {}", locale.date(transaction.occurred_at), locale.time(transaction.occurred_at))}</p>
        {details}
    }
    .into_any()
}

/// How whoever reads it can see that it is true.
fn foot(stated: Stated) -> impl IntoView + use<> {
    let (visit, language) = (stated.visit, stated.visit.language());
    let check = format!("{}/check", visit.context.public_url.trim_end_matches('/'));
    let host = check.split_once("://").map_or(check.as_str(), |(_, host)| host).to_owned();
    let brand = &visit.context.brand;
    view! {
        <footer class="statement-foot">
            <div>
                <h2>{stated.say(words::VERIFY)}</h2>
                <p>{words::verify(&host, brand, language)}</p>
                <p>{words::made_from(brand, language)}</p>
                <p>{stated.say(words::END)}</p>
            </div>
            {qr(&check, format!("{} {host}", check::QR.in_language(language)))}
        </footer>
    }
}
