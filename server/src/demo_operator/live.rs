use engine::Instant;

use super::billing::{bill_and_payment, enrol_in_autopay, pay, refund};
use super::changes::{
    add_line, book_visit, change_address, change_credential, change_plan, change_sim, port_out, some_line,
};
use super::household::Household;
use super::journal::Journal;
use super::local_time::{at_clock, days_before, minutes_after};
use super::notices::{notify, notify_of_something};
use super::shopping::{ACCESSORIES, Basket, order};

/// Something in the life of a household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Welcome,
    Bill,
    Notice,
    Letter,
    Phone,
    Accessory,
    Plan,
    Line,
    Sim,
    Password,
    Pin,
    Address,
    Visit,
    Refund,
    PortOut,
    Autopay,
    Payment,
}

/// How often of a hundred a household goes through each step while it is followed.
const STEPS: [(Step, i64); 14] = [
    (Step::Phone, 75),
    (Step::Phone, 15),
    (Step::Accessory, 60),
    (Step::Accessory, 30),
    (Step::Plan, 35),
    (Step::Line, 10),
    (Step::Sim, 14),
    (Step::Password, 50),
    (Step::Pin, 25),
    (Step::Address, 20),
    (Step::Visit, 18),
    (Step::Refund, 22),
    (Step::PortOut, 5),
    (Step::Autopay, 30),
];

/// What may happen on the last day, which is looked at first.
const LAST_DAY: [Step; 5] = [Step::Payment, Step::Pin, Step::Plan, Step::Accessory, Step::Payment];

const DAYS_BETWEEN_BILLS: usize = 30;
const RECENT_DAYS: i64 = 45;

/// Follows a household from so many days ago, or since it joined, until so many days ago.
pub(super) fn live(journal: &mut Journal, house: &mut Household, place: i64, oldest: i64, newest: i64) {
    let mut steps = plan_steps(house, journal.as_of, oldest, newest);
    if newest == 0 && house.dice.chance(25) {
        let minutes = house.dice.between(20, 1_300);
        steps.push((minutes_after(journal.as_of, -minutes), *house.dice.pick(&LAST_DAY)));
    }
    steps.retain(|(at, _)| *at >= house.joined);
    steps.sort_unstable();
    for (at, step) in steps {
        go_through(journal, house, place, at, step);
    }
}

fn plan_steps(house: &mut Household, as_of: Instant, oldest: i64, newest: i64) -> Vec<(Instant, Step)> {
    let mut steps = vec![(minutes_after(house.joined, 45), Step::Welcome)];
    if house.joined < days_before(as_of, oldest) {
        steps.clear();
    }
    let first_bill = newest + house.dice.between(0, 29);
    let bills = (first_bill..oldest).step_by(DAYS_BETWEEN_BILLS);
    steps.extend(bills.map(|days| (at_clock(days_before(as_of, days), 7, 10, house.zone()), Step::Bill)));
    let mut days = newest + house.dice.between(0, 9);
    while days < oldest {
        let at = some_hour(house, as_of, days);
        steps.push((at, Step::Notice));
        days += house.dice.between(9, 27);
    }
    steps.push((some_hour(house, as_of, i64::midpoint(newest, oldest)), Step::Letter));
    let has_more_to_come = newest > 0;
    for (step, percent) in STEPS {
        let would_cut_it_short = has_more_to_come && matches!(step, Step::PortOut | Step::Autopay);
        if house.dice.chance(percent) && !would_cut_it_short {
            let recent = newest + RECENT_DAYS < oldest && house.dice.chance(35);
            let from = if recent { newest + RECENT_DAYS } else { oldest - 15 };
            let days = house.dice.between(newest, from);
            steps.push((some_hour(house, as_of, days), step));
        }
    }
    steps
}

fn some_hour(house: &mut Household, as_of: Instant, days_ago: i64) -> Instant {
    let (hour, minute) = (house.dice.between(8, 20), house.dice.between(0, 59));
    at_clock(days_before(as_of, days_ago), hour, minute, house.zone())
}

fn go_through(journal: &mut Journal, house: &mut Household, place: i64, at: Instant, step: Step) {
    match step {
        Step::Welcome => notify(journal, house, "welcome", at),
        Step::Bill => bill_and_payment(journal, house, at),
        Step::Notice => notify_of_something(journal, house, at),
        Step::Letter => notify(journal, house, "privacy-letter", at),
        Step::Phone => order_phone(journal, house, at),
        Step::Accessory => {
            let accessory = *house.dice.pick(&ACCESSORIES);
            order(journal, house, at, &Basket::Accessory(accessory));
        }
        Step::Plan => change_plan(journal, house, at),
        Step::Line => add_line(journal, house, place, at),
        Step::Sim => {
            let line = some_line(house);
            change_sim(journal, house, at, &line);
        }
        Step::Password => change_credential(journal, house, at, "password"),
        Step::Pin => change_credential(journal, house, at, "pin-sms"),
        Step::Address => change_address(journal, house, at),
        Step::Visit => book_visit(journal, house, at),
        Step::Refund => {
            let cents = house.dice.between(4, 60) * 125;
            refund(journal, house, at, cents);
        }
        Step::PortOut => port_out(journal, house, at),
        Step::Autopay if !house.autopay => enrol_in_autopay(journal, house, at),
        Step::Autopay => {}
        Step::Payment => {
            let cents = house.dice.between(20, 110) * 100;
            pay(journal, house, at, cents);
        }
    }
}

fn order_phone(journal: &mut Journal, house: &mut Household, at: Instant) {
    let lines = i64::try_from(house.lines().len()).expect("an account has a few lines");
    let line = usize::try_from(house.dice.between(0, lines - 1)).expect("a line's place is not negative");
    let trades_in = house.dice.chance(65);
    order(journal, house, at, &Basket::Phone { line, trades_in });
}
