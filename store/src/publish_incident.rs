use std::collections::BTreeSet;

use engine::{AccountId, BatchName, Incident, Instant, MessageId, Slug, TemplateName};

use crate::append_audit::append_audit;
use crate::cover_messages::cover_all;
use crate::dialect::Dialect;
use crate::execute_rows::execute_rows;
use crate::json_list::json_list;
use crate::keep_shapes::keep_shapes;
use crate::{Act, Actor, AuditNote, IncidentView, Store, StoreError, StoreTransaction, on_both};

/// Why an incident is not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishIncidentError {
    /// The same or a later revision was said already.
    #[error("revision {known} of {slug} was published already: give a correction revision {}", known + 1)]
    Known {
        /// The incident.
        slug: Slug,
        /// The latest revision.
        known: i64,
    },
    /// What is to come is not made known.
    #[error("published_at is {0}, and that is yet to come: give the time at which it is made known")]
    Future(Instant),
    /// A batch of which there is no message.
    #[error("there is no message of the batch `{0}`: look how it is spelt, or import its messages first")]
    BatchUnknown(BatchName),
    /// A template of which no message was sent in its span.
    #[error(
        "no message of the template `{0}` was sent in its span: look how it is spelt and at the times, or import its messages first"
    )]
    TemplateUnknown(TemplateName),
    /// A message that is not known.
    #[error("the message {0} is not known: look how it is spelt, or import it first")]
    MessageUnknown(MessageId),
    /// An account that is not known.
    #[error("the account {0} is not known: look how it is spelt, or import it first")]
    AccountUnknown(AccountId),
    /// It is said to have been made known before its first message was sent.
    #[error(
        "published_at is {published_at}, and its first message was sent at {first}: correct one of them, or what it covers"
    )]
    BeganLater {
        /// When it is said to have been made known.
        published_at: Instant,
        /// When the first message was sent.
        first: Instant,
    },
    /// There is no such incident to be taken back.
    #[error("no incident {0} is published: `counterfoil incident list` lists them")]
    NotPublished(Slug),
    /// The store did not answer as expected.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How many messages and accounts an incident touched, and since when.
#[derive(sqlx::FromRow)]
struct TouchedRow {
    messages: i64,
    accounts: i64,
    first: Option<i64>,
}

impl Store {
    /// Publishes an incident, or a correction of one, with its audit entry: from then on its messages are known as sent by
    /// mistake, those that come later too. It looks at each message once, where batches or templates are covered.
    pub async fn publish_incident(
        &self,
        incident: &Incident,
        now: Instant,
    ) -> Result<IncidentView, PublishIncidentError> {
        if incident.published_at > now {
            return Err(PublishIncidentError::Future(incident.published_at));
        }
        // Not while messages come in: none is left out.
        let mut work = self.write_bulk().await?;
        refuse_known(&mut work, incident).await?;
        refuse_unknown_accounts(&mut work, &incident.disclosed).await?;
        take_back(&mut work, &incident.slug, "superseded", None).await?;
        cover_all(&mut work, incident).await?;
        refuse_unknown_covers(&mut work, incident).await?;
        keep_disclosed(&mut work, incident).await?;
        keep_shapes(&mut work, &incident.slug).await?;
        let touched = count_touched(&mut work, &incident.slug).await?;
        let view = view_of(incident, &touched, now)?;
        insert(&mut work, &view).await?;
        let note = AuditNote::new(now, Actor::command("incident publish"), Act::IncidentPublished);
        let note = note.to(incident.slug.as_str()).because(format!("revision {}", incident.revision));
        append_audit(&mut work, note).await?;
        work.commit().await?;
        Ok(view)
    }

    /// Takes an incident back, with its audit entry: its messages are no longer said to have been sent by mistake.
    pub async fn withdraw_incident(&self, slug: &Slug, now: Instant) -> Result<(), PublishIncidentError> {
        let mut work = self.write_bulk().await?;
        if take_back(&mut work, slug, "withdrawn", Some(now)).await? == 0 {
            return Err(PublishIncidentError::NotPublished(slug.clone()));
        }
        let note = AuditNote::new(now, Actor::command("incident withdraw"), Act::IncidentWithdrawn);
        append_audit(&mut work, note.to(slug.as_str())).await?;
        work.commit().await?;
        Ok(())
    }
}

fn view_of(
    incident: &Incident,
    touched: &TouchedRow,
    now: Instant,
) -> Result<IncidentView, PublishIncidentError> {
    let first = touched.first.map(Instant::from_micros);
    let began_at = incident.began_at.or(first).unwrap_or(incident.published_at);
    if began_at > incident.published_at {
        let published_at = incident.published_at;
        return Err(PublishIncidentError::BeganLater { published_at, first: began_at });
    }
    Ok(IncidentView {
        slug: incident.slug.clone(),
        revision: incident.revision,
        began_at,
        published_at: incident.published_at,
        kept_at: now,
        withdrawn_at: None,
        said: incident.said.clone(),
        messages_touched: touched.messages.unsigned_abs(),
        accounts_touched: touched.accounts.unsigned_abs(),
        accounts_disclosed: incident.disclosed.iter().collect::<BTreeSet<_>>().len() as u64,
    })
}

async fn refuse_known(work: &mut StoreTransaction, incident: &Incident) -> Result<(), PublishIncidentError> {
    let known: Option<i64> = on_both!(work, |connection| {
        sqlx::query_scalar("select max(revision) from incidents where slug = $1")
            .bind(incident.slug.as_str())
            .fetch_one(connection)
            .await
            .map_err(StoreError::from)?
    });
    match known.filter(|known| *known >= incident.revision) {
        Some(known) => Err(PublishIncidentError::Known { slug: incident.slug.clone(), known }),
        None => Ok(()),
    }
}

