use engine::{E164, Instant, MessageId};

use super::facts::Facts;
use super::handset::Handset;
use super::household::{Household, number};
use super::journal::{Happening, Journal};
use super::local_time::{MINUTES_PER_DAY, minutes_after};

pub(super) const PLANS: [(&str, i64); 4] = [
    ("Meadow 5 GB", 3_500),
    ("Meadow 15 GB", 4_500),
    ("Prairie Unlimited", 5_500),
    ("Summit Unlimited", 7_000),
];

/// A line's plan changes.
pub(super) fn change_plan(journal: &mut Journal, house: &mut Household, at: Instant) {
    let (plan, cents) = *house.dice.pick(&PLANS);
    let line = some_line(house);
    let reference = request(journal, at);
    let what =
        Happening::new("plan.changed", at).reference(&reference).cents(cents).line(&line).summary(plan);
    journal.record(house, &what);
    let told_at = minutes_after(at, house.lag());
    tell_of_plan(journal, house, told_at, &line, &reference, (plan, cents));
    if house.wants_sms {
        let facts = Facts::of(house).line(&line).word("plan", plan).day("day", at, house);
        let sent_at = minutes_after(at, house.prompt_lag());
        journal.tell(house, "plan-sms", sent_at, &facts);
    }
}

/// Mails that a line's plan changed, whether or not it did.
pub(super) fn tell_of_plan(
    journal: &mut Journal,
    house: &mut Household,
    sent_at: Instant,
    line: &E164,
    reference: &str,
    (plan, cents): (&str, i64),
) -> Option<MessageId> {
    let facts = Facts::of(house).line(line).field("request", reference).word("plan", plan).amount(cents);
    journal.tell(house, "plan", sent_at, &facts)
}

/// A number for a request.
pub(super) fn request(journal: &mut Journal, at: Instant) -> String {
    format!("RQ{}", journal.number("RQ", at))
}

/// A line is added, with a device of its own.
pub(super) fn add_line(journal: &mut Journal, house: &mut Household, place: i64, at: Instant) {
    if at > journal.as_of {
        return;
    }
    let area_code = house.account.lines[0].number.digits()[1..4].to_owned();
    let count = i64::try_from(house.account.lines.len()).expect("an account has a few lines");
    let line = number(&area_code, place, count);
    house.add_line(line.clone(), at);
    let handset = Handset::current(&mut house.dice);
    house.add_handset(handset, at);
    let reference = request(journal, at);
    journal.record(house, &Happening::new("line.added", at).reference(&reference).line(&line));
    let facts = Facts::of(house).line(&line).field("request", &reference).day("day", at, house);
    let sent_at = minutes_after(at, house.lag());
    journal.tell(house, "line", sent_at, &facts);
}

/// A line's SIM is changed, and both its holder and its user are told.
pub(super) fn change_sim(journal: &mut Journal, house: &mut Household, at: Instant, line: &E164) {
    change_sim_untold(journal, house, at, line);
    let facts = Facts::of(house).line(line).day("day", at, house);
    let (mail_lag, sms_lag) = (house.prompt_lag(), house.prompt_lag());
    journal.tell(house, "sim", minutes_after(at, mail_lag), &facts);
    let phone = house.phone_of(line);
    journal.tell_at(house, "sim-sms", minutes_after(at, sms_lag), &facts, phone);
}

/// A line's SIM is changed, and nobody hears of it.
pub(super) fn change_sim_untold(journal: &mut Journal, house: &mut Household, at: Instant, line: &E164) {
    journal.record(house, &Happening::new("sim.changed", at).line(line));
}

/// The last line leaves for another carrier.
pub(super) fn port_out(journal: &mut Journal, house: &mut Household, at: Instant) {
    let Some(line) = house.lines().pop().filter(|_| at <= journal.as_of && house.lines().len() > 1) else {
        return;
    };
    let last_day = Some(house.day_of(at));
    for kept in house.account.lines.iter_mut().filter(|kept| kept.number == line) {
        kept.to = last_day;
    }
    let reference = request(journal, at);
    journal.record(house, &Happening::new("number.ported_out", at).reference(&reference).line(&line));
    let facts = Facts::of(house).line(&line).field("request", &reference).day("day", at, house);
    let (mail_lag, sms_lag) = (house.prompt_lag(), house.prompt_lag());
    journal.tell(house, "port-out", minutes_after(at, mail_lag), &facts);
    journal.tell(house, "port-out-sms", minutes_after(at, sms_lag), &facts);
}

/// A password (by mail) or a PIN (by text message) is changed.
pub(super) fn change_credential(journal: &mut Journal, house: &mut Household, at: Instant, key: &str) {
    let reference = request(journal, at);
    journal.record(house, &Happening::new("credential.changed", at).reference(&reference));
    let facts = Facts::of(house).field("request", &reference).day("day", at, house);
    let sent_at = minutes_after(at, house.prompt_lag());
    journal.tell(house, key, sent_at, &facts);
}

/// The household moves; a letter follows to where it lived.
pub(super) fn change_address(journal: &mut Journal, house: &mut Household, at: Instant) {
    let reference = request(journal, at);
    journal.record(house, &Happening::new("address.changed", at).reference(&reference));
    let facts = Facts::of(house).field("request", &reference).day("day", at, house);
    let sent_at = minutes_after(at, house.prompt_lag());
    journal.tell(house, "address", sent_at, &facts);
    journal.tell(house, "address-letter", minutes_after(at, MINUTES_PER_DAY), &facts);
}

/// A technician's visit is booked, and reminded of the day before.
pub(super) fn book_visit(journal: &mut Journal, house: &mut Household, at: Instant) {
    let visit_at = minutes_after(at, house.dice.between(5, 11) * MINUTES_PER_DAY);
    let reference = format!("V-{}", journal.number("V", at));
    journal.record(house, &Happening::new("appointment.booked", at).reference(&reference));
    let facts = Facts::of(house).field("visit", &reference).day("when", visit_at, house);
    let sent_at = minutes_after(at, house.lag());
    journal.tell(house, if house.wants_sms { "visit-sms" } else { "visit" }, sent_at, &facts);
    journal.tell(house, "visit-nudge", minutes_after(visit_at, -MINUTES_PER_DAY), &facts);
}

/// One of the lines in use.
pub(super) fn some_line(house: &mut Household) -> E164 {
    let lines = house.lines();
    house.dice.pick(&lines).clone()
}
