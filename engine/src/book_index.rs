use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan_text::{StatedDevice, StatedLine};
use crate::{Account, Books, Citation, Currency, E164, Instant, Money, Transaction};

/// An account's books, arranged for looking up: what the operator knew of at the time of judging.
pub(crate) struct BookIndex<'a> {
    pub account: &'a Account,
    /// By time, and by id where times are equal.
    pub transactions: Vec<&'a Transaction>,
    by_reference: FxHashMap<&'a str, Vec<usize>>,
    devices: FxHashSet<&'a str>,
    device_endings: FxHashSet<String>,
    lines: FxHashSet<&'a str>,
}

impl<'a> BookIndex<'a> {
    /// The index of the books as they were known at a moment.
    pub(crate) fn new(books: &Books<'a>, at: Instant) -> Self {
        let mut transactions: Vec<&Transaction> =
            books.transactions.iter().filter(|transaction| transaction.is_known_at(at)).collect();
        transactions.sort_by(|a, b| (a.occurred_at, &a.id).cmp(&(b.occurred_at, &b.id)));
        let mut index = Self {
            account: books.account,
            by_reference: FxHashMap::default(),
            devices: FxHashSet::default(),
            device_endings: FxHashSet::default(),
            lines: FxHashSet::default(),
            transactions,
        };
        index.add_account();
        for place in 0..index.transactions.len() {
            index.add_transaction(place);
        }
        index
    }

    fn add_account(&mut self) {
        let account = self.account;
        for device in &account.devices {
            self.add_device(&device.imei);
        }
        self.lines.extend(account.numbers().map(E164::digits));
    }

    fn add_transaction(&mut self, place: usize) {
        let transaction = self.transactions[place];
        for reference in &transaction.references {
            self.by_reference.entry(reference.normalised()).or_default().push(place);
        }
        if let Some(device) = &transaction.device {
            self.add_device(&device.imei);
        }
        self.lines.extend(transaction.line.as_ref().map(E164::digits));
    }

    fn add_device(&mut self, imei: &'a crate::Imei) {
        if self.devices.insert(imei.identity()) {
            self.device_endings.insert(imei.last_four());
        }
    }

    /// The places of the transactions that a reference names, in order.
    pub(crate) fn referenced(&self, normalised: &str) -> &[usize] {
        self.by_reference.get(normalised).map_or(&[], Vec::as_slice)
    }

    /// Whether the account has or had a device.
    pub(crate) fn has_device(&self, stated: &StatedDevice) -> bool {
        match stated {
            StatedDevice::Whole(imei) => self.devices.contains(imei.identity()),
            StatedDevice::Ending(ending) => self.device_endings.contains(&**ending),
        }
    }

    /// Whether the account has or had a line.
    pub(crate) fn has_line(&self, stated: &StatedLine) -> bool {
        self.lines.contains(&*stated.digits)
            || (!stated.international && self.lines.iter().any(|digits| stated.is(digits)))
    }

    /// Whether it is the account's own that is cited.
    pub(crate) fn holds(&self, citation: &Citation) -> bool {
        match citation {
            Citation::Reference(normalised) => self.by_reference.contains_key(&**normalised),
            Citation::Device(identity) => self.devices.contains(&**identity),
            Citation::Line(digits) => self.lines.contains(&**digits),
        }
    }

    /// The currency of the account's latest amount.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.transactions.iter().rev().find_map(|transaction| transaction.amount).map(Money::currency)
    }

    /// The places of the transactions from one moment to another, both included.
    pub(crate) fn between(&self, from: Instant, to: Instant) -> std::ops::Range<usize> {
        let start = self.transactions.partition_point(|transaction| transaction.occurred_at < from);
        let end = self.transactions.partition_point(|transaction| transaction.occurred_at <= to);
        start..end.max(start)
    }
}
