//! Records for the cases, and how they are loaded and judged.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use engine::{Account, Catalogue, Evidence, FeedRecord, Instant, Message, Reader, Transaction};
use store::{
    Handed, HandedRecords, Judged, Judging, Loaded, Progress, Standings, Store, Written, WrittenRecord,
};

use crate::database::TestDatabase;

/// A line of one of a feed's three files.
#[derive(Clone, Debug)]
pub enum Record {
    Account(Account),
    Transaction(Transaction),
    Message(Message),
}

static READER: LazyLock<Arc<Reader>> = LazyLock::new(|| Arc::new(Reader::new(Catalogue::builtin())));

/// Judging by the built-in rules alone, whatever the store's catalogue.
pub async fn judging(store: &Store, at: Instant) -> Judging {
    let version = store.read_catalogue().await.unwrap().version;
    let catalogue = Arc::new(READER.catalogue().clone());
    let books_until = store.books_until(at).await.unwrap();
    Judging { reader: Arc::clone(&READER), catalogue, version, at, books_until, learns: false }
}

pub fn as_of() -> Instant {
    at("2026-04-20T12:00:00Z")
}

pub fn at(time: &str) -> Instant {
    time.parse().unwrap()
}

pub fn account(json: &str) -> Record {
    Record::Account(Account::from_line(json.as_bytes()).unwrap())
}

pub fn transaction(json: &str) -> Record {
    Record::Transaction(Transaction::from_line(json.as_bytes()).unwrap())
}

pub fn message(json: &str) -> Record {
    Record::Message(Message::from_line(json.as_bytes()).unwrap())
}

/// A received payment, of 2026-03-01.
pub fn payment(id: &str, account: &str, reference: &str, more: &str) -> Record {
    transaction(&format!(
        r#"{{"id":"{id}","account":"{account}","kind":"payment.received","occurred_at":"2026-03-01T10:00:00Z",
            "recorded_at":"2026-03-01T10:00:00Z","references":["{reference}"],
            "amount":{{"value":"86.40","currency":"USD"}}{more}}}"#
    ))
}

/// A message that tells of such a payment; `more` has its account or its recipient.
pub fn receipt(id: &str, reference: &str, more: &str) -> Record {
    message(&format!(
        r#"{{"id":"{id}","channel":"sms","sent_at":"2026-03-01T10:05:00Z",
            "text":"We received your payment of $86.40. Reference {reference}. Thank you.",{more}}}"#
    ))
}

/// What became of records that were handed in.
pub struct HandedIn {
    pub written: Vec<WrittenRecord>,
    pub is_queued: bool,
}

pub fn handed(record: &Record) -> Handed {
    let records = match record.clone() {
        Record::Account(account) => HandedRecords::Accounts(vec![account]),
        Record::Transaction(transaction) => HandedRecords::Transactions(vec![transaction.into()]),
        Record::Message(message) => HandedRecords::Messages(vec![message.into()]),
    };
    Handed { claim: None, records }
}

/// Hands records in, each by itself and all in one write.
pub async fn write_online(
    store: &Store,
    standings: &mut Standings,
    now: Instant,
    records: &[Record],
) -> HandedIn {
    let judging = judging(store, now).await;
    let online = store.begin_online(&judging, standings).await.unwrap();
    let done = online.take(records.iter().map(handed).collect()).await.unwrap();
    let taken = done.written.into_iter().flat_map(|written| match written {
        Written::Taken(taken) => taken,
        Written::OtherContent => panic!("nothing was claimed"),
    });
    HandedIn { written: taken.collect(), is_queued: done.is_queued }
}

impl TestDatabase {
    /// Loads records of one kind as one batch.
    pub async fn load(&self, records: &[Record]) -> Loaded {
        let progress = Progress { feed: "test".to_owned(), file: "records".to_owned(), lines_done: 1 };
        let mut accounts = Vec::new();
        let mut transactions = Vec::new();
        let mut messages = Vec::new();
        for record in records.iter().cloned() {
            match record {
                Record::Account(account) => accounts.push(account),
                Record::Transaction(transaction) => transactions.push(transaction),
                Record::Message(message) => messages.push(message),
            }
        }
        let loaded = match (accounts.is_empty(), transactions.is_empty(), messages.is_empty()) {
            (false, true, true) => self.store.load_accounts(&progress, accounts, as_of()).await,
            (true, false, true) => self.store.load_transactions(&progress, transactions, as_of()).await,
            (true, true, false) => self.store.load_messages(&progress, messages, as_of()).await,
            _ => panic!("a batch has one kind of record"),
        };
        loaded.unwrap()
    }

    /// Loads records one by one, in their order.
    pub async fn load_each(&self, records: &[Record]) {
        for record in records {
            let loaded = self.load(std::slice::from_ref(record)).await;
            assert_eq!(loaded.refused, [], "{record:?}");
        }
    }

    pub async fn judge(&self) -> Judged {
        self.judge_at(as_of()).await
    }

    pub async fn judge_at(&self, at: Instant) -> Judged {
        let judging = judging(&self.store, at).await;
        self.store.judge_queued(&judging, 100, &mut Evidence::default(), |_| ()).await.unwrap()
    }

    /// The verdicts by message; `-` where there is none yet.
    pub async fn verdicts(&self) -> BTreeMap<String, String> {
        let mut verdicts = BTreeMap::new();
        let take = |exported: store::ExportedVerdict| {
            let verdict = exported.verdict.map_or("-".to_owned(), |verdict| verdict.to_string());
            verdicts.insert(exported.message.to_string(), verdict);
        };
        self.store.export_verdicts(take).await.unwrap();
        verdicts
    }

    /// Judges, and gives one message's verdict.
    pub async fn judged(&self, message: &str) -> String {
        self.judge().await;
        self.verdicts().await[message].clone()
    }
}
