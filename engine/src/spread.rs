use rustc_hash::{FxHashMap, FxHashSet};

use crate::read_message::may_be_cited;
use crate::{Books, Sent};

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

    pub(crate) fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.widen(other);
    }
}

impl Default for Spread {
    /// Over nothing yet.
    fn default() -> Self {
        Self { accounts: 0, first: i64::MAX, last: i64::MIN }
    }
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
