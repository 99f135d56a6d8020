//! The engine beside a matcher that is slow and plain: it has no indices, looks at every transaction for every message
//! and tries every assignment, by the rules as `docs/ARCHITECTURE.md` has them. Of several assignments that are as good,
//! the engine may choose any.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use engine::{
    Citation, E164, Imei, Instant, Kind, Money, Reference, Rule, Sent, Span, Stated, StatedDevice,
    StatedLine, Subject, Transaction, TransactionId, Verdict,
};
use proptest::prelude::*;

use crate::beside::{DAY, DEVICE, FACTS, Pair, REFERENCE, Says, is_line, is_slip, is_swap, says_device};
use crate::histories::{History, READER, SMALL_PRINT, at, history};

/// What becomes of a message: its verdict, the reason's code, and the transaction.
type Outcome = (Verdict, &'static str, Option<TransactionId>);

/// How much better the best must fit than the next, and how near two totals are that are taken for equal.
const MARGIN: f64 = 0.1;
const EQUAL: f64 = 1e-6;
/// What it costs that a message goes without a transaction: more than any fit can be worth.
const WITHOUT: f64 = -1e4;

/// A message with what it claims.
#[derive(Clone, Copy)]
struct Claim<'a> {
    sent: &'a Sent,
    stated: &'a Stated,
    kind: &'a Kind,
    rule: &'a Rule,
    history: &'a History,
}

