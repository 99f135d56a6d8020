use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::candidate::Judged;
use crate::finding::Finding;
use crate::scan_text::{StatedDevice, StatedLine};
use crate::settle::{GroupKey, Settling};
use crate::settled::Settled;
use crate::tell::find_untold;
use crate::uncheck::uncheck;
use crate::{
    Account, BookIndex, Books, Catalogue, Citation, Elsewhere, Instant, JudgeContext, MessageId, Sent, Token,
    Transaction, TransactionId, Verdict,
};

/// An account's records with what became of its messages, kept up as records come, change and go: what is judged
/// anew is only what a change can touch, and the verdicts are those of [`judge`](crate::judge) over all of it.
pub struct Standing {
    catalogue: Arc<Catalogue>,
    account: Account,
    /// Those that went stay in their places, as tombstones.
    transactions: Vec<Transaction>,
    transaction_places: FxHashMap<TransactionId, u32>,
    index: BookIndex,
    /// Those that went stay in their places, without one in `message_places`.
    messages: Vec<Sent>,
    message_places: FxHashMap<MessageId, u32>,
    settled: Vec<Settled>,
    elsewhere: Elsewhere,
    books_until: Option<Instant>,
    /// The messages of each group, by the hash of its key: where two groups share one, they are settled together.
    groups: FxHashMap<u64, Vec<u32>>,
    touched: FxHashSet<u64>,
    /// Messages that became something and have since come with another reading: one that claims nothing is of no group.
    read_anew: Vec<MessageId>,
}

impl Standing {
    /// An account's records, judged at a time; each message and transaction once.
    pub fn new(
        account: Account,
        transactions: Vec<Transaction>,
        messages: Vec<Sent>,
        catalogue: Arc<Catalogue>,
        elsewhere: Elsewhere,
        at: Instant,
    ) -> Self {
        let index = BookIndex::new(&account, &transactions, at);
        let transaction_places = (0..).zip(&transactions).map(|(place, it)| (it.id.clone(), place)).collect();
        let mut standing = Self {
            catalogue,
            account,
            transactions,
            transaction_places,
            index,
            messages: Vec::with_capacity(messages.len()),
            message_places: FxHashMap::default(),
            settled: Vec::with_capacity(messages.len()),
            elsewhere,
            books_until: None,
            groups: FxHashMap::default(),
            touched: FxHashSet::default(),
            read_anew: Vec::new(),
        };
        for message in messages {
            standing.put_message(message);
        }
        standing.settle();
        standing
    }

    /// Takes the account's record, whatever there was before.
    pub fn put_account(&mut self, account: Account) {
        self.account = account;
        self.index.count_anew(&self.account, &self.transactions);
        self.touch_all();
    }

    /// Takes a transaction, or what it has become: a tombstone takes it away.
    pub fn put_transaction(&mut self, transaction: Transaction) {
        if let Some(place) = self.transaction_places.get(&transaction.id).copied() {
            self.touch_by(place);
            self.index.remove(place, &self.account, &self.transactions);
            self.transactions[place as usize] = transaction;
            self.take_up(place);
        } else {
            let place = place_after(&self.transactions);
            self.transaction_places.insert(transaction.id.clone(), place);
            self.transactions.push(transaction);
            self.take_up(place);
        }
    }

    /// Takes a message, in place of what stood under its id.
    pub fn put_message(&mut self, message: Sent) {
        let became = self.finding(&message.id).is_some_and(|it| it.verdict() != Verdict::Informational);
        self.read_anew.extend(became.then(|| message.id.clone()));
        self.remove_message(&message.id);
        let place = place_after(&self.messages);
        self.message_places.insert(message.id.clone(), place);
        self.messages.push(message);
        self.settled.push(Settled::INFORMATIONAL);
        if let Some(group) = self.group_of(place) {
            self.groups.entry(group).or_default().push(place);
            self.touched.insert(group);
        }
    }

