use engine::{Instant, MessageId};

use super::facts::Facts;
use super::household::Household;
use super::journal::{Happening, Journal};
use super::local_time::{MINUTES_PER_DAY, minutes_after};

/// A bill as the books have it.
pub(super) struct Bill {
    pub reference: String,
    pub cents: i64,
    pub issued_at: Instant,
    pub due_at: Instant,
}

const DAYS_TO_PAY: i64 = 20;
/// How many days before a bill is due its payer is reminded.
const DAYS_OF_NOTICE: i64 = 4;

impl Bill {
    /// A bill, in the books.
    pub(super) fn issue(journal: &mut Journal, house: &mut Household, at: Instant) -> Self {
        let lines = i64::try_from(house.lines().len()).expect("an account has a few lines");
        let net_cents = house.monthly_cents * lines.max(1);
        let cents = net_cents + net_cents * 73 / 1_000 + house.dice.between(0, 6) * 150;
        let reference = format!("B/{}", journal.number("B", at));
        let what = Happening::new("bill.issued", at).reference(&reference).cents(cents);
        journal.record(house, &what);
        Self { reference, cents, issued_at: at, due_at: minutes_after(at, DAYS_TO_PAY * MINUTES_PER_DAY) }
    }

    /// Mails the bill, with the amount that the mail is to state.
    pub(super) fn mail(&self, journal: &mut Journal, house: &mut Household, cents: i64) -> Option<MessageId> {
        let sent_at = minutes_after(self.issued_at, house.lag());
        let facts = self.facts(house).amount(cents);
        journal.tell(house, "bill", sent_at, &facts)
    }

    /// Tells of the bill by the other channels that the household chose.
    pub(super) fn tell_elsewhere(&self, journal: &mut Journal, house: &mut Household) {
        let facts = self.facts(house);
        if house.wants_sms {
            let sent_at = minutes_after(self.issued_at, house.lag());
            journal.tell(house, "bill-sms", sent_at, &facts);
        }
        if house.wants_paper {
            journal.tell(house, "bill-letter", minutes_after(self.issued_at, MINUTES_PER_DAY), &facts);
        }
    }

    /// Reminds of the bill.
    pub(super) fn nudge(&self, journal: &mut Journal, house: &mut Household) {
        let facts = self.facts(house);
        journal.tell(
            house,
            "bill-nudge",
            minutes_after(self.due_at, -DAYS_OF_NOTICE * MINUTES_PER_DAY),
            &facts,
        );
    }

    fn facts(&self, house: &Household) -> Facts {
        Facts::of(house).field("bill", &self.reference).amount(self.cents).day("due", self.due_at, house)
    }
}

/// A month's bill and how it is paid.
pub(super) fn bill_and_payment(journal: &mut Journal, house: &mut Household, at: Instant) {
    let bill = Bill::issue(journal, house, at);
    bill.mail(journal, house, bill.cents);
    bill.tell_elsewhere(journal, house);
    let mut paid_at = if house.autopay {
        minutes_after(bill.due_at, -MINUTES_PER_DAY)
    } else {
        minutes_after(at, house.dice.between(3 * MINUTES_PER_DAY, 18 * MINUTES_PER_DAY))
    };
    if !house.autopay && house.dice.chance(50) {
        bill.nudge(journal, house);
        paid_at = minutes_after(bill.due_at, -house.dice.between(200, 3_000));
    }
    if house.dice.chance(4) {
        decline(journal, house, paid_at, bill.cents);
        paid_at = minutes_after(paid_at, house.dice.between(600, 2_600));
    }
    pay(journal, house, paid_at, bill.cents);
}

/// A payment, told of.
pub(super) fn pay(journal: &mut Journal, house: &mut Household, at: Instant, cents: i64) {
    let payment = Payment::take(journal, house, at, cents);
    payment.mail(journal, house, cents);
    if house.wants_sms {
        let sent_at = minutes_after(at, house.lag());
        let facts = payment.facts(house).amount(cents);
        journal.tell(house, "receipt-sms", sent_at, &facts);
    }
}

/// A payment as the books have it.
pub(super) struct Payment {
    reference: String,
    at: Instant,
}

impl Payment {
    /// A payment, in the books.
    pub(super) fn take(journal: &mut Journal, house: &mut Household, at: Instant, cents: i64) -> Self {
        let reference = format!("LMP{}", journal.number("LMP", at));
        journal.record(house, &Happening::new("payment.received", at).reference(&reference).cents(cents));
        Self { reference, at }
    }

    /// Mails the receipt, with the amount that the mail is to state.
    pub(super) fn mail(&self, journal: &mut Journal, house: &mut Household, cents: i64) -> Option<MessageId> {
        let sent_at = minutes_after(self.at, house.lag());
        let facts = self.facts(house).amount(cents);
        journal.tell(house, "receipt", sent_at, &facts)
    }

    fn facts(&self, house: &Household) -> Facts {
        Facts::of(house).field("receipt", &self.reference).day("day", self.at, house)
    }
}

/// A payment that the customer's bank refused.
pub(super) fn decline(journal: &mut Journal, house: &mut Household, at: Instant, cents: i64) {
    let reference = format!("TRY{}", journal.number("TRY", at));
    journal.record(house, &Happening::new("payment.failed", at).reference(&reference).cents(cents));
    let facts = Facts::of(house).field("receipt", &reference).day("day", at, house).amount(cents);
    let (mail_lag, sms_lag) = (house.prompt_lag(), house.prompt_lag());
    journal.tell(house, "declined", minutes_after(at, mail_lag), &facts);
    journal.tell(house, "declined-sms", minutes_after(at, sms_lag), &facts);
}

/// Money given back.
pub(super) fn refund(journal: &mut Journal, house: &mut Household, at: Instant, cents: i64) {
    let reference = format!("RF{}", journal.number("RF", at));
    journal.record(house, &Happening::new("payment.refunded", at).reference(&reference).cents(cents));
    let facts = Facts::of(house).field("receipt", &reference).amount(cents);
    let sent_at = minutes_after(at, house.lag());
    journal.tell(house, "refund", sent_at, &facts);
}

/// Bills are drawn from the card by themselves from here on.
pub(super) fn enrol_in_autopay(journal: &mut Journal, house: &mut Household, at: Instant) {
    let reference = format!("AP{}", journal.number("AP", at));
    journal.record(house, &Happening::new("autopay.enrolled", at).reference(&reference));
    let facts = Facts::of(house).field("enrollment", &reference);
    let sent_at = minutes_after(at, house.prompt_lag());
    journal.tell(house, "autopay", sent_at, &facts);
    house.autopay = true;
}
