use std::collections::{BTreeMap, BTreeSet};

use engine::{
    Channel, Delivery, DeliveryState, Device, E164, Instant, Language, Message, MessageId, Money, Reference,
    Transaction,
};

use super::branded::branded;
use super::facts::Facts;
use super::handset::Handset;
use super::household::Household;
use super::local_time::{day_in_digits, minutes_after};
use super::wording::{Body, template_of, wording_of};

/// All that the operator has told and done, as it comes to be.
pub(super) struct Journal {
    pub as_of: Instant,
    pub transactions: Vec<Transaction>,
    pub messages: Vec<Message>,
    numbers: BTreeSet<(&'static str, i64)>,
}

/// Something that happens on an account.
pub(super) struct Happening<'a> {
    pub kind: &'static str,
    pub at: Instant,
    pub reference: Option<&'a str>,
    pub cents: Option<i64>,
    pub handset: Option<&'a Handset>,
    pub line: Option<&'a E164>,
    pub summary: Option<&'a str>,
}

impl<'a> Happening<'a> {
    /// Something of a kind at a moment, of which nothing more is known.
    pub(super) fn new(kind: &'static str, at: Instant) -> Self {
        Self { kind, at, reference: None, cents: None, handset: None, line: None, summary: None }
    }

    pub(super) fn reference(self, reference: &'a str) -> Self {
        Self { reference: Some(reference), ..self }
    }

    pub(super) fn cents(self, cents: i64) -> Self {
        Self { cents: Some(cents), ..self }
    }

    pub(super) fn handset(self, handset: &'a Handset) -> Self {
        Self { handset: Some(handset), ..self }
    }

    pub(super) fn line(self, line: &'a E164) -> Self {
        Self { line: Some(line), ..self }
    }

    pub(super) fn summary(self, summary: &'a str) -> Self {
        Self { summary: Some(summary), ..self }
    }
}

impl Journal {
    pub(super) fn new(as_of: Instant) -> Self {
        Self { as_of, transactions: Vec::new(), messages: Vec::new(), numbers: BTreeSet::new() }
    }

    /// A number that grows with time, and is given once for each prefix.
    pub(super) fn number(&mut self, prefix: &'static str, at: Instant) -> i64 {
        const MICROS_PER_STEP: i64 = 29_000_000;
        let mut number = at.micros() / MICROS_PER_STEP;
        while !self.numbers.insert((prefix, number)) {
            number += 1;
        }
        number
    }

    /// Writes what happened into the books; what is still to come is left out.
    pub(super) fn record(&mut self, house: &mut Household, what: &Happening) {
        if what.at > self.as_of {
            return;
        }
        let occurred_at = some_second(house, what.at).min(self.as_of);
        let id = format!("LT{}", self.number("LT", occurred_at));
        let recorded_at = minutes_after(occurred_at, house.dice.between(1, 25)).min(self.as_of);
        let usd = "USD".parse().expect("three letters");
        let reference = what.reference.map(|text| Reference::parse(text).expect("references have digits"));
        self.transactions.push(Transaction {
            id: id.parse().expect("letters and digits"),
            account: house.account.id.clone(),
            kind: what.kind.parse().expect("the kinds are written right"),
            occurred_at,
            recorded_at: Some(recorded_at),
            status: Some("posted".to_owned()),
            references: reference.into_iter().collect(),
            amount: what.cents.map(|cents| Money::from_minor(cents, usd)),
            device: what.handset.map(|it| Device { imei: it.imei, model: Some(it.model.to_owned()) }),
            line: what.line.cloned(),
            summary: what.summary.map(str::to_owned),
            revision: 0,
            deleted: false,
        });
    }

    /// Has the books take up what happened last only at a moment.
    pub(super) fn take_up_late(&mut self, recorded_at: Instant) {
        let last = self.transactions.last_mut().expect("something happened");
        last.recorded_at = Some(recorded_at.max(last.occurred_at).min(self.as_of));
    }

    /// Sends a message to the account's holder; nothing is sent ahead of the present.
    pub(super) fn tell(
        &mut self,
        house: &mut Household,
        key: &str,
        at: Instant,
        facts: &Facts,
    ) -> Option<MessageId> {
        let recipient = match template_of(key).channel {
            Channel::Email => house.account.emails[0].clone(),
            Channel::Letter => house.address.clone(),
            Channel::Sms | Channel::Push | Channel::Voice => house.account.phones[0].to_string(),
        };
        self.tell_at(house, key, at, facts, recipient)
    }