/// What becomes of a message before others are looked at.
enum Alone<'a> {
    Is(Outcome),
    /// That, unless some of these, which differ in their amounts alone, add up to its amount.
    Parts(Outcome, Vec<Pair<'a>>),
    Fits(Vec<Pair<'a>>),
}

impl<'a> Claim<'a> {
    fn of(sent: &'a Sent, history: &'a History) -> Option<Self> {
        let (kind, rule) = READER.catalogue().claimed(sent.template.as_ref(), &sent.reading)?;
        Some(Self { sent, stated: &sent.reading.stated, kind, rule, history })
    }

    /// Messages of which one transaction vouches for one.
    fn group(&self) -> String {
        let Sent { template, channel, recipient, reading, .. } = self.sent;
        let words = template.is_none().then(|| reading.told_in.or(reading.wording));
        format!("{template:?} {words:?} {} {channel:?} {recipient:?}", self.kind)
    }

    fn alone(&self) -> Alone<'a> {
        let unmatched = |code, about| Alone::Is((Verdict::Unmatched, code, about));
        if let Some(code) = self.names_what_is_anothers() {
            return unmatched(code, None);
        }
        let (in_time, out_of_time): (Vec<Pair>, Vec<Pair>) =
            self.considered().into_iter().partition(|it| self.is_in_time(it));
        let (fitting, differing): (Vec<Pair>, Vec<Pair>) =
            in_time.into_iter().partition(|it| self.against(it).is_empty());
        let fitting: Vec<Pair> = fitting
            .into_iter()
            .filter(|it| it.says[REFERENCE] != Says::Nearly || self.is_named(it))
            .collect();
        if !fitting.is_empty() {
            return Alone::Fits(fitting);
        }
        let slips: Vec<Pair> = self.slips(is_slip).into_iter().filter(|it| self.is_in_time(it)).collect();
        if !slips.is_empty() {
            return Alone::Fits(slips);
        }
        let (named, unnamed): (Vec<Pair>, Vec<Pair>) =
            differing.into_iter().partition(|it| self.is_named(it));
        let out_of_time = if named.is_empty() && out_of_time.iter().all(|it| !self.is_named(it)) {
            self.slips(is_swap)
        } else {
            out_of_time.into_iter().filter(|it| self.is_named(it)).collect()
        };
        let outcome = if let Some(about) = named.iter().max_by(|a, b| by_weight(a, b)) {
            (Verdict::Differs, self.against(about)[0], Some(id(about)))
        } else if let Some(about) = out_of_time.iter().max_by_key(|it| by_time(it)) {
            return unmatched("stale", Some(id(about)));
        } else if self.cites_another_account(|_| true) {
            return unmatched("other_account", None);
        } else if self.sent.sent_at.plus(self.rule.grace) > at(self.history.now) {
            (Verdict::Waiting, "grace", None)
        } else {
            (Verdict::Unmatched, "no_transaction", None)
        };
        let mut pool = if named.is_empty() { unnamed } else { named };
        pool.retain(|it| self.against(it) == ["amount"]);
        if ["device", "line"].contains(&outcome.1) { Alone::Is(outcome) } else { Alone::Parts(outcome, pool) }
    }

    fn vouching(&self) -> Vec<Pair<'a>> {
        let vouching = self.known().filter(|it| self.rule.vouches(self.kind, &it.kind));
        vouching.map(|it| Pair::of(self.sent, it, &self.history.account)).collect()
    }

    /// Those whose reference the message miswrites, of which another fact agrees, and against which nothing else speaks.
    fn slips(&self, is_such: impl Fn(&str, &str) -> bool) -> Vec<Pair<'a>> {
        let mut all = self.vouching();
        all.retain(|it| {
            let no_day = FACTS.len() - usize::from(self.is_due() || !self.is_in_time(it));
            it.says[REFERENCE] == Says::Nearly
                && it.says[..=DEVICE].contains(&Says::Same)
                && it.against(no_day).is_empty()
                && self.miswrites(it, &is_such)
        });
        all
    }

    /// Whether it has a reference of the transaction with a slip, and what it has is nobody's.
    fn miswrites(&self, pair: &Pair, is_such: impl Fn(&str, &str) -> bool) -> bool {
        let cited = self.stated.references.iter().map(Reference::normalised);
        let mut nobodys = cited
            .filter(|it| !self.has_reference(it) && !self.is_elsewhere(&Citation::Reference((*it).into())));
        nobodys.any(|it| pair.transaction.references.iter().any(|own| is_such(it, own.normalised())))
    }

    fn known(&self) -> impl Iterator<Item = &'a Transaction> + use<'a> {
        let now = at(self.history.now);
        self.history.transactions.iter().filter(move |transaction| transaction.is_known_at(now))
    }

    /// What can vouch: where the message cites a reference of such, only those; else where it names their device, those.
    fn considered(&self) -> Vec<Pair<'a>> {
        let all = self.vouching();
        let is_cited = |it: &Pair| it.says[REFERENCE] == Says::Same;
        let is_any = !all.iter().any(|it| self.is_named(it));
        let cites = all.iter().any(is_cited);
        all.into_iter().filter(|it| is_any || is_cited(it) || (!cites && self.is_named(it))).collect()
    }

    fn is_in_time(&self, pair: &Pair) -> bool {
        let (first, last) =
            (self.sent.sent_at.minus(self.rule.after), self.sent.sent_at.plus(self.rule.before));
        first <= pair.transaction.occurred_at && pair.transaction.occurred_at <= last
    }

    /// Whether the message names the transaction: by a reference, or by the device to which such a thing happens once.
    fn is_named(&self, pair: &Pair) -> bool {
        let by_device = self.rule.about == Some(Subject::Device) && pair.says[DEVICE] >= Says::Nearly;
        match pair.says[REFERENCE] {
            Says::Same => true,
            Says::Nearly => by_device && self.miswrites(pair, is_slip),
            Says::Nothing => by_device,
            Says::Other => false,
        }
    }

    /// Where mail comes weeks later, the day it states is when something is due.
    fn is_due(&self) -> bool {
        self.rule.after >= Span::days(14)
    }

    /// What speaks against a transaction. Against one that the message names, a day does not.
    fn against(&self, pair: &Pair) -> Vec<&'static str> {
        pair.against(if self.is_named(pair) || self.is_due() { DAY } else { FACTS.len() })
    }

    fn names_what_is_anothers(&self) -> Option<&'static str> {
        let is_one_of_a_kind = |it: &str| it.len() >= 8 && it.contains(char::is_alphabetic);
        if self.names_a_foreign_device() {
            Some("foreign_device")
        } else if self.names_a_foreign_line() {
            Some("foreign_line")
        } else {
            self.cites_another_account(is_one_of_a_kind).then_some("other_account")
        }
    }

    /// What reads as a device or as a line may be a reference of the account's.
    fn names_a_foreign_device(&self) -> bool {
        let account = self.history.account.devices.iter().map(|it| &it.imei);
        let own: Vec<&Imei> =
            account.chain(self.known().flat_map(|it| &it.device).map(|it| &it.imei)).collect();
        let is_own = |named: &StatedDevice| {
            own.iter().any(|own| says_device(named, own) != Says::Other)
                || matches!(named, StatedDevice::Whole(imei) if self.has_reference(&imei.printed()))
        };
        !self.stated.devices.is_empty() && !self.stated.devices.iter().any(is_own)
    }

    fn names_a_foreign_line(&self) -> bool {
        let own: Vec<&E164> =
            self.history.account.numbers().chain(self.known().flat_map(|it| &it.line)).collect();
        let is_own = |named: &StatedLine| {
            own.iter().any(|own| is_line(named, own)) || self.has_reference(&named.digits)
        };
        let is_about =
            |named: &StatedLine| self.rule.about == Some(Subject::Line) && *named.digits != *SMALL_PRINT.2;
        let lines = &self.stated.lines;
        !lines.iter().any(is_own) && lines.iter().any(|it| is_about(it) || self.is_anothers_line(it))
    }

    /// A number without its country's code is one in the country of the account's own.
    fn is_anothers_line(&self, named: &StatedLine) -> bool {
        let spare =
            |own: &E164| own.digits().len().checked_sub(named.digits.len()).filter(|spare| *spare > 0);
        let mut own = self.history.account.lines.iter().map(|it| &it.number);
        let code = if named.international {
            Some("")
        } else {
            own.find_map(|own| Some(&own.digits()[..spare(own)?]))
        };
        code.is_some_and(|code| self.is_elsewhere(&Citation::Line(format!("{code}{}", named.digits).into())))
    }

    /// Whether it cites no reference of the account's, and one that is known on another account.
    fn cites_another_account(&self, counts: impl Fn(&str) -> bool) -> bool {
        let cited = || self.stated.references.iter().map(Reference::normalised);
        let digits = |it: &str| it.chars().filter(char::is_ascii_digit).count();
        let counts = |it: &&str| it.len() >= 6 && digits(it) >= 4 && *it != SMALL_PRINT.0 && counts(it);
        let is_elsewhere = |it: &str| self.is_elsewhere(&Citation::Reference(it.into()));
        !cited().any(|it| self.has_reference(it)) && cited().filter(counts).any(is_elsewhere)
    }

    fn has_reference(&self, cited: &str) -> bool {
        self.known().any(|it| it.references.iter().any(|own| own.normalised() == cited))
    }

    fn is_elsewhere(&self, citation: &Citation) -> bool {
        self.history.elsewhere.contains(citation)
    }

    /// The first two, or else three, of some that differ in their amounts alone, that add up.
    fn parts(&self, mut pool: Vec<Pair<'a>>) -> Option<Vec<Pair<'a>>> {
        pool.sort_by_key(by_time);
        let behind = |parts: &Vec<usize>| {
            let parts = parts.clone();
            (parts.last().map_or(0, |it| it + 1)..pool.len()).map(move |it| [&parts[..], &[it]].concat())
        };
        let ones: Vec<Vec<usize>> = behind(&Vec::new()).collect();
        let twos: Vec<Vec<usize>> = ones.iter().flat_map(behind).collect();
        let threes = twos.iter().flat_map(behind);
        let parts = twos.iter().cloned().chain(threes);
        parts
            .map(|parts| parts.iter().map(|it| pool[*it]).collect())
            .find(|parts: &Vec<Pair>| self.is_sum(parts))
    }

    /// Whether they happened within a day and add up to an amount that is stated.
    fn is_sum(&self, parts: &[Pair]) -> bool {
        let amounts: Vec<Money> = parts.iter().filter_map(|it| it.transaction.amount).collect();
        let currency = amounts[0].currency();
        let sum = Money::from_minor(amounts.iter().map(|it| it.minor()).sum(), currency);
        let apart = by_time(&parts[parts.len() - 1]).0.since(by_time(&parts[0]).0);
        apart <= Span::hours(24)
            && amounts.iter().all(|it| it.currency() == currency)
            && self.stated.amounts.iter().any(|stated| stated.agrees_with(sum))
    }
}

