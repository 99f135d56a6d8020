use std::collections::BTreeSet;

use engine::{Instant, Message};
use rustc_hash::FxHashMap;

use crate::cover_messages::{Covered, cover_arrived, uncover};
use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::hashed::{Hashed, unzip_hashed};
use crate::json_list::json_list;
use crate::messages_since::keep_messages_since;
use crate::number_messages::give_numbers;
use crate::resolve_messages::{account_by_recipient, read_address_book};
use crate::sort_arrivals::{Arrived, Loaded, Version, sort_arrivals};
use crate::touched::{Change, Touched};
use crate::{Progress, Store, StoreError, StoreTransaction, on_both};

/// A message that stands from now on.
struct Standing<'a> {
    record: &'a Message,
    version: Version,
    /// Whose it is; '' where that is not known.
    account: String,
    /// Where the feed names no account.
    recipient: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    message_id: String,
    account_id: String,
    sent_at: i64,
    revision: i64,
    content_hash: i64,
    body_hash: i64,
}

impl Store {
    /// Loads a batch of a feed's messages and keeps how far the file is, both or neither. Each gets its counterfoil number.
    ///
    /// A message that names no account is the account's whose the recipient was; one of which that is not known waits.
    /// The accounts that the batch changes are to be judged afterwards.
    pub async fn load_messages(
        &self,
        progress: &Progress,
        messages: Vec<impl Into<Hashed<Message>>>,
        _now: Instant,
    ) -> Result<Loaded, StoreError> {
        let messages = messages.into_iter().map(Into::into).collect();
        let (mut work, mut touched) = (self.write_bulk().await?, Touched::default());
        let outcomes = self.take_messages(&mut work, messages, &mut touched).await?;
        progress.end(self, work, touched).await?;
        Ok(Loaded::of(outcomes))
    }

    /// Takes messages; what became of each, in their order.
    pub(crate) async fn take_messages(
        &self,
        work: &mut StoreTransaction,
        messages: Vec<Hashed<Message>>,
        touched: &mut Touched,
    ) -> Result<Vec<Arrived>, StoreError> {
        let (messages, versions) = unzip_hashed(messages);
        let known = read_known(work, &messages).await?;
        let mut known_versions = known.iter().map(|row| (row.message_id.clone(), row.version())).collect();
        let arrivals = messages.iter().map(|message| message.id.as_str()).zip(versions);
        let (outcomes, places) = sort_arrivals(arrivals, &mut known_versions);
        let before: FxHashMap<&str, &str> =
            known.iter().map(|row| (row.message_id.as_str(), row.account_id.as_str())).collect();
        let records: Vec<&Message> = places.into_iter().map(|place| &messages[place]).collect();
        let standing = self.place_messages(work, &records, &before, &known_versions).await?;
        if !known.is_empty() {
            take_corrected(work, &standing).await?;
        }
        write_ids(work, &standing).await?;
        write_rows(work, &standing).await?;
        let arrived = standing.iter().filter(|row| !row.record.deleted);
        cover_arrived(work, arrived.map(|row| Covered { account: &row.account, message: row.record }))
            .await?;
        let ids = standing.iter().map(|row| row.record.id.as_str());
        give_numbers(work, self.token_key(), ids).await?;
        let moved = standing.iter().filter_map(|row| {
            let former = before.get(row.record.id.as_str()).copied()?;
            (former != row.account).then_some([former, row.account.as_str()])
        });
        let moved: Vec<&str> = moved.flatten().collect();
        touched.extend(moved);
        for Standing { record, account, .. } in &standing {
            touched.add(account, || {
                if record.deleted {
                    Change::MessageGone(record.id.clone())
                } else {
                    Change::Message(Box::new((*record).clone()))
                }
            });
        }
        keep_since(work, &standing, &known, touched).await?;
        Ok(outcomes)
    }

    /// Finds whose the messages are.
    async fn place_messages<'a>(
        &self,
        work: &mut StoreTransaction,
        records: &[&'a Message],
        before: &FxHashMap<&str, &str>,
        versions: &FxHashMap<String, Version>,
    ) -> Result<Vec<Standing<'a>>, StoreError> {
        let recipient = |record: &Message| match record.account {
            Some(_) => None,
            None => Some(self.token_key().recipient_token(&record.recipient).get()),
        };
        let book =
            read_address_book(work, &records.iter().filter_map(|record| recipient(record)).collect()).await?;
        let standing = records.iter().map(|record| {
            let current = before.get(record.id.as_str()).copied().unwrap_or("");
            let recipient = recipient(record);
            let account = match (&record.account, recipient) {
                (Some(account), _) => account.as_str(),
                // Nobody's, whoever gets the recipient later.
                (None, Some(_)) if record.deleted => "",
                (None, Some(recipient)) => account_by_recipient(&book, recipient, record.sent_at, current),
                (None, None) => "",
            };
            Standing { record, version: versions[record.id.as_str()], account: account.to_owned(), recipient }
        });
        Ok(standing.collect())
    }
}

