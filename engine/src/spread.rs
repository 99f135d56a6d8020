use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::read_message::may_be_cited;
use crate::{Books, Sent};

/// The most wordings, and the most numbers or amounts, that are kept account of. An operator has some thousand; beyond
/// these, texts are written by hand.
pub(crate) const WORDINGS_MAX: usize = 200_000;

/// How far something is spread over accounts and days, as days since the epoch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub accounts: u32,
    pub first: i64,
    pub last: i64,
}

impl Spread {
    fn widen(&mut self, other: Self) {
        (self.first, self.last) = (self.first.min(other.first), self.last.max(other.last));
    }

    /// Counts it for a text; the text is copied only where it is first met.
    pub(crate) fn count(self, spreads: &mut FxHashMap<Box<str>, Self>, text: &str) {
        let room = spreads.len() < WORDINGS_MAX;
        match spreads.get_mut(text) {
            Some(known) => known.add(self),
            None if room => _ = spreads.insert(text.into(), self),
            None => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.widen(other);
    }
}

pub(crate) fn merge_spread<K: Eq + Hash>(spreads: &mut FxHashMap<K, Spread>, key: K, more: Spread) {
    if spreads.len() >= WORDINGS_MAX && !spreads.contains_key(&key) {
        return;
    }
    spreads.entry(key).and_modify(|known| known.add(more)).or_insert(more);
}

/// What an account is told that nothing of its own has.
pub(crate) struct ToldOfNothing<'a> {
    books: &'a Books<'a>,
    recorded: FxHashSet<i64>,
    pub lines: FxHashMap<&'a str, Spread>,
    pub references: FxHashMap<&'a str, Spread>,
    pub amounts: FxHashMap<i64, Spread>,
}

impl<'a> ToldOfNothing<'a> {
    pub(crate) fn new(books: &'a Books<'a>) -> Self {
        let amounts = books.known().filter_map(|(_, transaction)| transaction.amount);
        Self {
            books,
            recorded: amounts.map(|amount| amount.ten_thousandths().abs()).collect(),
            lines: FxHashMap::default(),
            references: FxHashMap::default(),
            amounts: FxHashMap::default(),
        }
    }

    pub(crate) fn add(&mut self, message: &'a Sent) {
        let stated = &message.reading.stated;
        let day = message.sent_at.days_since_epoch();
        let seen = Spread { accounts: 1, first: day, last: day };
        for line in stated.lines.iter().filter(|line| !self.books.has_line(line)) {
            self.lines.entry(&*line.digits).or_insert(seen).widen(seen);
        }
        for cited in stated.references.iter().filter(|cited| may_be_cited(cited.normalised())) {
            if self.books.referenced(cited).next().is_none() {
                self.references.entry(cited.normalised()).or_insert(seen).widen(seen);
            }
        }
        for amount in stated.amounts.iter().map(|amount| amount.magnitude()) {
            if !self.recorded.contains(&amount) {
                self.amounts.entry(amount).or_insert(seen).widen(seen);
            }
        }
    }
}
