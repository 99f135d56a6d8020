use engine::{Instant, Language};

use super::billing::{Bill, Payment, decline, enrol_in_autopay, pay, refund};
use super::changes::{
    book_visit, change_address, change_credential, change_plan, change_sim, change_sim_untold,
};
use super::faults::Faults;
use super::household::{Household, Persona};
use super::journal::Journal;
use super::local_time::{at_clock, days_before, minutes_after};
use super::notices::notify;
use super::people::Town;
use super::shopping::{Basket, CAR_MOUNT, EARBUDS, order, order_number, tell_of_order};
use crate::dice::Dice;

const TOWN: Town =
    Town { name: "Boulder", state: "CO", postal_code: "80302", zone: "America/Denver", area_code: "303" };

/// The customer whom the incident touched, and who has met most of what can go wrong.
pub(super) fn household(seed: u64, as_of: Instant) -> Household {
    let persona = Persona {
        name: "Maya Okonkwo",
        email: "maya.okonkwo@example.com",
        town: &TOWN,
        lines: 3,
        days_joined: 3_420,
        place: 0,
        language: Language::En,
    };
    let mut house = persona.household(Dice::new(seed, 0), as_of);
    house.add_member("Daniel Okonkwo", 1);
    house.add_member("Ife Okonkwo", 2);
    house
}

/// The last two months of her history.
pub(super) fn recent(journal: &mut Journal, house: &mut Household, faults: &mut Faults) {
    let as_of = journal.as_of;
    let zone = house.zone().clone();
    let on = |days: i64, hour: i64, minute: i64| at_clock(days_before(as_of, days), hour, minute, &zone);
    notify(journal, house, "code-sms", on(58, 19, 4));
    change_plan(journal, house, on(57, 18, 22));
    let first_cents = bill_as_it_should_be(journal, house, on(55, 7, 10));
    notify(journal, house, "offer-swap", on(53, 9, 0));
    order(journal, house, on(50, 20, 31), &Basket::Phone { line: 0, trades_in: true });
    notify(journal, house, "survey", on(44, 10, 15));
    notify(journal, house, "network", on(40, 17, 0));
    change_credential(journal, house, on(38, 21, 47), "password");
    decline(journal, house, on(36, 9, 2), first_cents);
    pay(journal, house, on(35, 12, 40), first_cents);
    let third_line = house.lines()[2].clone();
    change_sim_untold(journal, house, on(31, 22, 38), &third_line);
    notify(journal, house, "offer-family", on(27, 9, 0));
    let second_cents = bill_with_another_amount(journal, house, on(25, 7, 10), faults);
    book_visit(journal, house, on(22, 15, 9));
    enrol_in_autopay(journal, house, on(18, 11, 30));
    refund(journal, house, on(16, 13, 52), 2_450);
    change_address(journal, house, on(12, 16, 44));
    notify(journal, house, "offer-push", on(10, 11, 0));
    order(journal, house, on(8, 19, 20), &Basket::Accessory(EARBUDS));
    receipt_sent_twice(journal, house, on(6, 6, 30), second_cents, faults);
    notify(journal, house, "offer-swap", on(5, 9, 0));
    notify(journal, house, "usage", on(3, 20, 5));
    let second_line = house.lines()[1].clone();
    change_sim(journal, house, on(2, 14, 26), &second_line);
    change_credential(journal, house, minutes_after(as_of, -1_130), "pin-sms");
    pay(journal, house, minutes_after(as_of, -410), 4_000);
    order_ahead_of_the_books(journal, house);
}

fn bill_as_it_should_be(journal: &mut Journal, house: &mut Household, at: Instant) -> i64 {
    let bill = Bill::issue(journal, house, at);
    bill.mail(journal, house, bill.cents);
    bill.tell_elsewhere(journal, house);
    bill.nudge(journal, house);
    bill.cents
}

/// The mail states another amount than the books and the text message do.
fn bill_with_another_amount(
    journal: &mut Journal,
    house: &mut Household,
    at: Instant,
    faults: &mut Faults,
) -> i64 {
    const TOO_MUCH_CENTS: i64 = 2_725;
    let bill = Bill::issue(journal, house, at);
    let mail = bill.mail(journal, house, bill.cents + TOO_MUCH_CENTS);
    faults.note(mail, "amount");
    bill.tell_elsewhere(journal, house);
    bill.cents
}

fn receipt_sent_twice(
    journal: &mut Journal,
    house: &mut Household,
    at: Instant,
    cents: i64,
    faults: &mut Faults,
) {
    const HOURS_5: i64 = 300;
    let payment = Payment::take(journal, house, at, cents);
    if let Some(first) = payment.mail(journal, house, cents) {
        let again = journal.send_again(&first, HOURS_5);
        faults.note(Some(again), "duplicate");
    }
}

fn order_ahead_of_the_books(journal: &mut Journal, house: &mut Household) {
    let sent_at = minutes_after(journal.as_of, -95);
    let reference = order_number(journal, sent_at);
    tell_of_order(journal, house, sent_at, &reference, CAR_MOUNT.name(house.language()), CAR_MOUNT.cents);
}
