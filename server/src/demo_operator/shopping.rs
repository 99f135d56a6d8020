use engine::{Instant, Language, MessageId};

use super::changes::change_sim;
use super::facts::Facts;
use super::handset::Handset;
use super::household::Household;
use super::journal::{Happening, Journal};
use super::local_time::{MINUTES_PER_DAY, at_clock, days_before, minutes_after};

/// What somebody orders.
pub(super) enum Basket {
    /// A phone for the line at a place, and perhaps its old one traded in.
    Phone { line: usize, trades_in: bool },
    /// Something small.
    Accessory(Accessory),
}

/// Something small that the shop sells, as it is called in each language, and its price.
#[derive(Clone, Copy)]
pub(super) struct Accessory {
    english: &'static str,
    spanish: &'static str,
    pub cents: i64,
}

const fn accessory(english: &'static str, spanish: &'static str, cents: i64) -> Accessory {
    Accessory { english, spanish, cents }
}

pub(super) const EARBUDS: Accessory = accessory("Wireless earbuds", "Audífonos inalámbricos", 5_900);
pub(super) const CAR_MOUNT: Accessory = accessory("Car mount", "Soporte para auto", 3_299);
pub(super) const CASE: Accessory = accessory("Clear case", "Funda transparente", 2_999);

pub(super) const ACCESSORIES: [Accessory; 6] = [
    EARBUDS,
    CAR_MOUNT,
    CASE,
    accessory("Fast charger", "Cargador rápido", 2_450),
    accessory("Screen protector", "Protector de pantalla", 1_999),
    accessory("Power bank", "Batería portátil", 4_499),
];

impl Accessory {
    pub(super) fn name(self, language: Language) -> &'static str {
        match language {
            Language::En => self.english,
            Language::Es => self.spanish,
        }
    }
}

const COURIERS: [&str; 3] = ["UPS", "FedEx", "USPS"];

/// An order with all that follows from it, until the box is unpacked.
pub(super) fn order(journal: &mut Journal, house: &mut Household, at: Instant, basket: &Basket) {
    let handset = Handset::current(&mut house.dice);
    let (model, cents) = match basket {
        Basket::Phone { .. } => (handset.model, handset.price_cents),
        Basket::Accessory(accessory) => (accessory.name(house.language()), accessory.cents),
    };
    let reference = order_number(journal, at);
    journal
        .record(house, &Happening::new("order.placed", at).reference(&reference).cents(cents).summary(model));
    let told_at = minutes_after(at, house.lag());
    tell_of_order(journal, house, told_at, &reference, model, cents);
    let delivered_at = ship(journal, house, at, &reference, model);
    if let Basket::Phone { line, trades_in } = basket
        && delivered_at <= journal.as_of
    {
        let old = unpack(journal, house, delivered_at, *line, handset);
        if *trades_in {
            trade_in(journal, house, at, minutes_after(delivered_at, 6 * MINUTES_PER_DAY), &old);
        }
    }
}

/// A number for an order, as the shop writes it.
pub(super) fn order_number(journal: &mut Journal, at: Instant) -> String {
    format!("{}-LW", journal.number("LW", at))
}

/// Confirms an order, whether or not it is in the books.
pub(super) fn tell_of_order(
    journal: &mut Journal,
    house: &mut Household,
    sent_at: Instant,
    reference: &str,
    model: &str,
    cents: i64,
) -> Option<MessageId> {
    let facts = Facts::of(house).field("order", reference).word("model", model).amount(cents);
    if house.dice.chance(30) {
        journal.tell(house, "order-push", minutes_after(sent_at, 1), &facts);
    }
    journal.tell(house, "order", sent_at, &facts)
}

/// Sends a parcel, and says when it arrives.
fn ship(
    journal: &mut Journal,
    house: &mut Household,
    ordered_at: Instant,
    reference: &str,
    model: &str,
) -> Instant {
    let left_at = by_day(house, ordered_at, 1, 17);
    let days_on_the_way = house.dice.between(2, 3);
    let delivered_at = by_day(house, left_at, days_on_the_way, 10);
    let courier = *house.dice.pick(&COURIERS);
    let tracking = format!("LS{}US", journal.number("LS", left_at));
    let facts = Facts::of(house).field("order", reference).word("model", model).word("courier", courier);
    let facts = facts.field("tracking", &tracking).day("eta", minutes_after(delivered_at, 900), house);
    let facts = facts.day("day", delivered_at, house);
    journal.record(house, &Happening::new("shipment.dispatched", left_at).reference(reference));
    let sent_at = minutes_after(left_at, house.lag());
    journal.tell(house, if house.wants_sms { "shipped-sms" } else { "shipped" }, sent_at, &facts);
    journal.record(house, &Happening::new("shipment.delivered", delivered_at).reference(reference));
    let sent_at = minutes_after(delivered_at, house.prompt_lag());
    journal.tell(house, "delivered", sent_at, &facts);
    if house.dice.chance(50) {
        let sent_at = minutes_after(delivered_at, house.prompt_lag());
        journal.tell(house, "delivered-push", sent_at, &facts);
    }
    delivered_at
}

/// Some time of a day so many days later, from an hour on: parcels move by day.
fn by_day(house: &mut Household, from: Instant, days: i64, hour: i64) -> Instant {
    let minutes = house.dice.between(0, 360);
    at_clock(days_before(from, -days), hour, minutes, house.zone())
}

/// A new phone comes into use, and its SIM with it; says which phone it takes the place of.
fn unpack(
    journal: &mut Journal,
    house: &mut Household,
    at: Instant,
    line: usize,
    handset: Handset,
) -> Handset {
    let old = house.replace_handset(line, handset, at);
    let number = house.lines()[line].clone();
    let used_at = minutes_after(at, house.dice.between(40, 400));
    change_sim(journal, house, used_at, &number);
    old
}

/// A phone sent in for credit, from its kit to the credit.
fn trade_in(
    journal: &mut Journal,
    house: &mut Household,
    ordered_at: Instant,
    sent_in_at: Instant,
    old: &Handset,
) {
    let started_at = minutes_after(ordered_at, house.dice.between(5, 90));
    let reference = format!("SW-{}", journal.number("SW", started_at));
    let cents = old.price_cents / 1_000 * 350;
    let facts = Facts::of(house).field("trade", &reference).device(old).amount(cents);
    let started =
        Happening::new("trade_in.started", started_at).reference(&reference).handset(old).cents(cents);
    journal.record(house, &started);
    let sent_at = minutes_after(started_at, house.lag());
    journal.tell(house, "trade-start", sent_at, &facts);
    let received_at = by_day(house, sent_in_at, 1, 9);
    let received = Happening::new("trade_in.received", received_at).reference(&reference).handset(old);
    journal.record(house, &received);
    let sent_at = minutes_after(received_at, house.lag());
    journal.tell(house, "trade-arrived", sent_at, &facts);
    let credited_at = minutes_after(received_at, house.dice.between(3, 6) * MINUTES_PER_DAY);
    let credited =
        Happening::new("trade_in.credited", credited_at).reference(&reference).handset(old).cents(cents);
    journal.record(house, &credited);
    let sent_at = minutes_after(credited_at, house.lag());
    journal.tell(house, "trade-credit", sent_at, &facts);
    if received_at <= journal.as_of {
        house.part_with(&old.imei, received_at);
    }
}
