use std::collections::{BTreeMap, BTreeSet};

use crate::assign::{Assignment, assign};
use crate::book_index::BookIndex;
use crate::candidate::{Candidate, Candidates, Judged};
use crate::find_contradiction::find_contradiction;
use crate::find_split::find_split;
use crate::state_facts::{facts_of, facts_without};
use crate::tell::find_untold;
use crate::{
    Account, Catalogue, Cause, Channel, Citation, Elsewhere, Instant, Kind, MessageId, Reason, Sent,
    TemplateName, Transaction, TransactionId, Verdict, Wording,
};

/// An account and everything that happened on it.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its transactions, in any order.
    pub transactions: &'a [Transaction],
}

/// What a judging takes besides the account's own records.
#[derive(Clone, Copy)]
pub struct JudgeContext<'a> {
    /// The catalogue that the messages were read by.
    pub catalogue: &'a Catalogue,
    /// The time at which to judge.
    pub at: Instant,
    /// Where the operator's record of messages begins.
    pub since: Instant,
    /// What is known, on other accounts, of that which the messages cite.
    pub elsewhere: &'a Elsewhere,
}

/// What became of an account's messages and transactions.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// One for each message, in the messages' order.
    pub findings: Vec<Finding>,
    /// The transactions that the customer had to be told of, and was not, by time.
    pub untold: Vec<TransactionId>,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The message.
    pub message: MessageId,
    /// When it was sent.
    pub sent_at: Instant,
    /// The kind it claims, if it claims any.
    pub kind: Option<Kind>,
    /// The verdict.
    pub verdict: Verdict,
    /// What vouches for it, or what it is about.
    pub transaction: Option<TransactionId>,
    /// Why; the weightiest first.
    pub reasons: Vec<Reason>,
}

impl Finding {
    /// Whether the message tells its reader of a transaction, rightly or in other words.
    pub fn tells_of(&self, transaction: &TransactionId) -> bool {
        match self.verdict {
            Verdict::Matched | Verdict::Duplicate | Verdict::Differs | Verdict::Ambiguous => {
                self.transaction.as_ref() == Some(transaction)
                    || self.reasons.iter().any(|reason| match &reason.cause {
                        Cause::Several { transactions } | Cause::Split { transactions } => {
                            transactions.contains(transaction)
                        }
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    /// Until when it waits, where it does.
    pub fn waits_until(&self) -> Option<Instant> {
        self.reasons.iter().find_map(|reason| match reason.cause {
            Cause::Grace { until } => Some(until),
            _ => None,
        })
    }
}

impl Books<'_> {
    /// What messages of the account cite and its own books don't hold: what has to be looked for elsewhere before they
    /// are judged at a time.
    pub fn unexplained(&self, messages: &[Sent], catalogue: &Catalogue, at: Instant) -> BTreeSet<Citation> {
        let index = BookIndex::new(self, at);
        let cited = messages.iter().flat_map(|message| message.citations(self.account, catalogue));
        cited.filter(|citation| !index.holds(citation)).collect()
    }
}

/// The verdicts of an account's messages: a pure function of what it is given, whatever the order of the records.
///
/// `messages` are the account's own, without those the operator deleted.
pub fn judge(books: &Books, messages: &[Sent], context: &JudgeContext) -> Judgement {
    let index = BookIndex::new(books, context.at);
    let mut findings: Vec<Option<Finding>> = messages.iter().map(|_| None).collect();
    let mut open: BTreeMap<GroupKey, Vec<Open>> = BTreeMap::new();
    let mut splits: Vec<Split> = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        let Some(claim) = message.claim(context.catalogue) else {
            findings[place] = Some(informational(message));
            continue;
        };
        let judged = Judged { message, claim };
        let mut candidates = judged.candidates(&index);
        match settle_alone(&judged, &mut candidates, &index, context) {
            Some(finding) => {
                let may_be_split = matches!(
                    finding.reasons[0].cause,
                    Cause::Amount | Cause::NoTransaction { .. } | Cause::Grace { .. }
                );
                if may_be_split && let Some(parts) = find_split(&judged, &candidates, &index) {
                    splits.push(Split {
                        place,
                        key: GroupKey::of(&judged, context.catalogue),
                        judged,
                        parts,
                    });
                }
                findings[place] = Some(finding);
            }
            None => open.entry(GroupKey::of(&judged, context.catalogue)).or_default().push(Open {
                place,
                judged,
                candidates: candidates.fitting,
            }),
        }
    }
    for group in open.values_mut() {
        settle_group(group, &index, &mut findings);
    }
    settle_splits(splits, &open, &index, &mut findings);
    let findings: Vec<Finding> =
        findings.into_iter().map(|finding| finding.expect("every message is settled")).collect();
    let untold = find_untold(&index, &findings, context.catalogue, context.at, context.since);
    Judgement { findings, untold }
}

/// Messages of which one transaction vouches for one: of a template (or wording, without one), kind, channel and
/// recipient.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey<'a> {
    template: Option<&'a TemplateName>,
    /// Where it is not known from which template it is.
    wording: Option<Wording>,
    kind: &'a Kind,
    channel: Channel,
    recipient: &'a str,
}

/// A message that has fitting transactions, before it is known which of them is its own.
struct Open<'a> {
    place: usize,
    judged: Judged<'a>,
    candidates: Vec<Candidate>,
}

impl<'a> GroupKey<'a> {
    fn of(judged: &Judged<'a>, catalogue: &'a Catalogue) -> Self {
        let Sent { template, reading, .. } = judged.message;
        let template = catalogue.template_name(template.as_ref(), reading);
        Self {
            wording: reading.wording.filter(|_| template.is_none()),
            template,
            kind: judged.claim.kind,
            channel: judged.message.channel,
            recipient: &judged.message.recipient,
        }
    }
}

/// A message whose amount several transactions add up to.
struct Split<'a> {
    place: usize,
    key: GroupKey<'a>,
    judged: Judged<'a>,
    parts: Vec<Candidate>,
}

