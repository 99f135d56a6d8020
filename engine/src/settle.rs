use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::assign::{Assignment, assign};
use crate::candidate::{Candidate, Candidates, Judged};
use crate::find_contradiction::find_contradiction;
use crate::find_split::{find_parts, find_split, is_sum};
use crate::settled::{Ground, Settled};
use crate::{
    Books, Channel, Instant, JudgeContext, Kind, MessageId, Recipient, Sent, TemplateName, Verdict, Wording,
};

/// Messages of which one transaction vouches for one: of a template (or wording, without one), kind, channel and
/// recipient.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupKey<'a> {
    template: Option<&'a TemplateName>,
    /// Where it is not known from which template it is.
    wording: Option<Wording>,
    kind: &'a Kind,
    channel: Channel,
    recipient: Recipient,
}

/// Finds out what becomes of messages. Those of a group have to be settled together.
pub(crate) struct Settling<'c, 'a> {
    books: Books<'a>,
    messages: &'a [Sent],
    context: &'c JudgeContext<'a>,
    groups: FxHashMap<GroupKey<'a>, u32>,
    open: Vec<Open<'a>>,
    /// The candidates of those that are open.
    pool: Vec<Candidate<'a>>,
    splits: Vec<Split<'a>>,
}

/// A message that has fitting transactions, before it is known which of them is its own.
struct Open<'a> {
    group: u32,
    place: u32,
    judged: Judged<'a>,
    /// Where its candidates begin and end in the pool.
    candidates: (u32, u32),
}

/// A message whose amount several transactions add up to.
struct Split<'a> {
    group: u32,
    place: u32,
    judged: Judged<'a>,
    /// Those that may be parts.
    pool: Vec<Candidate<'a>>,
}

impl<'a> GroupKey<'a> {
    pub(crate) fn of(judged: &Judged<'a>) -> Self {
        let Judged { message, claim } = judged;
        Self {
            template: claim.template,
            wording: claim.wording,
            kind: claim.kind,
            channel: message.channel,
            recipient: message.recipient,
        }
    }
}

impl<'c, 'a> Settling<'c, 'a> {
    pub(crate) fn new(books: &Books<'a>, messages: &'a [Sent], context: &'c JudgeContext<'a>) -> Self {
        Self {
            books: *books,
            messages,
            context,
            groups: FxHashMap::default(),
            open: Vec::new(),
            pool: Vec::new(),
            splits: Vec::new(),
        }
    }

    /// Settles the messages at some places: whole groups.
    pub(crate) fn settle(mut self, places: impl IntoIterator<Item = usize>, settled: &mut [Settled]) {
        let mut candidates = Candidates::default();
        for place in places {
            settled[place] = match Judged::of(&self.messages[place], self.context.catalogue) {
                Some(judged) => self.settle_or_leave_open(place, &judged, &mut candidates),
                None => Settled::INFORMATIONAL,
            };
        }
        self.open
            .sort_unstable_by(|a, b| (a.group, a.judged.sent_order()).cmp(&(b.group, b.judged.sent_order())));
        for group in self.open.chunk_by(|a, b| a.group == b.group) {
            self.settle_group(group, settled);
        }
        self.settle_splits(settled);
    }

