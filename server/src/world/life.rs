use engine::{Instant, Span};

use super::WorldSettings;
use super::facts::{Facts, Hand, reference};
use super::operator::{Event, Notice, Operator, Template, Wording};
use super::person::Person;
use super::spoil::spoil;
use super::truth::{Truth, find_also};
use crate::dice::Dice;

/// Everything that happened on an account, and everything it was told.
pub(super) struct Life<'a> {
    pub person: Person,
    pub happened: Vec<Happened<'a>>,
    pub sent: Vec<Sent<'a>>,
    /// Transactions that the customer had to be told of and was not.
    pub untold: Vec<usize>,
}

/// A transaction.
pub(super) struct Happened<'a> {
    pub event: &'a Event,
    pub facts: Facts,
    pub recorded_at: Instant,
}

/// A message and the truth about it.
#[derive(Clone)]
pub(super) struct Sent<'a> {
    pub template: &'a str,
    pub channel: &'a str,
    pub wording: &'a Wording,
    pub text: usize,
    pub fields: &'a [String],
    pub at: Instant,
    /// What it says.
    pub facts: Option<Facts>,
    pub hand: Hand,
    /// Whether it leaves out the reference that it would have.
    pub bare: bool,
    pub truth: Truth,
}

/// The kinds of which DESIGN's rules say that the customer has to be told within 48 hours.
const MUST_TELL: [&str; 4] = ["sim.changed", "number.ported_out", "credential.changed", "address.changed"];
const UNTOLD_SHARE: f64 = 0.03;
/// The longest that the books learn of something late, and still within a rule's grace.
const LATE_HOURS_MAX: i64 = 40;

impl<'a> Life<'a> {
    /// The life of an account; `neighbour` is one whose mail goes astray to it.
    pub(super) fn of(
        operator: &'a Operator,
        world: &WorldSettings,
        number: u64,
        neighbour: Option<&Life<'a>>,
    ) -> Self {
        let mut dice = Dice::new(world.seed, number);
        let person = Person::by_chance(&mut dice, number, world);
        let mut happened: Vec<Happened> = Vec::new();
        for event in operator.event.iter().filter(|event| event.follows.is_empty()) {
            for occurred_at in times(&mut dice, event.per_year, world) {
                let facts = Facts::by_chance(&mut dice, event, &person, occurred_at);
                happen(operator, event, facts, &mut dice, world, &mut happened);
                if dice.happens(world.share(world.pairs)) {
                    let later = occurred_at.plus(Span::minutes(dice.between(2, 30)));
                    let facts = Facts::by_chance(&mut dice, event, &person, later);
                    happen(operator, event, facts, &mut dice, world, &mut happened);
                }
            }
        }
        happened.retain(|one| one.facts.occurred_at <= world.until);
        reuse_references(&mut happened, &mut dice, world);
        let mut life = Self { person, happened, sent: Vec::new(), untold: Vec::new() };
        life.tell(&mut dice, world);
        life.notice(operator, &mut dice, world);
        spoil(&mut life, neighbour, &mut dice, world);
        life.sent.retain(|sent| sent.at <= world.until);
        find_also(&mut life);
        life
    }

    /// Sends what there is to say of what happened.
    fn tell(&mut self, dice: &mut Dice, world: &WorldSettings) {
        for (place, happened) in self.happened.iter().enumerate() {
            let event = happened.event;
            let mut told_by = None;
            let must = MUST_TELL.contains(&event.kind.as_str());
            if !(must && dice.happens(UNTOLD_SHARE)) {
                for template in &event.template {
                    let sent = tell_by(template, &self.person, happened, place, dice, world);
                    told_by = told_by.min(Some(sent.at)).or(Some(sent.at));
                    self.sent.push(sent);
                }
            }
            let known = happened.recorded_at <= world.until;
            let deadline = happened.facts.occurred_at.plus(Span::hours(48));
            if must && known && deadline <= world.until && told_by.is_none_or(|told| told > deadline) {
                self.untold.push(place);
            }
        }
    }

    fn notice(&mut self, operator: &'a Operator, dice: &mut Dice, world: &WorldSettings) {
        for notice in &operator.notice {
            for at in times(dice, notice.per_year, world) {
                self.sent.push(notice_of(notice, &self.person, at, dice));
            }
        }
    }
}

