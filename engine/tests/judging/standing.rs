//! An account kept up record by record says what a judging of all its records at once says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{
    Account, BookIndex, Books, Cause, Citation, Message, MessageId, Standing, Transaction, TransactionId,
    Verdict,
};
use proptest::prelude::*;

use crate::histories::{
    History, READER, account, at, citation, history, message, moment, token_key, transaction,
};
use crate::told::{Told, told};

/// So few ids that most records come again, corrected.
const IDS: u8 = 10;

/// Something that happens to an account's records.
#[derive(Clone, Debug)]
enum Change {
    Message(Box<Message>),
    RemoveMessage(MessageId),
    Transaction(Box<Transaction>),
    Account(Box<Account>),
    Elsewhere(Citation, bool),
    Advance(i64),
    Settle,
}

fn change() -> impl Strategy<Value = Change> {
    let id = (0..IDS).prop_map(|id| format!("M-{id}").parse().unwrap());
    let removed = prop::bool::weighted(0.2);
    let transaction = (transaction(IDS), removed).prop_map(|(it, deleted)| Transaction { deleted, ..it });
    prop_oneof![
        4 => message(IDS).prop_map(Box::new).prop_map(Change::Message),
        1 => id.prop_map(Change::RemoveMessage),
        5 => transaction.prop_map(Box::new).prop_map(Change::Transaction),
        1 => account().prop_map(Box::new).prop_map(Change::Account),
        1 => (citation(), any::<bool>()).prop_map(|(citation, known)| Change::Elsewhere(citation, known)),
        2 => moment(40).prop_map(Change::Advance),
        3 => Just(Change::Settle),
    ]
}

/// The same records, kept up and laid aside, and what the messages had become when they were last settled.
struct Kept {
    standing: Standing,
    records: History,
    before: BTreeMap<MessageId, Told>,
}

impl Kept {
    fn new(records: History) -> Self {
        let standing = Standing::new(
            records.account.clone(),
            records.transactions.clone(),
            records.sent(),
            Arc::new(READER.catalogue().clone()),
            records.known_elsewhere(),
            at(records.now),
        );
        Self { before: by_id(standing.findings().map(Told::from)), standing, records }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Message(message) => {
                self.standing.put_message(READER.read(&message, &self.records.account.locale));
                self.records.messages.retain(|it| it.id != message.id);
                self.records.messages.push(*message);
            }
            Change::RemoveMessage(id) => {
                self.standing.remove_message(&id);
                self.records.messages.retain(|it| it.id != id);
                self.before.remove(&id);
            }
            Change::Transaction(transaction) => {
                self.standing.put_transaction((*transaction).clone());
                self.records.transactions.retain(|it| it.id != transaction.id);
                self.records.transactions.push(*transaction);
            }
            Change::Account(account) => {
                self.standing.put_account((*account).clone());
                self.records.account = *account;
            }
            Change::Elsewhere(citation, is_known) => {
                self.standing.put_elsewhere(citation.token(&token_key()), is_known);
                self.records.elsewhere.remove(&citation);
                self.records.elsewhere.extend(is_known.then_some(citation));
            }
            Change::Advance(minutes) => {
                self.records.now += minutes;
                self.standing.advance(at(self.records.now));
            }
            Change::Settle => self.settle(),
        }
    }

    /// Settles, and compares everything with what is judged at once.
    fn settle(&mut self) {
        let reported: BTreeSet<MessageId> = self.standing.settle().into_iter().cloned().collect();
        let (told, untold) = self.judged_at_once();
        assert_eq!(by_id(self.standing.findings().map(Told::from)), told);
        assert!(
            told.iter().all(|(id, told)| self.standing.finding(id).map(Told::from).as_ref() == Some(told))
        );
        assert_eq!(self.standing.untold(at(0)).map(|it| it.id.clone()).collect::<Vec<_>>(), untold);
        assert_eq!(self.standing.unexplained(), self.unexplained_at_once());
        self.assert_reported(&reported, &told);
        assert_eq!(self.standing.settle(), Vec::<&MessageId>::new());
        self.before = told;
    }

    /// Of which message something else became, that is reported; and none that is not there.
    fn assert_reported(&self, reported: &BTreeSet<MessageId>, told: &BTreeMap<MessageId, Told>) {
        for (id, after) in told {
            let is_other = match self.before.get(id) {
                Some(before) => ground(before) != ground(after),
                None => after.verdict != Verdict::Informational,
            };
            assert!(!is_other || reported.contains(id), "{id}: {:?} → {after:?}", self.before.get(id));
        }
        assert!(reported.iter().all(|id| told.contains_key(id)), "{reported:?}");
    }

    fn judged_at_once(&self) -> (BTreeMap<MessageId, Told>, Vec<TransactionId>) {
        self.records.judged(&self.records.sent(), |judgement| {
            (by_id(told(judgement).into_iter()), judgement.untold().map(|it| it.id.clone()).collect())
        })
    }

    fn unexplained_at_once(&self) -> BTreeSet<Citation> {
        let History { account, transactions, now, .. } = &self.records;
        let index = BookIndex::new(account, transactions, at(*now));
        Books { account, transactions, index: &index }.unexplained(&self.records.sent(), READER.catalogue())
    }
}

fn by_id(told: impl Iterator<Item = Told>) -> BTreeMap<MessageId, Told> {
    told.map(|told| (told.message.clone(), told)).collect()
}

/// What became of a message, without what is looked up in the records when it is read.
fn ground(told: &Told) -> (Verdict, Option<&TransactionId>, String) {
    let cause = match &told.reasons[0].cause {
        Cause::NoTransaction { nearest, .. } => {
            format!("no_transaction {:?}", nearest.as_ref().map(|it| it.transaction.as_str()))
        }
        Cause::Stale { known_by, .. } => format!("stale {known_by:?}"),
        // As it is kept: written for debugging, it would tell no ids.
        cause => serde_json::to_string(cause).unwrap(),
    };
    (told.verdict, told.transaction.as_ref(), cause)
}

proptest! {
    #[test]
    fn what_is_kept_up_is_what_is_judged_at_once(
        records in history(6, 8), changes in prop::collection::vec(change(), 0..24)
    ) {
        let focus = records.focus;
        let mut kept = Kept::new(records);
        for mut change in changes {
            match (focus, &mut change) {
                (Some(focus), Change::Message(message)) => focus.narrow_message(message),
                (Some(focus), Change::Transaction(transaction)) => focus.narrow_transaction(transaction),
                _ => {}
            }
            kept.change(change);
        }
        kept.settle();
    }
}
