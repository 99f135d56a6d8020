use engine::OpenSort;
use leptos::prelude::*;
use store::{OpenView, TransactionView};

use super::{Shown, card};
use crate::frame::icon;
use crate::words::{account as words, kind};

/// The orders and trade-ins that have not ended.
pub(super) fn open(shown: Shown) -> impl IntoView + use<> {
    let earlier = shown.now.more.then(|| view! { <p class="hint">{shown.say(words::OPEN_EARLIER)}</p> });
    let found = if shown.now.open.is_empty() {
        view! { <p class="calm-line">{icon("agrees")}<span>{shown.say(words::NONE_OPEN)}</span></p> }
            .into_any()
    } else {
        let items: Vec<_> = shown.now.open.iter().map(|open| item(shown, open)).collect();
        view! { <ul class="items">{items}</ul> }.into_any()
    };
    card("open", shown.say(words::OPEN), view! { {found} {earlier} })
}

fn item(shown: Shown, open: &OpenView) -> impl IntoView + use<> {
    let sort = match open.sort {
        OpenSort::Order => words::ORDER,
        OpenSort::TradeIn => words::TRADE_IN,
    };
    let locale = &shown.visit.locale;
    let mut details: Vec<String> = open.begun.summary.iter().cloned().collect();
    details.extend(open.begun.references.first().cloned());
    let device = open.begun.device.as_ref().or(open.latest.device.as_ref());
    details.extend(device.and_then(|device| device.model.clone()));
    details.extend(open.begun.amount.map(|amount| locale.money(amount)));
    let went_on = (open.latest.id != open.begun.id).then(|| {
        view! { <div><dt>{shown.say(words::LATEST)}</dt><dd>{linked(shown, &open.latest)}</dd></div> }
    });
    let owner = shown.visit.mark(&open.begun.owner);
    view! {
        <li data-owner=owner>
            <h3>{shown.say(sort)}</h3>
            <p class="item-details">{details.join(" · ")}</p>
            <dl class="rows">
                <div><dt>{shown.say(words::BEGUN)}</dt><dd>{linked(shown, &open.begun)}</dd></div>
                {went_on}
            </dl>
        </li>
    }
}

/// The plan of each line, by the last change of it.
pub(super) fn plan(shown: Shown) -> impl IntoView + use<> {
    let found = if shown.now.plans.is_empty() {
        view! { <p>{shown.say(words::NO_PLAN)}</p> }.into_any()
    } else {
        let plans: Vec<_> = shown.now.plans.iter().map(|plan| plan_of(shown, plan)).collect();
        view! { <ul class="items">{plans}</ul> }.into_any()
    };
    card("plan", shown.say(words::PLAN), found)
}

fn plan_of(shown: Shown, plan: &TransactionView) -> impl IntoView + use<> {
    let line = plan.line.as_ref().map(|line| {
        view! { <p class="item-details">{shown.visit.locale.phone(line.as_str())}</p> }
    });
    let summary = plan.summary.as_ref().map(|summary| view! { <h3>{summary.clone()}</h3> });
    view! { <li>{summary}{line}<p>{linked(shown, plan)}</p></li> }
}

/// What happened and when, as the way to all about it.
pub(super) fn linked(shown: Shown, transaction: &TransactionView) -> impl IntoView + use<> {
    let title = kind::title(&transaction.kind, shown.visit.language());
    let when = shown.visit.locale.date_near(transaction.occurred_at, shown.visit.now);
    let address = format!("/transactions/{}", transaction.id);
    view! {
        <a href=address data-owner=shown.visit.mark(&transaction.owner)>{title}</a>
        ", "
        <time datetime=transaction.occurred_at.to_string()>{when}</time>
    }
}