fn id(pair: &Pair) -> TransactionId {
    pair.transaction.id.clone()
}

fn by_time(pair: &Pair) -> (Instant, TransactionId) {
    (pair.transaction.occurred_at, id(pair))
}

/// By weight; of two that weigh the same the earlier is better.
fn by_weight(one: &Pair, other: &Pair) -> Ordering {
    one.weight.total_cmp(&other.weight).then_with(|| by_time(other).cmp(&by_time(one)))
}

/// The assignments of one transaction to one message that leave as few as may be without, and weigh the most.
#[derive(Default)]
struct Tried<'a> {
    most: Option<f64>,
    best: Vec<Vec<Option<Pair<'a>>>>,
}

impl<'a> Tried<'a> {
    fn go_on(&mut self, lists: &[&[Pair<'a>]], chosen: &mut Vec<Option<Pair<'a>>>, weight: f64) {
        let Some(list) = lists.get(chosen.len()) else {
            if self.most.is_none_or(|most| weight > most + EQUAL) {
                (self.most, self.best) = (Some(weight), Vec::new());
            }
            if self.most.is_none_or(|most| weight > most - EQUAL) {
                self.best.push(chosen.clone());
            }
            return;
        };
        for own in list.iter().copied().map(Some).chain([None]) {
            let is_taken = |own: Pair| chosen.iter().flatten().any(|it| it.is(&own));
            if !own.is_some_and(is_taken) {
                chosen.push(own);
                self.go_on(lists, chosen, weight + own.map_or(WITHOUT, |own| own.weight));
                chosen.pop();
            }
        }
    }
}

/// What may become of the messages of a group, by time of sending: one for each assignment that is as good as any.
fn may_become<'a>(claims: &'a [Claim<'a>]) -> impl Iterator<Item = Vec<Outcome>> {
    let alone: Vec<Alone<'a>> = claims.iter().map(Claim::alone).collect();
    let mut reminded: Vec<TransactionId> = Vec::new();
    let mut lists: Vec<Vec<Pair>> = Vec::new();
    for (claim, alone) in claims.iter().zip(&alone) {
        let mut list = match alone {
            Alone::Fits(list) => list.clone(),
            _ => Vec::new(),
        };
        if claim.rule.repeats {
            reminded.extend(
                list.iter()
                    .max_by(|a, b| by_weight(a, b))
                    .filter(|own| !is_rivalled(own, &list, |_| false))
                    .map(id),
            );
            list.clear();
        }
        list.retain(|it| !reminded.contains(&id(it)));
        lists.push(list);
    }
    let mut tried = Tried::default();
    tried.go_on(&lists.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut Vec::new(), 0.0);
    tried.best.into_iter().map(move |chosen| become_by(&chosen, claims, &alone, &lists))
}

/// Whether another that no message has is as good.
fn is_rivalled(own: &Pair, list: &[Pair], is_chosen: impl Fn(&Pair) -> bool) -> bool {
    let is_close = |it: &&Pair| !it.is(own) && it.weight > own.weight - MARGIN;
    list.iter().filter(is_close).any(|it| !is_chosen(it))
}

/// What becomes of a group's messages by an assignment of those in `lists`: what a message that repeats has told before
/// is in no other's.
fn become_by(
    chosen: &[Option<Pair>],
    claims: &[Claim],
    alone: &[Alone],
    lists: &[Vec<Pair>],
) -> Vec<Outcome> {
    let is_chosen = |it: &Pair| chosen.iter().flatten().any(|other| other.is(it));
    let mut told: Vec<TransactionId> = Vec::new();
    let mut fits = |all: &Vec<Pair>, place: usize| {
        let repeats = claims[place].rule.repeats;
        let list = if lists[place].is_empty() { all } else { &lists[place] };
        let own = chosen[place].unwrap_or_else(|| *list.iter().max_by(|a, b| by_weight(a, b)).unwrap());
        if !repeats && told.contains(&id(&own)) {
            return (Verdict::Duplicate, "duplicate", Some(id(&own)));
        }
        let is_several = if repeats {
            is_rivalled(&own, list, |_| false)
        } else {
            chosen[place].is_some() && is_rivalled(&own, list, is_chosen)
        };
        told.extend((!repeats || !is_several).then(|| id(&own)));
        if is_several {
            return (Verdict::Ambiguous, "several", None);
        }
        (Verdict::Matched, "vouched", Some(id(&own)))
    };
    let mut outcomes: Vec<Outcome> = (alone.iter().enumerate())
        .map(|(place, alone)| match alone {
            Alone::Is(outcome) | Alone::Parts(outcome, _) => outcome.clone(),
            Alone::Fits(list) => fits(list, place),
        })
        .collect();
    split(&mut outcomes, claims, alone);
    outcomes
}

/// What becomes of those that parts may add up to.
fn split(outcomes: &mut [Outcome], claims: &[Claim], alone: &[Alone]) {
    let fits = |(outcome, alone): (&Outcome, &Alone)| {
        if matches!(alone, Alone::Fits(_)) { outcome.2.clone() } else { None }
    };
    let mut vouching: Vec<TransactionId> = outcomes.iter().zip(alone).filter_map(fits).collect();
    let mut splits: Vec<Vec<TransactionId>> = Vec::new();
    for ((outcome, alone), claim) in outcomes.iter_mut().zip(alone).zip(claims) {
        let Alone::Parts(_, pool) = alone else { continue };
        let free = |it: &&Pair| claim.rule.repeats || !vouching.contains(&id(it));
        if let Some(parts) = claim.parts(pool.iter().filter(free).copied().collect()) {
            vouching.extend(parts.iter().map(id));
            splits.push(parts.iter().map(id).collect());
            *outcome = (Verdict::Matched, "split", parts.last().map(id));
            continue;
        }
        let again = splits.iter().find_map(|split| {
            let mut parts: Vec<Pair> = pool.iter().filter(|it| split.contains(&id(it))).copied().collect();
            parts.sort_by_key(by_time);
            (parts.len() == split.len() && claim.is_sum(&parts)).then_some(parts)
        });
        if let Some(parts) = again {
            *outcome = (Verdict::Duplicate, "duplicate", parts.last().map(id));
        }
    }
}

proptest! {
    #[test]
    fn the_engine_says_what_a_plain_matcher_says(history in history(8, 8)) {
        let sent = history.sent();
        let said: Vec<Outcome> = history.judged(&sent, |judgement| {
            let id = |finding: &engine::Finding| finding.transaction().map(|it| it.id.clone());
            judgement.findings().map(|it| (it.verdict(), it.code(), id(&it))).collect()
        });
        let mut groups: BTreeMap<String, Vec<(Claim, Outcome)>> = BTreeMap::new();
        for (sent, said) in sent.iter().zip(said) {
            if let Some(claim) = Claim::of(sent, &history) {
                groups.entry(claim.group()).or_default().push((claim, said));
            } else {
                prop_assert_eq!(said, (Verdict::Informational, "no_claim", None));
            }
        }
        for group in groups.values_mut() {
            group.sort_by_key(|(claim, _)| (claim.sent.sent_at, claim.sent.id.clone()));
            let (claims, said): (Vec<Claim>, Vec<Outcome>) = group.iter().cloned().unzip();
            let is_right = may_become(&claims).any(|right| right == said);
            prop_assert!(is_right, "said {said:?}, right {:?}", may_become(&claims).next());
        }
    }
}