fn informational(message: &Sent) -> Finding {
    Finding {
        message: message.id.clone(),
        sent_at: message.sent_at,
        kind: None,
        verdict: Verdict::Informational,
        transaction: None,
        reasons: vec![Reason { cause: Cause::NoClaim, facts: Vec::new() }],
    }
}

/// The finding of a message that other messages have no part in: contradicted, waiting or unmatched.
fn settle_alone(
    judged: &Judged,
    candidates: &mut Candidates,
    index: &BookIndex,
    context: &JudgeContext,
) -> Option<Finding> {
    let contradiction = find_contradiction(judged, candidates, index, context.elsewhere);
    if let Some(contradiction) = contradiction {
        let candidate = contradiction.candidate.as_ref();
        return Some(finding(judged, contradiction.verdict, contradiction.cause, candidate, index));
    }
    if candidates.fitting.is_empty() {
        // Nobody else has the reference as it is written: it is this one's, with a slip.
        candidates.fitting.append(&mut candidates.slipped);
    }
    if !candidates.fitting.is_empty() {
        return None;
    }
    let until = judged.message.sent_at.plus(judged.claim.rule.grace);
    if until > context.at {
        return Some(finding(judged, Verdict::Waiting, Cause::Grace { until }, None, index));
    }
    let (from, to) = judged.window();
    let kinds = if judged.claim.rule.vouched_by.is_empty() {
        vec![judged.claim.kind.clone()]
    } else {
        judged.claim.rule.vouched_by.clone()
    };
    let cause = Cause::NoTransaction { kinds, from, to, nearest: judged.nearest_miss(index) };
    Some(finding(judged, Verdict::Unmatched, cause, None, index))
}

