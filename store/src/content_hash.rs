use engine::{Account, Message, Transaction};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What a message's hashes are of.
pub(crate) struct MessageHashes {
    /// Everything but the revision.
    pub content: i64,
    /// What can't be corrected; 0 where the message is a tombstone, which need not repeat it.
    pub body: i64,
}

/// The hash of an account without its revision: whether it says the same as another.
pub(crate) fn account_hash(account: &mut Account) -> i64 {
    let revision = std::mem::take(&mut account.revision);
    let hash = hash_of(account);
    account.revision = revision;
    hash
}

/// The hash of a transaction without its revision.
pub(crate) fn transaction_hash(transaction: &mut Transaction) -> i64 {
    let revision = std::mem::take(&mut transaction.revision);
    let hash = hash_of(transaction);
    transaction.revision = revision;
    hash
}

/// The hashes of a message.
pub(crate) fn message_hashes(message: &mut Message) -> MessageHashes {
    let revision = std::mem::take(&mut message.revision);
    let deleted = std::mem::take(&mut message.deleted);
    let delivery = std::mem::take(&mut message.delivery);
    let body = hash_of(message);
    let content = hash_of(&(body, &delivery, deleted));
    (message.revision, message.deleted, message.delivery) = (revision, deleted, delivery);
    MessageHashes { content, body: if deleted { 0 } else { body } }
}

/// The first eight bytes of the SHA-256 of a record's JSON. It is kept, so it must not change between versions.
fn hash_of(record: &impl Serialize) -> i64 {
    let json = serde_json::to_vec(record).expect("records are JSON");
    let digest = Sha256::digest(json);
    i64::from_be_bytes(digest[..8].try_into().expect("a SHA-256 has 32 bytes"))
}