impl KnownRow {
    fn version(&self) -> Version {
        Version { revision: self.revision, content_hash: self.content_hash, body_hash: self.body_hash }
    }
}

async fn keep_since(
    work: &mut StoreTransaction,
    standing: &[Standing<'_>],
    known: &[KnownRow],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let arrived = standing.iter().filter(|row| !row.record.deleted).map(|row| row.record.sent_at).min();
    let deleted: BTreeSet<&str> =
        standing.iter().filter(|row| row.record.deleted).map(|row| row.record.id.as_str()).collect();
    let gone =
        known.iter().filter(|row| deleted.contains(row.message_id.as_str())).map(|row| row.sent_at).min();
    keep_messages_since(work, arrived, gone.map(Instant::from_micros), touched).await
}

async fn read_known(work: &mut StoreTransaction, messages: &[Message]) -> Result<Vec<KnownRow>, StoreError> {
    let ids = json_list(messages.iter().map(|message| &message.id));
    let known = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select message_id, account_id, sent_at, revision, content_hash, body_hash from message_ids
             where message_id in ({texts})",
        ))
        .bind(ids)
        .fetch_all(connection)
        .await?
    });
    Ok(known)
}

/// Takes away the rows in whose place others stand.
async fn take_corrected(work: &mut StoreTransaction, standing: &[Standing<'_>]) -> Result<(), StoreError> {
    let ids = json_list(standing.iter().map(|row| &row.record.id));
    uncover(work, &ids).await?;
    on_both!(work, |connection| {
        sqlx::query(Driver::written(
            "delete from messages where (account_id, sent_at, message_id) in
             (select account_id, sent_at, message_id from message_ids where message_id in ({texts}) and deleted = 0)",
        ))
        .bind(ids)
        .execute(connection)
        .await?;
    });
    Ok(())
}

async fn write_ids(work: &mut StoreTransaction, standing: &[Standing<'_>]) -> Result<(), StoreError> {
    let rows = standing.iter().map(|Standing { record, version, account, recipient }| {
        let Version { revision, content_hash, body_hash } = version;
        let (sent_at, deleted) = (record.sent_at.micros(), i64::from(record.deleted));
        (&record.id, account, sent_at, revision, content_hash, body_hash, deleted, recipient)
    });
    let statement = "insert into message_ids
         (message_id, account_id, sent_at, revision, content_hash, body_hash, deleted, recipient_token)
     select value ->> 0, value ->> 1, cast(value ->> 2 as bigint), cast(value ->> 3 as bigint),
            cast(value ->> 4 as bigint), cast(value ->> 5 as bigint), cast(value ->> 6 as bigint),
            cast(value ->> 7 as bigint)
     from {rows} where true
     on conflict (message_id) do update set
         account_id = excluded.account_id, sent_at = excluded.sent_at, revision = excluded.revision,
         content_hash = excluded.content_hash, body_hash = excluded.body_hash, deleted = excluded.deleted,
         recipient_token = excluded.recipient_token";
    execute_rows(work, statement, rows).await
}

async fn write_rows(work: &mut StoreTransaction, standing: &[Standing<'_>]) -> Result<(), StoreError> {
    let mut sorted: Vec<&Standing> = standing.iter().filter(|row| !row.record.deleted).collect();
    sorted.sort_by_key(|row| (&row.account, row.record.sent_at, &row.record.id));
    let rows = sorted.into_iter().map(|Standing { record, account, .. }| {
        let Message { id, channel, recipient, sender, template, batch, subject, text, html, .. } = record;
        let data = serde_json::to_string(&record.data).expect("merge fields are JSON");
        let delivery = serde_json::to_string(&record.delivery).expect("steps of delivery are JSON");
        let sent_at = record.sent_at.micros();
        (
            account, sent_at, id, channel, recipient, sender, template, batch, subject, text, html, data,
            delivery,
        )
    });
    let statement = "insert into messages
         (account_id, sent_at, message_id, channel, recipient, sender, template, batch, subject, text, html,
          data, delivery)
     select value ->> 0, cast(value ->> 1 as bigint), value ->> 2, value ->> 3, value ->> 4, value ->> 5,
            value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12
     from {rows}";
    execute_rows(work, statement, rows).await
}