    /// What becomes of a message in which others have no part; of another one, until these are looked at, nothing.
    fn settle_or_leave_open(
        &mut self,
        place: usize,
        judged: &Judged<'a>,
        candidates: &mut Candidates<'a>,
    ) -> Settled {
        judged.find_candidates(&self.books, self.context.elsewhere, candidates);
        let group = |groups: &mut FxHashMap<GroupKey<'a>, u32>| {
            let next = narrow(groups.len());
            *groups.entry(GroupKey::of(judged)).or_insert(next)
        };
        let place = narrow(place);
        let Some(settled) = self.settle_alone(judged, candidates) else {
            let from = narrow(self.pool.len());
            self.pool.append(&mut candidates.fitting);
            let candidates = (from, narrow(self.pool.len()));
            let group = group(&mut self.groups);
            self.open.push(Open { group, place, judged: *judged, candidates });
            return Settled::INFORMATIONAL;
        };
        let may_be_split =
            matches!(settled.ground, Ground::Amount | Ground::NoTransaction { .. } | Ground::Grace { .. });
        if may_be_split {
            let pool = find_parts(judged, candidates, &self.books);
            if find_split(judged, &pool).is_some() {
                let group = group(&mut self.groups);
                self.splits.push(Split { group, place, judged: *judged, pool });
            }
        }
        settled
    }

    /// What becomes of a message that is contradicted, or that nothing vouches for.
    fn settle_alone(&self, judged: &Judged<'a>, candidates: &Candidates<'a>) -> Option<Settled> {
        if let Some(found) = find_contradiction(judged, candidates, &self.books, self.context.elsewhere) {
            return Some(Settled::new(found.verdict, found.ground, found.candidate.as_ref()));
        }
        if !candidates.fitting.is_empty() {
            return None;
        }
        let until = judged.message.sent_at.plus(judged.claim.rule.grace);
        Some(if until > self.books.at() {
            Settled::new(Verdict::Waiting, Ground::Grace { until }, None)
        } else {
            let nearest = judged.nearest_miss(&self.books);
            Settled::new(Verdict::Unmatched, Ground::NoTransaction { nearest }, None)
        })
    }

    fn settle_group(&self, group: &[Open<'a>], settled: &mut [Settled]) {
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for (open, assignment) in group.iter().zip(self.assign_group(group)) {
            let transaction = assignment.candidate().place;
            let told = first.get(&transaction).copied().filter(|_| !open.repeats());
            // Of which of several a reminder tells is not known.
            if !open.repeats() || assignment.is_settled() {
                first.entry(transaction).or_insert(open.place);
            }
            settled[open.place as usize] = settled_by(&assignment, told);
        }
    }

    /// The transaction of each message of a group, these by time. One that may repeat has it whatever others have; of
    /// what such a one has told already, another is told for the first time only where nothing else fits.
    fn assign_group(&self, group: &[Open<'a>]) -> Vec<Assignment<'a>> {
        if !group.iter().any(Open::repeats) {
            let lists: Vec<&[Candidate]> = group.iter().map(|open| self.candidates_of(open)).collect();
            return assign(&lists);
        }
        let mut reminded: FxHashSet<u32> = FxHashSet::default();
        let mut assignments: Vec<Option<Assignment>> = Vec::with_capacity(group.len());
        let mut lists: Vec<Vec<Candidate>> = Vec::new();
        for open in group {
            let all = self.candidates_of(open);
            if open.repeats() {
                let own = assign(&[all]).swap_remove(0);
                reminded.extend(own.is_settled().then_some(own.candidate().place));
                assignments.push(Some(own));
                continue;
            }
            let mut untold = all.to_vec();
            untold.retain(|candidate| !reminded.contains(&candidate.place));
            assignments.push(untold.is_empty().then(|| Assignment::taken(all)));
            lists.extend((!untold.is_empty()).then_some(untold));
        }
        let lists: Vec<&[Candidate]> = lists.iter().map(Vec::as_slice).collect();
        let mut others = assign(&lists).into_iter();
        let assignments = assignments.into_iter().map(|it| it.or_else(|| others.next()));
        assignments.map(|it| it.expect("each that has none yet is among the others")).collect()
    }

    fn candidates_of(&self, open: &Open) -> &[Candidate<'a>] {
        let (from, to) = open.candidates;
        &self.pool[from as usize..to as usize]
    }

    fn settle_splits(&mut self, settled: &mut [Settled]) {
        let mut splits = std::mem::take(&mut self.splits);
        splits.sort_by(|a, b| (a.group, a.judged.sent_order()).cmp(&(b.group, b.judged.sent_order())));
        for group in splits.chunk_by(|a, b| a.group == b.group) {
            self.settle_splits_of(group, settled);
        }
    }

    /// Parts that vouch for no other message of their group vouch together; who is told of them again, is told twice.
    fn settle_splits_of(&self, group: &[Split<'a>], settled: &mut [Settled]) {
        let start = self.open.partition_point(|open| open.group < group[0].group);
        let others = self.open[start..].iter().take_while(|open| open.group == group[0].group);
        let mut taken: FxHashSet<u32> =
            others.filter_map(|other| settled[other.place as usize].transaction).collect();
        let mut told: Vec<(u32, Vec<u32>)> = Vec::new();
        for Split { place, judged, pool, .. } in group {
            let mut free = Cow::Borrowed(pool);
            if !judged.claim.rule.repeats && pool.iter().any(|part| taken.contains(&part.place)) {
                free.to_mut().retain(|part| !taken.contains(&part.place));
            }
            if let Some(parts) = find_split(judged, &free) {
                let places: Vec<u32> = parts.iter().map(|part| part.place).collect();
                taken.extend(&places);
                let ground = Ground::Split(places.as_slice().into());
                told.push((*place, places));
                settled[*place as usize] = Settled::new(Verdict::Matched, ground, parts.last());
            } else if let Some((first, last)) = told_already(judged, pool, &told) {
                let ground = Ground::Duplicate { first };
                settled[*place as usize] = Settled::new(Verdict::Duplicate, ground, Some(&last));
            }
        }
    }
}

/// The first message whose parts are another's as well, and the last of these.
fn told_already<'a>(
    judged: &Judged<'a>,
    pool: &[Candidate<'a>],
    told: &[(u32, Vec<u32>)],
) -> Option<(u32, Candidate<'a>)> {
    told.iter().find_map(|(first, places)| {
        let parts: Vec<Candidate> =
            pool.iter().filter(|part| places.contains(&part.place)).copied().collect();
        let is_same = parts.len() == places.len() && is_sum(judged, &parts);
        is_same.then(|| Some((*first, *parts.last()?)))?
    })
}

impl Open<'_> {
    fn repeats(&self) -> bool {
        self.judged.claim.rule.repeats
    }
}

impl<'a> Judged<'a> {
    fn sent_order(&self) -> (Instant, &'a MessageId) {
        (self.message.sent_at, &self.message.id)
    }
}

impl Settled {
    fn new(verdict: Verdict, ground: Ground, about: Option<&Candidate>) -> Self {
        Self {
            verdict,
            ground,
            transaction: about.map(|candidate| candidate.place),
            comparison: about.map(|candidate| candidate.comparison),
        }
    }
}

/// What becomes of a message whose transaction is known; `told` is the message that already told of it.
fn settled_by(assignment: &Assignment, told: Option<u32>) -> Settled {
    let candidate = assignment.candidate();
    match (told, assignment) {
        (Some(first), _) => Settled::new(Verdict::Duplicate, Ground::Duplicate { first }, Some(candidate)),
        (None, Assignment::Own { rivals, .. }) if !rivals.is_empty() => {
            let places = std::iter::once(&candidate.place).chain(rivals).copied().collect();
            Settled::new(Verdict::Ambiguous, Ground::Several(places), None)
        }
        (None, _) => Settled::new(Verdict::Matched, Ground::Vouched, Some(candidate)),
    }
}

fn narrow(place: usize) -> u32 {
    u32::try_from(place).expect("an account has fewer records than 2^32")
}