async fn refuse_unknown_accounts(
    work: &mut StoreTransaction,
    accounts: &[AccountId],
) -> Result<(), PublishIncidentError> {
    let known: Vec<String> = on_both!(work, |connection| {
        sqlx::query_scalar(Driver::written(
            "select account_id from accounts where deleted = 0 and account_id in ({texts})",
        ))
        .bind(json_list(accounts))
        .fetch_all(connection)
        .await
        .map_err(StoreError::from)?
    });
    let known: BTreeSet<String> = known.into_iter().collect();
    match accounts.iter().find(|account| !known.contains(account.as_str())) {
        Some(account) => Err(PublishIncidentError::AccountUnknown(account.clone())),
        None => Ok(()),
    }
}

/// A cover that holds no message is most likely spelt wrong, and those whom it touched would not be told.
async fn refuse_unknown_covers(
    work: &mut StoreTransaction,
    incident: &Incident,
) -> Result<(), PublishIncidentError> {
    let empty: Option<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(
            "select sort, name from incident_covers
             where slug = $1
               and not exists (select 1 from message_ids
                               where sort = 'message' and message_id = name and deleted = 0)
               and not exists (select 1 from touched_messages
                               join messages on messages.account_id = touched_messages.account_id
                                            and messages.sent_at = touched_messages.sent_at
                                            and messages.message_id = touched_messages.message_id
                               where touched_messages.slug = $1
                                 and messages.sent_at >= sent_from and messages.sent_at < sent_until
                                 and ((sort = 'batch' and messages.batch = name)
                                      or (sort = 'template' and messages.template = name)))
             limit 1",
        )
        .bind(incident.slug.as_str())
        .fetch_optional(connection)
        .await
        .map_err(StoreError::from)?
    });
    let Some((sort, name)) = empty else { return Ok(()) };
    let covers = &incident.covers;
    let batch = covers.batches.iter().find(|batch| sort == "batch" && batch.as_str() == name);
    let template =
        covers.templates.iter().find(|template| sort == "template" && template.name.as_str() == name);
    let message = covers.messages.iter().find(|message| sort == "message" && message.as_str() == name);
    Err(match (batch, template, message) {
        (Some(batch), _, _) => PublishIncidentError::BatchUnknown(batch.clone()),
        (_, Some(template), _) => PublishIncidentError::TemplateUnknown(template.name.clone()),
        (_, _, Some(message)) => PublishIncidentError::MessageUnknown(message.clone()),
        (None, None, None) => StoreError::Unreadable("incident").into(),
    })
}

/// Takes away what is published of an incident, all but what was said; how many revisions stood, 0 or 1.
async fn take_back(
    work: &mut StoreTransaction,
    slug: &Slug,
    state: &'static str,
    withdrawn_at: Option<Instant>,
) -> Result<u64, StoreError> {
    on_both!(work, |connection| {
        for statement in [
            "delete from incident_covers where slug = $1",
            "delete from touched_messages where slug = $1",
            "delete from disclosed_accounts where slug = $1",
            "delete from incident_shapes where slug = $1",
        ] {
            sqlx::query(statement).bind(slug.as_str()).execute(&mut *connection).await?;
        }
        let stood = sqlx::query(
            "update incidents set state = $2, withdrawn_at = $3 where slug = $1 and state = 'published'",
        );
        let stood = stood.bind(slug.as_str()).bind(state).bind(withdrawn_at.map(Instant::micros));
        Ok(stood.execute(connection).await?.rows_affected())
    })
}

async fn keep_disclosed(work: &mut StoreTransaction, incident: &Incident) -> Result<(), StoreError> {
    let accounts: BTreeSet<&AccountId> = incident.disclosed.iter().collect();
    let slug = incident.slug.as_str();
    let rows: Vec<_> = accounts.into_iter().map(|account| (account, slug)).collect();
    let statement =
        "insert into disclosed_accounts (account_id, slug) select value ->> 0, value ->> 1 from {rows}";
    execute_rows(work, statement, rows).await
}

async fn count_touched(work: &mut StoreTransaction, slug: &Slug) -> Result<TouchedRow, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_as(
            "select count(*) as messages, count(distinct nullif(account_id, '')) as accounts, min(sent_at) as first
             from touched_messages where slug = $1",
        )
        .bind(slug.as_str())
        .fetch_one(connection)
        .await?
    }))
}

async fn insert(work: &mut StoreTransaction, view: &IncidentView) -> Result<(), StoreError> {
    let count = |count: u64| i64::try_from(count).expect("rows are counted within 63 bits");
    on_both!(work, |connection| {
        sqlx::query(
            "insert into incidents (slug, revision, state, began_at, published_at, kept_at, withdrawn_at, said,
                                    messages_touched, accounts_touched, accounts_disclosed)
             values ($1, $2, 'published', $3, $4, $5, null, $6, $7, $8, $9)",
        )
        .bind(view.slug.as_str())
        .bind(view.revision)
        .bind(view.began_at.micros())
        .bind(view.published_at.micros())
        .bind(view.kept_at.micros())
        .bind(serde_json::to_string(&view.said).expect("texts are JSON"))
        .bind(count(view.messages_touched))
        .bind(count(view.accounts_touched))
        .bind(count(view.accounts_disclosed))
        .execute(connection)
        .await?;
    });
    Ok(())
}
