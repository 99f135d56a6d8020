use engine::Span;

use super::WorldSettings;
use super::facts::{Facts, Hand, reference};
use super::life::{Life, Sent};
use super::truth::Truth;
use crate::dice::Dice;

/// Nothing older than this can be taken for what a message tells of.
const LONG_AGO: Span = Span::days(100);

/// Makes of some messages what they should not be, and sends some that should not have been.
pub(super) fn spoil<'a>(
    life: &mut Life<'a>,
    neighbour: Option<&Life<'a>>,
    dice: &mut Dice,
    world: &WorldSettings,
) {
    for place in 0..life.sent.len() {
        if !matches!(life.sent[place].truth, Truth::Vouched { .. }) {
            continue;
        }
        change_amount(&mut life.sent[place], dice, world);
        slip_in_reference(&mut life.sent[place], dice, world);
    }
    let mut wrong: Vec<Sent<'a>> = Vec::new();
    for sent in &life.sent {
        let Truth::Vouched { place, .. } = sent.truth else { continue };
        if dice.happens(world.share(world.duplicates)) {
            wrong.extend(sent_again(life, sent, place, dice));
        }
        if dice.happens(world.share(world.stale)) {
            wrong.extend(sent_late(life, sent, place, dice, world));
        }
        if dice.happens(world.share(world.phantoms)) {
            wrong.extend(made_up(life, sent, dice, world));
        }
        if dice.happens(world.share(world.foreign)) {
            wrong.extend(neighbour.and_then(|other| gone_astray(life, other, sent, dice)));
        }
    }
    life.sent.extend(wrong);
}

/// Another amount, where a reference says which transaction it is about.
fn change_amount(sent: &mut Sent, dice: &mut Dice, world: &WorldSettings) {
    let Truth::Vouched { place, .. } = sent.truth else { return };
    let known = sent.shows("reference") && sent.shows("amount");
    let Some(cents) = sent.facts.as_ref().and_then(|facts| facts.cents).filter(|_| known) else { return };
    if !dice.happens(world.share(world.amounts)) {
        return;
    }
    let other = match dice.between(0, 2) {
        0 => cents * 10,
        1 => cents + 100 * dice.between(1, 9),
        _ => cents + dice.between(1, 99),
    };
    if let Some(facts) = &mut sent.facts {
        facts.cents = Some(other);
    }
    sent.truth = Truth::Wrong { verdict: "differs", reason: "amount", place: Some(place) };
}

/// Two digits of the reference change places; its amount still says which transaction it is about.
fn slip_in_reference(sent: &mut Sent, dice: &mut Dice, world: &WorldSettings) {
    if !matches!(sent.truth, Truth::Vouched { .. }) || !sent.shows("reference") || !sent.shows("amount") {
        return;
    }
    let Some(reference) = sent.facts.as_mut().and_then(|facts| facts.reference.as_mut()) else { return };
    if !dice.happens(world.share(world.typos)) {
        return;
    }
    let bytes = reference.as_bytes();
    let swaps: Vec<usize> = (1..bytes.len())
        .filter(|at| {
            bytes[*at - 1].is_ascii_digit() && bytes[*at].is_ascii_digit() && bytes[*at - 1] != bytes[*at]
        })
        .collect();
    if !swaps.is_empty() {
        let at = *dice.pick(&swaps);
        let mut bytes = bytes.to_vec();
        bytes.swap(at - 1, at);
        *reference = String::from_utf8(bytes).expect("digits change places");
    }
}

/// The same once more, some hours later.
fn sent_again<'a>(life: &Life<'a>, sent: &Sent<'a>, place: usize, dice: &mut Dice) -> Option<Sent<'a>> {
    let mut again = sent.clone();
    again.at = sent.at.plus(Span::minutes(dice.between(20, 48 * 60)));
    again.truth = Truth::Wrong { verdict: "duplicate", reason: "duplicate", place: Some(place) };
    let late = again.at > life.happened[place].facts.occurred_at.plus(Span::hours(70));
    (!late && fitting(life, &again) == 1).then_some(again)
}

/// The same long after, from an archive.
fn sent_late<'a>(
    life: &Life<'a>,
    sent: &Sent<'a>,
    place: usize,
    dice: &mut Dice,
    world: &WorldSettings,
) -> Option<Sent<'a>> {
    let mut late = sent.clone();
    late.at = sent.at.plus(LONG_AGO).plus(Span::minutes(dice.between(0, 300 * 24 * 60)));
    let named = sent.shows("reference");
    let reused =
        life.happened.iter().filter(|one| one.facts.reference == life.happened[place].facts.reference);
    late.truth = Truth::Wrong { verdict: "unmatched", reason: "stale", place: None };
    let is_clear = named && reused.count() == 1 && late.at <= world.until;
    (is_clear && fitting(life, &late) == 0).then_some(late)
}

/// About what never happened.
fn made_up<'a>(life: &Life<'a>, sent: &Sent<'a>, dice: &mut Dice, world: &WorldSettings) -> Option<Sent<'a>> {
    let Truth::Vouched { place, .. } = sent.truth else { return None };
    let event = life.happened[place].event;
    let mut phantom = sent.clone();
    let at = world.until.minus(Span::minutes(dice.between(3 * 24 * 60, (world.days - 10) * 24 * 60)));
    let mut facts = Facts::by_chance(dice, event, &life.person, at);
    if facts.reference.is_some() {
        facts.reference = Some(reference(dice, &event.reference));
    }
    phantom.facts = Some(facts);
    phantom.at = at;
    phantom.hand = Hand::by_chance(dice);
    phantom.truth = Truth::Wrong { verdict: "unmatched", reason: "no_transaction", place: None };
    let kind_around = life.happened.iter().any(|one| {
        one.event.kind == event.kind
            && one.facts.occurred_at >= at.minus(Span::days(6))
            && one.facts.occurred_at <= at.plus(Span::hours(12))
    });
    (!kind_around).then_some(phantom)
}

/// Meant for another account.
fn gone_astray<'a>(life: &Life<'a>, other: &Life<'a>, sent: &Sent<'a>, dice: &mut Dice) -> Option<Sent<'a>> {
    let Truth::Vouched { place, .. } = sent.truth else { return None };
    let kind = &life.happened[place].event.kind;
    let theirs: Vec<_> = other.happened.iter().filter(|one| one.event.kind == *kind).collect();
    if theirs.is_empty() {
        return None;
    }
    let theirs = *dice.pick(&theirs);
    let mut astray = sent.clone();
    astray.facts = Some(theirs.facts.clone());
    astray.at = theirs.facts.occurred_at.plus(Span::minutes(dice.between(5, 300)));
    let reason = if astray.shows("imei") && theirs.facts.handset.is_some() {
        "foreign_device"
    } else if astray.shows("line") && theirs.facts.line.is_some() {
        "foreign_line"
    } else if astray.shows("reference") {
        "other_account"
    } else {
        return None;
    };
    astray.truth = Truth::Wrong { verdict: "unmatched", reason, place: None };
    Some(astray)
}

/// How many transactions of its kind a message could be about, for all that it shows.
fn fitting(life: &Life, sent: &Sent) -> usize {
    let kind = |sent: &Sent| {
        let of =
            life.happened.iter().find(|one| one.event.template.iter().any(|it| it.name == sent.template));
        of.map(|one| one.event.kind.clone())
    };
    let kind = kind(sent);
    life.happened.iter().filter(|one| Some(&one.event.kind) == kind.as_ref() && sent.fits(one)).count()
}