    /// Takes a message away.
    pub fn remove_message(&mut self, id: &MessageId) {
        let Some(place) = self.message_places.remove(id) else { return };
        if let Some(group) = self.group_of(place) {
            self.groups.entry(group).or_default().retain(|member| *member != place);
            self.touched.insert(group);
        }
    }

    /// Whether a citation is known on another account from here on.
    pub fn put_elsewhere(&mut self, token: Token, is_known: bool) {
        self.elsewhere.set(token, is_known);
        let cites = |messages: &[Sent], place: u32| {
            let citations = messages[place as usize].citations(&self.account, &self.catalogue);
            citations.iter().any(|citation| self.elsewhere.token_of(citation) == token)
        };
        let touched =
            self.groups.iter().filter(|(_, members)| members.iter().any(|it| cites(&self.messages, *it)));
        self.touched.extend(touched.map(|(group, _)| *group));
    }

    /// Lets time pass: what was recorded until then becomes known, and graces end.
    pub fn advance(&mut self, at: Instant) {
        let was_known: Vec<bool> =
            self.transactions.iter().map(|it| it.is_known_at(self.index.at())).collect();
        self.index.set_at(at);
        for place in 0..place_after(&self.transactions) {
            if !was_known[place as usize] {
                self.take_up(place);
            }
        }
        let has_waited = |place: &u32| {
            let waits_until = self.settled[*place as usize].waits_until();
            waits_until.is_some_and(|until| until <= at)
        };
        let over = self.groups.iter().filter(|(_, members)| members.iter().any(has_waited));
        self.touched.extend(over.map(|(group, _)| *group));
    }

    /// Says how far the operator's books are complete, where they are behind.
    pub fn put_books_until(&mut self, until: Option<Instant>) {
        if self.books_until != until {
            self.books_until = until;
            self.touch_all();
        }
    }

    /// Judges what the changes since the last time can have touched; the messages of which something else became.
    pub fn settle(&mut self) -> Vec<&MessageId> {
        let members = self.touched.iter().filter_map(|group| self.groups.get(group)).flatten();
        let mut places: Vec<u32> = members.copied().collect();
        places.sort_unstable();
        self.touched.clear();
        let mut settled = std::mem::take(&mut self.settled);
        let before: Vec<Settled> = places.iter().map(|place| settled[*place as usize].clone()).collect();
        let context = JudgeContext {
            catalogue: &self.catalogue,
            since: self.index.at(),
            elsewhere: &self.elsewhere,
            books_until: self.books_until,
        };
        let wide = places.iter().map(|place| *place as usize);
        Settling::new(&self.books(), &self.messages, &context).settle(wide, &mut settled);
        if let Some(until) = self.books_until {
            for place in places.iter().map(|place| *place as usize) {
                uncheck(&mut settled[place], &self.messages[place], &self.catalogue, until);
            }
        }
        self.settled = settled;
        let changed = places.iter().zip(before);
        let changed = changed.filter(|(place, before)| self.settled[**place as usize] != *before);
        let read_anew = std::mem::take(&mut self.read_anew);
        let present = read_anew.iter().filter_map(|id| self.message_places.get(id));
        let silent = present.filter(|place| self.settled[**place as usize] == Settled::INFORMATIONAL);
        let changed = changed.map(|(place, _)| place).chain(silent);
        changed.map(|place| &self.messages[*place as usize].id).collect()
    }

