use rustc_hash::{FxHashMap, FxHashSet};

use crate::assign::{Assignment, assign};
use crate::candidate::{Candidate, Candidates, Judged};
use crate::find_contradiction::find_contradiction;
use crate::find_split::find_split;
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
    parts: Vec<Candidate<'a>>,
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
        judged.find_candidates(&self.books, candidates);
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
        if may_be_split && let Some(parts) = find_split(judged, candidates, &self.books) {
            let group = group(&mut self.groups);
            self.splits.push(Split { group, place, judged: *judged, parts });
        }
        settled
    }

    /// What becomes of a message that is contradicted, or that nothing vouches for.
    fn settle_alone(&self, judged: &Judged<'a>, candidates: &mut Candidates<'a>) -> Option<Settled> {
        if let Some(found) = find_contradiction(judged, candidates, &self.books, self.context.elsewhere) {
            return Some(Settled::new(found.verdict, found.ground, found.candidate.as_ref()));
        }
        if candidates.fitting.is_empty() {
            // Nobody else has the reference as it is written: it is this one's, with a slip.
            candidates.fitting.append(&mut candidates.slipped);
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
        let (repeating, once): (Vec<&Open>, Vec<&Open>) =
            group.iter().partition(|open| open.judged.claim.rule.repeats);
        for open in repeating {
            settled[open.place as usize] = settled_by(&assign(&[self.candidates_of(open)])[0], None);
        }
        let lists: Vec<&[Candidate]> = once.iter().map(|open| self.candidates_of(open)).collect();
        let assignments = assign(&lists);
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        for (open, assignment) in once.iter().zip(&assignments) {
            let earliest = *first.entry(assignment.candidate().place).or_insert(open.place);
            let told = (earliest != open.place).then_some(earliest);
            settled[open.place as usize] = settled_by(assignment, told);
        }
    }

    fn candidates_of(&self, open: &Open) -> &[Candidate<'a>] {
        let (from, to) = open.candidates;
        &self.pool[from as usize..to as usize]
    }

    /// Parts that vouch for no other message of their group vouch together.
    fn settle_splits(&mut self, settled: &mut [Settled]) {
        let mut splits = std::mem::take(&mut self.splits);
        splits.sort_by(|a, b| a.judged.sent_order().cmp(&b.judged.sent_order()));
        let mut parted: FxHashSet<(u32, u32)> = FxHashSet::default();
        for Split { group, place, parts, .. } in splits {
            let start = self.open.partition_point(|open| open.group < group);
            let others = self.open[start..].iter().take_while(|open| open.group == group);
            let taken: Vec<u32> =
                others.filter_map(|other| settled[other.place as usize].transaction).collect();
            let is_taken =
                |part: &Candidate| taken.contains(&part.place) || parted.contains(&(group, part.place));
            if parts.iter().any(is_taken) {
                continue;
            }
            parted.extend(parts.iter().map(|part| (group, part.place)));
            let ground = Ground::Split(parts.iter().map(|part| part.place).collect());
            settled[place as usize] = Settled::new(Verdict::Matched, ground, parts.last());
        }
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
