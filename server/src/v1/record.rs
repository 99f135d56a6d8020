use engine::{Account, FeedRecord, Message, Transaction};
use store::{HandedRecords, Hashed};

/// A record that is handed in.
pub(super) trait Record: FeedRecord + Send + 'static {
    /// What the store takes of it.
    type Ready: From<Self> + Send + 'static;

    /// Its id.
    fn id(&self) -> &str;

    /// Records, for the store.
    fn handed(records: Vec<Self::Ready>) -> HandedRecords;
}

impl Record for Account {
    type Ready = Self;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn handed(records: Vec<Self>) -> HandedRecords {
        HandedRecords::Accounts(records)
    }
}

impl Record for Transaction {
    type Ready = Hashed<Self>;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn handed(records: Vec<Hashed<Self>>) -> HandedRecords {
        HandedRecords::Transactions(records)
    }
}

impl Record for Message {
    type Ready = Hashed<Self>;

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn handed(records: Vec<Hashed<Self>>) -> HandedRecords {
        HandedRecords::Messages(records)
    }
}
