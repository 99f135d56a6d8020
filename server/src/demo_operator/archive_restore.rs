//! The incident: a restored archive's queue of trade-in confirmations is sent to whoever holds the account
//! numbers now.

use engine::{BatchName, Instant, MessageId};

use super::facts::Facts;
use super::faults::Faults;
use super::handset::{Handset, OldTradeIn};
use super::household::Household;
use super::journal::{Happening, Journal};
use super::local_time::{MINUTES_PER_DAY, at_clock, day_in_digits, days_before, home_zone, minutes_after};

const DAYS_AGO: i64 = 9;
/// How many accounts, besides the touched customer's, hear of their own trade-in of years ago.
const STALE_ACCOUNTS: usize = 10;
/// How many hear of somebody else's.
const FOREIGN_ACCOUNTS: usize = 14;
/// The queue was started twice before, and broke off each time behind its first message.
const BROKE_OFF_MINUTES_BEFORE: [i64; 2] = [26, 11];

/// Puts a trade-in of four to seven years ago into a household's books, where it is that old a customer.
pub(super) fn remember_old_trade_in(journal: &mut Journal, house: &mut Household) {
    const DAYS_MIN: i64 = 1_480;
    const DAYS_MAX: i64 = 2_540;
    const DAYS_OWNED: i64 = 300;
    if house.joined > days_before(journal.as_of, DAYS_MAX + DAYS_OWNED) {
        return;
    }
    let handset = Handset::old(&mut house.dice);
    let started_at = days_before(journal.as_of, house.dice.between(DAYS_MIN, DAYS_MAX));
    let received_at = minutes_after(started_at, 9 * MINUTES_PER_DAY + 217);
    let credited_at = minutes_after(received_at, 4 * MINUTES_PER_DAY + 65);
    let reference = format!("SW-{}", journal.number("SW", started_at));
    let cents = handset.price_cents;
    let started = Happening::new("trade_in.started", started_at).reference(&reference).handset(&handset);
    journal.record(house, &started);
    let received = Happening::new("trade_in.received", received_at).reference(&reference).handset(&handset);
    journal.record(house, &received);
    let credited = Happening::new("trade_in.credited", credited_at).reference(&reference).handset(&handset);
    journal.record(house, &credited.cents(cents));
    house.add_handset(handset.clone(), house.joined);
    house.handsets.pop();
    house.part_with(&handset.imei, received_at);
    house.old_trade_in = Some(OldTradeIn { reference, handset });
}

/// Sends the archive's queue: to the touched customer her own and another's, to others one or the other.
pub(super) fn restore_archive(
    journal: &mut Journal,
    touched: &mut Household,
    others: &mut [Household],
    faults: &mut Faults,
) {
    let zone = home_zone();
    let mut run =
        Run { sent_at: at_clock(days_before(journal.as_of, DAYS_AGO), 14, 6, &zone), journal, faults };
    let archived: Vec<OldTradeIn> = others.iter().filter_map(|house| house.old_trade_in.clone()).collect();
    let first = run.send(touched, &archived[0], "foreign_device");
    if let Some(own) = touched.old_trade_in.clone() {
        run.send(touched, &own, "stale");
    }
    let (with, without): (Vec<_>, Vec<_>) = others.iter_mut().partition(|house| house.old_trade_in.is_some());
    for house in with.into_iter().take(STALE_ACCOUNTS) {
        let own = house.old_trade_in.clone().expect("those with one were chosen");
        run.send(house, &own, "stale");
    }
    for (house, anothers) in without.into_iter().zip(archived.iter().cycle().skip(1)).take(FOREIGN_ACCOUNTS) {
        run.send(house, anothers, "foreign_device");
    }
    if let Some(first) = first {
        for minutes in BROKE_OFF_MINUTES_BEFORE {
            let again = run.journal.send_again(&first, -minutes);
            run.faults.note(Some(again), "foreign_device");
        }
    }
}

struct Run<'a> {
    journal: &'a mut Journal,
    faults: &'a mut Faults,
    sent_at: Instant,
}

impl Run<'_> {
    fn send(
        &mut self,
        house: &mut Household,
        archived: &OldTradeIn,
        code: &'static str,
    ) -> Option<MessageId> {
        let facts = Facts::of(house).field("trade", &archived.reference).device(&archived.handset);
        let sent = self.journal.tell(house, "archive-trade", self.sent_at, &facts);
        if let Some(message) = self.journal.messages.last_mut() {
            message.batch = Some(batch(self.sent_at));
        }
        self.faults.note(sent.clone(), code);
        self.sent_at = minutes_after(self.sent_at, house.dice.between(1, 4));
        sent
    }
}

fn batch(at: Instant) -> BatchName {
    format!("archive-restore-{}", day_in_digits(at)).parse().expect("a short name")
}