    /// What became of a message.
    pub fn finding(&self, id: &MessageId) -> Option<Finding<'_>> {
        Some(self.finding_at(*self.message_places.get(id)?))
    }

    /// What became of each message, in no order.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.message_places.values().map(|place| self.finding_at(*place))
    }

    /// The account's record.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The time at which it is judged.
    pub fn at(&self) -> Instant {
        self.index.at()
    }

    /// The transactions that are known by now, in no order.
    pub fn known_transactions(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.iter().filter(|it| !it.deleted && it.is_known_at(self.index.at()))
    }

    /// The transactions that the customer had to be told of by now, and was not; by time.
    pub fn untold(&self, since: Instant) -> impl Iterator<Item = &Transaction> {
        let present = self.message_places.values().map(|place| *place as usize);
        let told = present.map(|place| (&self.messages[place], &self.settled[place]));
        let untold = find_untold(&self.books(), told, &self.catalogue, since);
        untold.into_iter().map(|place| &self.transactions[place as usize])
    }

    /// What one of its messages cites and its own books don't hold.
    pub fn unexplained_by(&self, id: &MessageId) -> Vec<Citation> {
        let Some(place) = self.message_places.get(id) else { return Vec::new() };
        let cited = self.messages[*place as usize].citations(&self.account, &self.catalogue);
        cited.into_iter().filter(|citation| !self.books().holds(citation)).collect()
    }

    /// What its messages cite and its own books don't hold: what has to be known of from elsewhere.
    pub fn unexplained(&self) -> BTreeSet<Citation> {
        let present = self.message_places.values().map(|place| &self.messages[*place as usize]);
        let cited = present.flat_map(|message| message.citations(&self.account, &self.catalogue));
        cited.filter(|citation| !self.books().holds(citation)).collect()
    }

    fn books(&self) -> Books<'_> {
        Books { account: &self.account, transactions: &self.transactions, index: &self.index }
    }

    fn finding_at(&self, place: u32) -> Finding<'_> {
        let settled = &self.settled[place as usize];
        Finding::new(self.books(), &self.catalogue, &self.messages, place as usize, settled)
    }

    fn group_of(&self, place: u32) -> Option<u64> {
        let judged = Judged::of(&self.messages[place as usize], &self.catalogue)?;
        Some(FxBuildHasher.hash_one(GroupKey::of(&judged)))
    }

    fn take_up(&mut self, place: u32) {
        if self.index.add(place, &self.transactions) {
            self.touch_by(place);
        }
    }

    fn touch_all(&mut self) {
        self.touched.extend(self.groups.keys());
    }

    /// Touches the groups of the messages for which it may matter that a transaction is there.
    fn touch_by(&mut self, place: u32) {
        let transaction = &self.transactions[place as usize];
        let matters = |place: &u32| {
            let judged = Judged::of(&self.messages[*place as usize], &self.catalogue);
            judged.is_some_and(|judged| judged.may_have_to_do_with(transaction))
        };
        let touched = self
            .groups
            .iter()
            .filter(|(group, members)| !self.touched.contains(group) && members.iter().any(matters));
        let touched: Vec<u64> = touched.map(|(group, _)| *group).collect();
        self.touched.extend(touched);
    }
}

impl Judged<'_> {
    /// Whether a transaction's being there can matter to what becomes of the message: it may vouch for it or come
    /// nearest, or makes its own what the message names.
    fn may_have_to_do_with(&self, transaction: &Transaction) -> bool {
        let stated = self.claim.stated;
        // What reads as a device or as a line may be a reference.
        let is_reference = |text: &str| transaction.references.iter().any(|own| own.normalised() == text);
        let device = transaction.device.as_ref().map(|device| &device.imei);
        let names_device = |named: &StatedDevice| match named {
            StatedDevice::Whole(imei) => device == Some(imei) || is_reference(&imei.printed()),
            StatedDevice::Ending(ending) => device.is_some_and(|device| *ending == device.ending()),
        };
        let names_line = |named: &StatedLine| {
            transaction.line.as_ref().is_some_and(|line| named.is(line.digits()))
                || is_reference(&named.digits)
        };
        self.claim.rule.vouches(self.claim.kind, &transaction.kind)
            || stated.cites(transaction)
            || stated.devices.iter().any(names_device)
            || stated.lines.iter().any(names_line)
    }
}

fn place_after<T>(records: &[T]) -> u32 {
    u32::try_from(records.len()).expect("an account has fewer records than 2^32")
}
