use engine::{AccountId, Instant, MessageId};

use super::billing::Payment;
use super::changes::{PLANS, change_sim_untold, request, some_line, tell_of_plan};
use super::household::Household;
use super::journal::Journal;
use super::local_time::{days_before, minutes_after};
use super::shopping::{ACCESSORIES, order_number, tell_of_order};

/// The messages that went wrong, each with the code of the reason why.
#[derive(Default)]
pub(super) struct Faults(pub Vec<(MessageId, &'static str)>);

impl Faults {
    /// Notes a message that was sent, and what is wrong with it.
    pub(super) fn note(&mut self, message: Option<MessageId>, code: &'static str) {
        self.0.extend(message.map(|id| (id, code)));
    }
}

/// How near, in days, nothing of the kind may have happened where a fault is put.
const DAYS_APART: i64 = 8;

/// Faults as every operator has them, a few among many accounts.
pub(super) fn scatter(journal: &mut Journal, houses: &mut [Household], faults: &mut Faults) {
    for days in [12, 40, 76] {
        wrong_receipt(journal, houses, days, faults);
    }
    for days in [16, 35, 58, 110] {
        bill_sent_twice(journal, houses, days, faults);
    }
    for days in [4, 21, 66] {
        order_of_another(journal, houses, days, faults);
    }
    for days in [7, 30, 93] {
        plan_that_never_changed(journal, houses, days, faults);
    }
    for days in [14, 49] {
        sim_that_nobody_told_of(journal, houses, days);
    }
}

/// Messages of the last hours whose transactions are not posted yet.
pub(super) fn run_ahead_of_the_books(journal: &mut Journal, houses: &mut [Household]) {
    for (place, minutes) in [(9, 35), (23, 80), (41, 150), (58, 260), (77, 410), (96, 640)] {
        let sent_at = minutes_after(journal.as_of, -minutes);
        let house = &mut houses[place];
        let accessory = *house.dice.pick(&ACCESSORIES);
        let reference = order_number(journal, sent_at);
        let name = accessory.name(house.language());
        tell_of_order(journal, house, sent_at, &reference, name, accessory.cents);
    }
}

fn wrong_receipt(journal: &mut Journal, houses: &mut [Household], days: i64, faults: &mut Faults) {
    let at = days_before(journal.as_of, days);
    let house = quiet_house(journal, houses, at, "payment.received");
    let cents = house.dice.between(30, 90) * 100;
    let payment = Payment::take(journal, house, at, cents);
    let mail = payment.mail(journal, house, cents * 10);
    faults.note(mail, "amount");
}

fn bill_sent_twice(journal: &mut Journal, houses: &mut [Household], days: i64, faults: &mut Faults) {
    const HOURS_26: i64 = 26 * 60;
    let before = days_before(journal.as_of, days);
    let is_bill = |message: &&engine::Message| {
        let template = message.template.as_ref().map_or("", |name| name.as_str());
        template.starts_with("bill.monthly.r")
            && message.sent_at < before
            && houses.iter().any(|house| Some(&house.account.id) == message.account.as_ref())
    };
    let latest = journal.messages.iter().filter(is_bill).max_by_key(|message| message.sent_at);
    if let Some(first) = latest.map(|message| message.id.clone()) {
        let again = journal.send_again(&first, HOURS_26);
        faults.note(Some(again), "duplicate");
    }
}

fn order_of_another(journal: &mut Journal, houses: &mut [Household], days: i64, faults: &mut Faults) {
    let at = days_before(journal.as_of, days);
    let house = quiet_house(journal, houses, at, "order.placed");
    let orders = journal.transactions.iter().filter(|transaction| {
        transaction.kind.as_str() == "order.placed" && transaction.account != house.account.id
    });
    let nearest = orders.min_by_key(|order| order.occurred_at.since(at).micros().abs());
    let reference = nearest.and_then(|order| order.references.first()).map(|it| it.given().to_owned());
    if let Some(reference) = reference {
        let accessory = *house.dice.pick(&ACCESSORIES);
        let earlier = journal.messages.len();
        tell_of_order(journal, house, at, &reference, accessory.name(house.language()), accessory.cents);
        for told in &journal.messages[earlier..] {
            faults.note(Some(told.id.clone()), "other_account");
        }
    }
}

fn plan_that_never_changed(journal: &mut Journal, houses: &mut [Household], days: i64, faults: &mut Faults) {
    let at = days_before(journal.as_of, days);
    let house = quiet_house(journal, houses, at, "plan.changed");
    let line = some_line(house);
    let reference = request(journal, at);
    let plan = *house.dice.pick(&PLANS);
    let mail = tell_of_plan(journal, house, at, &line, &reference, plan);
    faults.note(mail, "no_transaction");
}

fn sim_that_nobody_told_of(journal: &mut Journal, houses: &mut [Household], days: i64) {
    let at = days_before(journal.as_of, days);
    let house = quiet_house(journal, houses, at, "sim.changed");
    let line = some_line(house);
    change_sim_untold(journal, house, at, &line);
}

/// A house to which nothing of a kind happened around a moment; another one for each moment.
fn quiet_house<'a>(
    journal: &Journal,
    houses: &'a mut [Household],
    at: Instant,
    kind: &str,
) -> &'a mut Household {
    const STRIDE: usize = 29;
    let (from, to) = (days_before(at, DAYS_APART), days_before(at, -DAYS_APART));
    let busy: std::collections::BTreeSet<&AccountId> = journal
        .transactions
        .iter()
        .filter(|it| it.kind.as_str() == kind && (from..=to).contains(&it.occurred_at))
        .map(|it| &it.account)
        .collect();
    let days = journal.as_of.since(at).micros() / engine::Span::days(1).micros();
    let start = usize::try_from(days).expect("faults are in the past") * STRIDE;
    let place = (start..start + houses.len())
        .map(|place| place % houses.len())
        .find(|place| !busy.contains(&houses[*place].account.id) && houses[*place].joined < from)
        .expect("most houses are quiet at any time");
    &mut houses[place]
}