fn settle_group(group: &mut [Open], index: &BookIndex, findings: &mut [Option<Finding>]) {
    group.sort_by(|a, b| sent_order(&a.judged).cmp(&sent_order(&b.judged)));
    let (repeating, once): (Vec<&Open>, Vec<&Open>) =
        group.iter().partition(|open| open.judged.claim.rule.repeats);
    for open in repeating {
        let alone = assign(&[&open.candidates]);
        findings[open.place] = Some(settled(open, &alone[0], None, index));
    }
    let lists: Vec<&[Candidate]> = once.iter().map(|open| open.candidates.as_slice()).collect();
    let assignments = if lists.is_empty() { Vec::new() } else { assign(&lists) };
    let mut first: BTreeMap<usize, &Open> = BTreeMap::new();
    for (open, assignment) in once.iter().zip(&assignments) {
        first.entry(assignment.place()).or_insert(open);
    }
    for (open, assignment) in once.iter().zip(&assignments) {
        let earliest = first[&assignment.place()];
        let told = (earliest.place != open.place).then_some(earliest.judged.message);
        findings[open.place] = Some(settled(open, assignment, told, index));
    }
}

/// Parts that vouch for no other message of their group vouch together.
fn settle_splits(
    mut splits: Vec<Split>,
    open: &BTreeMap<GroupKey, Vec<Open>>,
    index: &BookIndex,
    findings: &mut [Option<Finding>],
) {
    splits.sort_by(|a, b| sent_order(&a.judged).cmp(&sent_order(&b.judged)));
    let mut parted: BTreeSet<(GroupKey, &TransactionId)> = BTreeSet::new();
    for Split { place, key, judged, parts } in splits {
        let transactions: Vec<&TransactionId> =
            parts.iter().map(|part| &index.transactions[part.place].id).collect();
        let others = open.get(&key).into_iter().flatten();
        let taken = others.filter_map(|other| findings[other.place].as_ref()?.transaction.as_ref());
        let is_taken = taken.into_iter().any(|taken| transactions.contains(&taken))
            || transactions.iter().any(|part| parted.contains(&(key, *part)));
        if !is_taken {
            parted.extend(transactions.iter().map(|part| (key, *part)));
            let cause = Cause::Split { transactions: transactions.into_iter().cloned().collect() };
            findings[place] = Some(finding(&judged, Verdict::Matched, cause, parts.last(), index));
        }
    }
}

fn sent_order<'a>(judged: &Judged<'a>) -> (Instant, &'a MessageId) {
    (judged.message.sent_at, &judged.message.id)
}

impl Assignment {
    fn place(&self) -> usize {
        match self {
            Self::Own { place, .. } | Self::Taken { place } => *place,
        }
    }
}

/// The finding of a message whose transaction is known; `told` is the message that already told of it.
fn settled(open: &Open, assignment: &Assignment, told: Option<&Sent>, index: &BookIndex) -> Finding {
    let place = assignment.place();
    let candidate = open.candidates.iter().find(|candidate| candidate.place == place);
    let (verdict, cause) = match (told, assignment) {
        (Some(first), _) => {
            (Verdict::Duplicate, Cause::Duplicate { first: first.id.clone(), told_at: first.sent_at })
        }
        (None, Assignment::Own { rivals, .. }) if !rivals.is_empty() => {
            let places = std::iter::once(&place).chain(rivals);
            let transactions = places.map(|place| index.transactions[*place].id.clone()).collect();
            return finding(&open.judged, Verdict::Ambiguous, Cause::Several { transactions }, None, index);
        }
        (None, _) => (Verdict::Matched, Cause::Vouched),
    };
    finding(&open.judged, verdict, cause, candidate, index)
}

fn finding(
    judged: &Judged,
    verdict: Verdict,
    cause: Cause,
    candidate: Option<&Candidate>,
    index: &BookIndex,
) -> Finding {
    let facts = match candidate {
        Some(candidate) => facts_of(judged, candidate, index),
        None => facts_without(judged, index),
    };
    Finding {
        message: judged.message.id.clone(),
        sent_at: judged.message.sent_at,
        kind: Some(judged.claim.kind.clone()),
        verdict,
        transaction: candidate.map(|candidate| index.transactions[candidate.place].id.clone()),
        reasons: vec![Reason { cause, facts }],
    }
}
