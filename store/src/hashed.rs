use engine::{BatchName, Message, TemplateName, Transaction};

use crate::content_hash::{message_hashes, transaction_hash};
use crate::sort_arrivals::{LoadRefusal, Version, kept_revision};

/// A record of a feed with what tells it from its other versions: worked out beforehand, where there are cores to spare.
pub struct Hashed<R> {
    pub(crate) record: R,
    pub(crate) version: Result<Version, LoadRefusal>,
}

impl From<Message> for Hashed<Message> {
    fn from(mut record: Message) -> Self {
        let version = if message_holds_nul(&record) {
            Err(LoadRefusal::Nul)
        } else {
            let hashes = message_hashes(&mut record);
            let revision = kept_revision(record.revision);
            Ok(Version { revision, content_hash: hashes.content, body_hash: hashes.body })
        };
        Self { record, version }
    }
}

impl From<Transaction> for Hashed<Transaction> {
    fn from(mut record: Transaction) -> Self {
        let version = if transaction_holds_nul(&record) {
            Err(LoadRefusal::Nul)
        } else {
            let content_hash = transaction_hash(&mut record);
            Ok(Version { revision: kept_revision(record.revision), content_hash, body_hash: 0 })
        };
        Self { record, version }
    }
}

/// The records, and their versions in the same order.
pub(crate) fn unzip_hashed<R>(records: Vec<Hashed<R>>) -> (Vec<R>, Vec<Result<Version, LoadRefusal>>) {
    records.into_iter().map(|hashed| (hashed.record, hashed.version)).unzip()
}

fn message_holds_nul(message: &Message) -> bool {
    let names =
        [message.template.as_ref().map(TemplateName::as_str), message.batch.as_ref().map(BatchName::as_str)];
    let texts = [&message.sender, &message.subject, &message.text, &message.html].map(Option::as_deref);
    let mut texts = texts.into_iter().chain(names).flatten().chain([message.recipient.as_str()]);
    texts.any(|text| text.contains('\0'))
}

fn transaction_holds_nul(transaction: &Transaction) -> bool {
    let model = transaction.device.as_ref().and_then(|device| device.model.as_ref());
    let mut texts = [transaction.status.as_ref(), transaction.summary.as_ref(), model].into_iter().flatten();
    texts.any(|text| text.contains('\0'))
}
