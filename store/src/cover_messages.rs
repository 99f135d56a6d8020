//! Which messages incidents are about: those that are here when one is published, and those that come later.

use engine::{Incident, Message};

use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::{StoreError, StoreTransaction, on_both};

/// A message that came, and whose it is.
pub(crate) struct Covered<'a> {
    pub account: &'a str,
    pub message: &'a Message,
}

/// Notes which incidents messages are about that have just been written.
pub(crate) async fn cover_arrived<'a>(
    work: &mut StoreTransaction,
    arrived: impl Iterator<Item = Covered<'a>> + Send,
) -> Result<(), StoreError> {
    if !covers_anything(work).await? {
        return Ok(());
    }
    let rows = arrived.map(|Covered { account, message }| {
        (account, message.sent_at.micros(), &message.id, &message.batch, &message.template)
    });
    let statement = "insert into touched_messages (account_id, sent_at, message_id, slug)
         select distinct arrived.account_id, arrived.sent_at, arrived.message_id, incident_covers.slug
         from (select value ->> 0 as account_id, cast(value ->> 1 as bigint) as sent_at, value ->> 2 as message_id,
                      value ->> 3 as batch, value ->> 4 as template
               from {rows}) as arrived
         join incident_covers
           on sent_at >= sent_from and sent_at < sent_until
          and ((sort = 'batch' and name = batch) or (sort = 'template' and name = template)
               or (sort = 'message' and name = message_id))
         where true
         on conflict (account_id, sent_at, message_id, slug) do nothing";
    execute_rows(work, statement, rows).await
}

/// Forgets of messages that others take the place of, or that are no more, which incidents they were about. `ids`: a JSON
/// list, of which `message_ids` still says where each was.
pub(crate) async fn uncover(work: &mut StoreTransaction, ids: &str) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(Driver::written(
            "delete from touched_messages where (account_id, sent_at, message_id) in
             (select account_id, sent_at, message_id from message_ids where message_id in ({texts}) and deleted = 0)",
        ))
        .bind(ids)
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// Keeps which messages an incident is about, and finds those that are here already.
pub(crate) async fn cover_all(work: &mut StoreTransaction, incident: &Incident) -> Result<(), StoreError> {
    write_covers(work, incident).await?;
    let slug = incident.slug.as_str();
    if !incident.covers.messages.is_empty() {
        cover_named(work, slug).await?;
    }
    if !(incident.covers.batches.is_empty() && incident.covers.templates.is_empty()) {
        cover_written(work, slug).await?;
    }
    Ok(())
}

async fn covers_anything(work: &mut StoreTransaction) -> Result<bool, StoreError> {
    let found: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select cast(1 as bigint) from incident_covers limit 1")
            .fetch_optional(connection)
            .await?
    });
    Ok(found.is_some())
}

async fn write_covers(work: &mut StoreTransaction, incident: &Incident) -> Result<(), StoreError> {
    let always = (i64::MIN, i64::MAX);
    let covers = &incident.covers;
    let batches = covers.batches.iter().map(|batch| ("batch", batch.as_str(), always));
    let messages = covers.messages.iter().map(|message| ("message", message.as_str(), always));
    let templates = covers.templates.iter().map(|template| {
        ("template", template.name.as_str(), (template.from.micros(), template.until.micros()))
    });
    let slug = incident.slug.as_str();
    let rows = batches.chain(messages).chain(templates);
    let rows: Vec<_> = rows.map(|(sort, name, (from, until))| (sort, name, slug, from, until)).collect();
    let statement = "insert into incident_covers (sort, name, slug, sent_from, sent_until)
         select value ->> 0, value ->> 1, value ->> 2, cast(value ->> 3 as bigint), cast(value ->> 4 as bigint)
         from {rows} where true
         on conflict (sort, name, slug, sent_from) do update set sent_until = excluded.sent_until";
    execute_rows(work, statement, rows).await
}

/// Messages that are named are found by their ids.
async fn cover_named(work: &mut StoreTransaction, slug: &str) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into touched_messages (account_id, sent_at, message_id, slug)
             select account_id, sent_at, message_id, slug
             from incident_covers join message_ids on message_id = name
             where slug = $1 and sort = 'message' and deleted = 0
             on conflict (account_id, sent_at, message_id, slug) do nothing",
        )
        .bind(slug)
        .execute(connection)
        .await?;
    });
    Ok(())
}

/// Those of batches and templates are found by looking at every message once.
async fn cover_written(work: &mut StoreTransaction, slug: &str) -> Result<(), StoreError> {
    on_both!(work, |connection| {
        sqlx::query(
            "insert into touched_messages (account_id, sent_at, message_id, slug)
             select account_id, sent_at, message_id, cast($1 as text)
             from messages
             where exists (select 1 from incident_covers
                           where slug = $1 and sort = 'batch' and name = messages.batch)
                or exists (select 1 from incident_covers
                           where slug = $1 and sort = 'template' and name = messages.template
                             and messages.sent_at >= sent_from and messages.sent_at < sent_until)
             on conflict (account_id, sent_at, message_id, slug) do nothing",
        )
        .bind(slug)
        .execute(connection)
        .await?;
    });
    Ok(())
}