    /// Sends a message to one of the account's addresses.
    pub(super) fn tell_at(
        &mut self,
        house: &mut Household,
        key: &str,
        at: Instant,
        facts: &Facts,
        recipient: String,
    ) -> Option<MessageId> {
        if at > self.as_of {
            return None;
        }
        let at = some_second(house, at).min(self.as_of);
        let (template, wording) = (template_of(key), wording_of(key, house.language()));
        let body = facts.fill(wording.body);
        let (text, html) = match template.body {
            Body::Text => (Some(body), None),
            Body::Html => (None, Some(body)),
            Body::TextAndHtml => {
                let html = branded(key, house.language(), &body);
                (Some(body), Some(html))
            }
        };
        let name = template.name_in(house.language());
        let id = self.message_id(at);
        let has_fields = template.channel == Channel::Email;
        self.messages.push(Message {
            id: id.clone(),
            account: Some(house.account.id.clone()),
            channel: template.channel,
            recipient,
            sender: Some(sender(template.channel, house.language()).to_owned()),
            batch: is_sent_in_batches(key)
                .then(|| format!("{name}-{}", day_in_digits(at)).parse().expect("a short name")),
            template: Some(name.parse().expect("a short name")),
            sent_at: at,
            subject: (!wording.subject.is_empty()).then(|| facts.fill(wording.subject)),
            text,
            html,
            data: if has_fields { facts.fields_in(wording.body) } else { BTreeMap::new() },
            delivery: delivery(house, template.channel, at, self.as_of),
            revision: 0,
            deleted: false,
        });
        Some(id)
    }

    /// Sends a message once more, so many minutes after the first time.
    pub(super) fn send_again(&mut self, first: &MessageId, minutes: i64) -> MessageId {
        let sent = self.messages.iter().find(|message| message.id == *first).expect("it was sent before");
        let mut again = sent.clone();
        again.sent_at = minutes_after(again.sent_at, minutes);
        again.delivery.iter_mut().for_each(|step| step.at = minutes_after(step.at, minutes));
        again.delivery.retain(|step| step.at <= self.as_of);
        again.id = self.message_id(again.sent_at);
        self.messages.push(again);
        self.messages.last().expect("just pushed").id.clone()
    }

    /// An id for a message sent at a moment.
    pub(super) fn message_id(&mut self, at: Instant) -> MessageId {
        format!("LM{}", self.number("LM", at)).parse().expect("letters and digits")
    }
}

/// Nothing happens on the minute.
fn some_second(house: &mut Household, at: Instant) -> Instant {
    const MICROS_PER_SECOND: i64 = 1_000_000;
    Instant::from_micros(at.micros() + house.dice.between(0, 54) * MICROS_PER_SECOND)
}

fn sender(channel: Channel, language: Language) -> &'static str {
    match (channel, language) {
        (Channel::Email, Language::En) => "hello@larkspurmobile.example",
        (Channel::Email, Language::Es) => "hola@larkspurmobile.example",
        (Channel::Sms, _) => "52757",
        _ => "Larkspur Mobile",
    }
}

fn is_sent_in_batches(key: &str) -> bool {
    key.starts_with("bill")
        || key.starts_with("offer")
        || matches!(key, "network" | "privacy-letter" | "survey")
}

fn delivery(house: &mut Household, channel: Channel, at: Instant, as_of: Instant) -> Vec<Delivery> {
    let mut steps = vec![Delivery { state: DeliveryState::Sent, at }];
    let minutes =
        if channel == Channel::Letter { house.dice.between(3, 6) * 1_440 } else { house.dice.between(0, 2) };
    let state = if house.dice.chance(1) { DeliveryState::Bounced } else { DeliveryState::Delivered };
    steps.push(Delivery { state, at: minutes_after(at, minutes) });
    if state == DeliveryState::Delivered && channel == Channel::Email && house.dice.chance(45) {
        let opened_at = minutes_after(at, house.dice.between(5, 2_000));
        steps.push(Delivery { state: DeliveryState::Opened, at: opened_at });
    }
    steps.retain(|step| step.at <= as_of);
    steps
}
