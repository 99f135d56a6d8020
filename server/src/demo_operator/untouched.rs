use engine::{Instant, Language};

use super::billing::{bill_and_payment, refund};
use super::changes::{change_credential, change_plan};
use super::household::{Household, Persona};
use super::journal::Journal;
use super::local_time::{at_clock, days_before, minutes_after};
use super::notices::notify;
use super::people::Town;
use super::shopping::{Basket, CAR_MOUNT, CASE, order};
use crate::dice::Dice;

const TOWN: Town = Town {
    name: "San Antonio",
    state: "TX",
    postal_code: "78204",
    zone: "America/Chicago",
    area_code: "210",
};

/// The customer with whom all is well, and who is written to in Spanish.
pub(super) fn household(seed: u64, as_of: Instant) -> Household {
    let persona = Persona {
        name: "Andrés Villanueva",
        email: "andres.villanueva@example.com",
        town: &TOWN,
        lines: 2,
        days_joined: 2_130,
        place: 1,
        language: Language::Es,
    };
    let mut house = persona.household(Dice::new(seed, 1), as_of);
    house.autopay = true;
    house.add_member("Marisol Villanueva", 1);
    house
}

/// The last two months of his history.
pub(super) fn recent(journal: &mut Journal, house: &mut Household) {
    let as_of = journal.as_of;
    let zone = house.zone().clone();
    let on = |days: i64, hour: i64, minute: i64| at_clock(days_before(as_of, days), hour, minute, &zone);
    bill_and_payment(journal, house, on(52, 7, 10));
    notify(journal, house, "code-sms", on(47, 20, 12));
    order(journal, house, on(41, 18, 5), &Basket::Phone { line: 1, trades_in: true });
    notify(journal, house, "offer-family", on(33, 9, 0));
    change_plan(journal, house, on(29, 12, 48));
    bill_and_payment(journal, house, on(22, 7, 10));
    notify(journal, house, "network", on(19, 17, 0));
    change_credential(journal, house, on(15, 21, 20), "password");
    refund(journal, house, on(11, 10, 37), 1_875);
    notify(journal, house, "offer-swap", on(7, 9, 0));
    order(journal, house, on(6, 13, 14), &Basket::Accessory(CASE));
    // Still on its way.
    order(journal, house, on(1, 19, 26), &Basket::Accessory(CAR_MOUNT));
    change_credential(journal, house, minutes_after(as_of, -700), "pin-sms");
}
