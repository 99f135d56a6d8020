use engine::{AccountId, Instant, Kind, Money, Transaction, TransactionId};

/// A transaction as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionView {
    /// Whose it is, as its own row says.
    pub owner: AccountId,
    /// The operator's own id.
    pub id: TransactionId,
    /// What sort of thing it is.
    pub kind: Kind,
    /// When it happened.
    pub occurred_at: Instant,
    /// When the books learnt of it.
    pub recorded_at: Instant,
    /// What it cost or brought.
    pub amount: Option<Money>,
    /// The numbers that name it, as the operator wrote them.
    pub references: Vec<String>,
    /// The device it is about.
    pub device: Option<DeviceView>,
    /// The line it is about, in international form.
    pub line: Option<String>,
    /// The operator's own words for it.
    pub summary: Option<String>,
    /// The operator's word for how far it has come.
    pub status: Option<String>,
}

/// A device as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceView {
    /// All 15 digits.
    pub imei: String,
    /// What it is called.
    pub model: Option<String>,
}

impl TransactionView {
    pub(crate) fn of(transaction: Transaction) -> Self {
        let references =
            transaction.references.iter().map(|reference| reference.given().to_owned()).collect();
        let device =
            transaction.device.map(|device| DeviceView { imei: device.imei.printed(), model: device.model });
        Self {
            owner: transaction.account,
            id: transaction.id,
            kind: transaction.kind,
            occurred_at: transaction.occurred_at,
            recorded_at: transaction.recorded_at.unwrap_or(transaction.occurred_at),
            amount: transaction.amount,
            references,
            device,
            line: transaction.line.map(|line| line.to_string()),
            summary: transaction.summary,
            status: transaction.status,
        }
    }
}