/// Something happens, and what follows from it.
fn happen<'a>(
    operator: &'a Operator,
    event: &'a Event,
    facts: Facts,
    dice: &mut Dice,
    world: &WorldSettings,
    happened: &mut Vec<Happened<'a>>,
) {
    for next in operator.event.iter().filter(|next| next.follows == event.kind.as_str()) {
        let [least, greatest] = next.follows_after_hours;
        let after = super::facts::round(dice.real(least * 60.0, greatest * 60.0));
        let mut following = facts.clone();
        following.occurred_at = facts.occurred_at.plus(Span::minutes(after));
        if !next.reference.is_empty() && following.reference.is_none() {
            following.reference = Some(reference(dice, &next.reference));
        }
        if next.amount.is_empty() {
            following.cents = None;
        }
        happen(operator, next, following, dice, world, happened);
    }
    let late = dice.happens(world.share(world.late));
    let delay = if late { dice.between(60, LATE_HOURS_MAX * 60) } else { dice.between(1, 40) };
    let mut facts = facts;
    let recorded_at = facts.occurred_at.plus(Span::minutes(delay));
    if dice.happens(world.share(world.zones)) {
        facts.occurred_at = facts.occurred_at.plus(Span::hours(dice.between(1, 2)));
    }
    happened.push(Happened { event, facts, recorded_at });
}

/// A later transaction gets the reference of an earlier one of its kind, at least 60 days before.
fn reuse_references(happened: &mut [Happened], dice: &mut Dice, world: &WorldSettings) {
    happened.sort_by_key(|one| one.facts.occurred_at);
    for place in 0..happened.len() {
        if happened[place].facts.reference.is_none() || !dice.happens(world.share(world.reuse)) {
            continue;
        }
        let (earlier, rest) = happened.split_at_mut(place);
        let long_ago = rest[0].facts.occurred_at.minus(Span::days(60));
        let chosen = earlier.iter().find(|one| {
            one.event.kind == rest[0].event.kind
                && one.facts.occurred_at < long_ago
                && one.facts.reference.is_some()
                && one.event.follows.is_empty()
        });
        if let Some(chosen) = chosen.filter(|_| rest[0].event.follows.is_empty()) {
            rest[0].facts.reference.clone_from(&chosen.facts.reference);
        }
    }
}

fn tell_by<'a>(
    template: &'a Template,
    person: &Person,
    happened: &Happened<'a>,
    place: usize,
    dice: &mut Dice,
    world: &WorldSettings,
) -> Sent<'a> {
    let wording = &template.wording[person.language];
    let [least, greatest] = template.lag_minutes;
    let text = *dice.pick(&(0..wording.texts.len()).collect::<Vec<_>>());
    Sent {
        template: &template.name,
        channel: &template.channel,
        wording,
        text,
        fields: &template.fields,
        at: happened.facts.occurred_at.plus(Span::minutes(dice.between(least, greatest))),
        facts: Some(happened.facts.clone()),
        hand: Hand::by_chance(dice),
        bare: dice.happens(world.share(world.missing)),
        truth: Truth::Vouched { place, also: Vec::new() },
    }
}

fn notice_of<'a>(notice: &'a Notice, person: &Person, at: Instant, dice: &mut Dice) -> Sent<'a> {
    let wording = &notice.wording[person.language];
    Sent {
        template: &notice.name,
        channel: &notice.channel,
        wording,
        text: *dice.pick(&(0..wording.texts.len()).collect::<Vec<_>>()),
        fields: &[],
        at,
        facts: None,
        hand: Hand::by_chance(dice),
        bare: false,
        truth: Truth::Informational,
    }
}

/// Times in the days followed: every month about the same hour where it happens monthly, by chance elsewhere.
fn times(dice: &mut Dice, per_year: f64, world: &WorldSettings) -> Vec<Instant> {
    const MINUTES_PER_YEAR: f64 = 365.25 * 24.0 * 60.0;
    let start = world.until.minus(Span::days(world.days));
    if per_year <= 0.0 {
        return Vec::new();
    }
    let mean = MINUTES_PER_YEAR / per_year;
    let monthly = (11.0..=13.0).contains(&per_year);
    let mut at = dice.real(0.0, if monthly { mean } else { 2.0 * mean });
    let mut times = Vec::new();
    #[expect(clippy::cast_precision_loss, reason = "some thousand days")]
    let end = (world.days * 24 * 60) as f64;
    while at < end {
        times.push(start.plus(Span::minutes(super::facts::round(at))));
        at += if monthly { mean + dice.real(-300.0, 300.0) } else { -mean * dice.real(1e-9, 1.0).ln() };
    }
    times
}
