use rustc_hash::FxHashMap;

use crate::reference::hash_of;
use crate::scan_text::{StatedDevice, StatedLine};
use crate::{Account, Citation, Currency, E164, Imei, Instant, Kind, Money, Reference, Transaction};

/// What of an account's books was known at a moment, arranged for looking up. It holds places in the books and no
/// records: it stands beside them and is kept up with them.
#[derive(Clone, Debug, PartialEq)]
pub struct BookIndex {
    at: Instant,
    /// The places of the known transactions, by time, and by id where times are equal.
    by_time: Vec<(Instant, u32)>,
    by_kind: FxHashMap<Kind, Vec<(Instant, u32)>>,
    /// By the hash of the reference, then by place.
    by_reference: Vec<(u64, u32)>,
    /// How often the books name each device, ending of a device, and line.
    devices: FxHashMap<[u8; Imei::IDENTITY_DIGITS], u32>,
    device_endings: FxHashMap<[u8; 4], u32>,
    lines: FxHashMap<Box<str>, u32>,
}

/// An account and everything that happened on it, with its index.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    /// The account.
    pub account: &'a Account,
    /// Its transactions, in any order.
    pub transactions: &'a [Transaction],
    /// What of them was known at the time of judging.
    pub index: &'a BookIndex,
}

impl BookIndex {
    /// The index of an account's books as they were known at a moment.
    pub fn new(account: &Account, transactions: &[Transaction], at: Instant) -> Self {
        let mut index = Self {
            at,
            by_time: Vec::with_capacity(transactions.len()),
            by_kind: FxHashMap::default(),
            by_reference: Vec::with_capacity(transactions.len()),
            devices: FxHashMap::default(),
            device_endings: FxHashMap::default(),
            lines: FxHashMap::default(),
        };
        account.devices.iter().for_each(|device| index.count_device(&device.imei));
        account.numbers().for_each(|number| index.count_line(number));
        for (place, transaction) in (0..).zip(transactions).filter(|(_, it)| it.is_known_at(at)) {
            index.by_time.push((transaction.occurred_at, place));
            index.by_reference.extend(transaction.references.iter().map(|it| (it.hash(), place)));
            index.count_facts(transaction);
        }
        index.by_time.sort_by(|a, b| {
            let id = |entry: &(Instant, u32)| &transactions[entry.1 as usize].id;
            a.0.cmp(&b.0).then_with(|| id(a).cmp(id(b)))
        });
        index.by_reference.sort_unstable();
        for entry in &index.by_time {
            let kind = &transactions[entry.1 as usize].kind;
            match index.by_kind.get_mut(kind) {
                Some(list) => list.push(*entry),
                None => _ = index.by_kind.insert(kind.clone(), vec![*entry]),
            }
        }
        index
    }

    /// The time of judging.
    pub fn at(&self) -> Instant {
        self.at
    }

    pub(crate) fn set_at(&mut self, at: Instant) {
        self.at = at;
    }

    fn count_facts(&mut self, transaction: &Transaction) {
        if let Some(device) = &transaction.device {
            self.count_device(&device.imei);
        }
        if let Some(line) = &transaction.line {
            self.count_line(line);
        }
    }

    fn count_device(&mut self, imei: &Imei) {
        let known = self.devices.entry(*imei.identity_digits()).or_default();
        *known += 1;
        if *known == 1 {
            *self.device_endings.entry(imei.ending()).or_default() += 1;
        }
    }

    fn count_line(&mut self, line: &E164) {
        match self.lines.get_mut(line.digits()) {
            Some(count) => *count += 1,
            None => _ = self.lines.insert(line.digits().into(), 1),
        }
    }

    /// Takes up a transaction that came to lie at a place of the books; `true` where it is known at the time of judging.
    pub(crate) fn add(&mut self, place: u32, transactions: &[Transaction]) -> bool {
        let transaction = &transactions[place as usize];
        if !transaction.is_known_at(self.at) {
            return false;
        }
        let entry = (transaction.occurred_at, place);
        insert_by_time(&mut self.by_time, entry, transactions);
        insert_by_time(self.by_kind.entry(transaction.kind.clone()).or_default(), entry, transactions);
        for reference in &transaction.references {
            let entry = (reference.hash(), place);
            self.by_reference.insert(self.by_reference.partition_point(|it| *it < entry), entry);
        }
        self.count_facts(transaction);
        true
    }

    /// Lets go of the transaction at a place, which must still lie there.
    pub(crate) fn remove(&mut self, place: u32, account: &Account, transactions: &[Transaction]) {
        let of_another = |it: &(Instant, u32)| it.1 != place;
        self.by_time.retain(of_another);
        if let Some(list) = self.by_kind.get_mut(&transactions[place as usize].kind) {
            list.retain(of_another);
        }
        self.by_reference.retain(|it| it.1 != place);
        self.count_anew(account, transactions);
    }

    /// Counts devices and lines where those of the account, or of a transaction that went, are others.
    pub(crate) fn count_anew(&mut self, account: &Account, transactions: &[Transaction]) {
        self.devices.clear();
        self.device_endings.clear();
        self.lines.clear();
        account.devices.iter().for_each(|device| self.count_device(&device.imei));
        account.numbers().for_each(|number| self.count_line(number));
        for place in 0..self.by_time.len() {
            self.count_facts(&transactions[self.by_time[place].1 as usize]);
        }
    }
}

fn insert_by_time(list: &mut Vec<(Instant, u32)>, entry: (Instant, u32), transactions: &[Transaction]) {
    let key = |it: &(Instant, u32)| (it.0, &transactions[it.1 as usize].id);
    list.insert(list.partition_point(|it| key(it) < key(&entry)), entry);
}

impl<'a> Books<'a> {
    /// The time at which they are judged.
    pub fn at(&self) -> Instant {
        self.index.at
    }

    pub(crate) fn transaction(&self, place: u32) -> &'a Transaction {
        &self.transactions[place as usize]
    }

    /// The known transactions, by time.
    pub(crate) fn known(&self) -> impl DoubleEndedIterator<Item = (u32, &'a Transaction)> {
        self.index.by_time.iter().map(|(_, place)| (*place, self.transaction(*place)))
    }

    /// The known transactions from one moment to another, both included, by time.
    pub(crate) fn between(
        &self,
        from: Instant,
        to: Instant,
    ) -> impl DoubleEndedIterator<Item = (u32, &'a Transaction)> {
        within(&self.index.by_time, from, to).iter().map(|(_, place)| (*place, self.transaction(*place)))
    }

    /// The known transactions of a kind, by time.
    pub(crate) fn of_kind(&self, kind: &Kind) -> &'a [(Instant, u32)] {
        self.index.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The kinds of the known transactions, in no order.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&'a Kind, &'a [(Instant, u32)])> {
        self.index.by_kind.iter().map(|(kind, list)| (kind, list.as_slice()))
    }

    /// The places of the known transactions that a reference names, by place; one may come twice.
    pub(crate) fn referenced(&self, cited: &Reference) -> impl Iterator<Item = u32> {
        self.with_reference(cited.hash(), cited.normalised())
    }

    fn with_reference(&self, hash: u64, normalised: &str) -> impl Iterator<Item = u32> {
        let start = self.index.by_reference.partition_point(|entry| entry.0 < hash);
        let alike = self.index.by_reference[start..].iter().take_while(move |entry| entry.0 == hash);
        let has = move |place: &u32| {
            self.transaction(*place).references.iter().any(|own| own.normalised() == normalised)
        };
        alike.map(|entry| entry.1).filter(has)
    }

    /// Whether the account has or had a device.
    pub(crate) fn has_device(&self, stated: &StatedDevice) -> bool {
        match stated {
            StatedDevice::Whole(imei) => self.index.devices.contains_key(imei.identity_digits()),
            StatedDevice::Ending(ending) => self.index.device_endings.contains_key(ending),
        }
    }

    /// Whether the account has or had a line.
    pub(crate) fn has_line(&self, stated: &StatedLine) -> bool {
        let lines = &self.index.lines;
        lines.contains_key(&*stated.digits)
            || (!stated.international && lines.keys().any(|digits| stated.is(digits)))
    }

    /// Whether it is the account's own that is cited.
    pub(crate) fn holds(&self, citation: &Citation) -> bool {
        match citation {
            Citation::Reference(normalised) => {
                self.with_reference(hash_of(normalised), normalised).next().is_some()
            }
            Citation::Device(identity) => {
                let digits = <[u8; Imei::IDENTITY_DIGITS]>::try_from(identity.as_bytes());
                digits.is_ok_and(|digits| self.index.devices.contains_key(&digits))
            }
            Citation::Line(digits) => self.index.lines.contains_key(digits),
        }
    }

    /// The currency of the account's latest amount.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.known().rev().find_map(|(_, transaction)| transaction.amount).map(Money::currency)
    }
}

/// The part of a list by time from one moment to another, both included.
pub(crate) fn within(list: &[(Instant, u32)], from: Instant, to: Instant) -> &[(Instant, u32)] {
    let start = list.partition_point(|(at, _)| *at < from);
    let length = list[start..].partition_point(|(at, _)| *at <= to);
    &list[start..start + length]
}
