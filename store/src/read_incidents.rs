use engine::{Instant, Slug};

use crate::dialect::Dialect;
use crate::json_list::json_list;
use crate::{
    AccountIncidents, AccountScope, IncidentNote, IncidentView, Store, StoreError, StoreTransaction, on_both,
};

#[derive(sqlx::FromRow)]
struct IncidentRow {
    slug: String,
    revision: i64,
    began_at: i64,
    published_at: i64,
    kept_at: i64,
    withdrawn_at: Option<i64>,
    said: String,
    messages_touched: i64,
    accounts_touched: i64,
    accounts_disclosed: i64,
}

/// A page and a feed of them: who published more than these has other worries.
const INCIDENTS_MAX: i64 = 100;

impl Store {
    /// What is published, the newest first. It is for everybody.
    pub async fn read_incidents(&self) -> Result<Vec<IncidentView>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let rows: Vec<IncidentRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select slug, revision, began_at, published_at, kept_at, withdrawn_at, said, messages_touched,
                        accounts_touched, accounts_disclosed
                 from incidents where state = 'published' order by published_at desc, slug limit $1",
            )
            .bind(INCIDENTS_MAX)
            .fetch_all(connection)
            .await?
        });
        rows.into_iter().map(IncidentRow::into_view).collect()
    }

    /// An incident as it stands, also where it was taken back; `None` for one that was never published.
    pub async fn read_incident(&self, slug: &Slug) -> Result<Option<IncidentView>, StoreError> {
        let mut work = self.begin_jobs().await?;
        let row: Option<IncidentRow> = on_both!(&mut work, |connection| {
            sqlx::query_as(
                "select slug, revision, began_at, published_at, kept_at, withdrawn_at, said, messages_touched,
                        accounts_touched, accounts_disclosed
                 from incidents where slug = $1 order by revision desc limit 1",
            )
            .bind(slug.as_str())
            .fetch_optional(connection)
            .await?
        });
        row.map(IncidentRow::into_view).transpose()
    }

    /// The incidents of an account: those by which messages were sent to it since a moment, and those by which others saw
    /// identifiers of it.
    pub async fn read_account_incidents(
        &self,
        scope: &AccountScope,
        since: Instant,
    ) -> Result<AccountIncidents, StoreError> {
        let mut work = self.begin_scoped(scope.account()).await?;
        let touched: Vec<(String, i64)> = on_both!(&mut work, |connection| {
            sqlx::query_as(scope.written::<Driver>(
                "select slug, count(*) from touched_messages
                 join {messages} on messages.account_id = touched_messages.account_id
                              and messages.sent_at = touched_messages.sent_at
                              and messages.message_id = touched_messages.message_id
                 where touched_messages.account_id = $1 and touched_messages.sent_at >= $4
                 group by slug",
                1,
            ))
            .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
            .bind(since.micros())
            .fetch_all(connection)
            .await?
        });
        let disclosed: Vec<String> = on_both!(&mut work, |connection| {
            sqlx::query_scalar("select slug from disclosed_accounts where account_id = $1")
                .bind(scope.account().as_str())
                .fetch_all(connection)
                .await?
        });
        // Whose details they were is the holder's to know.
        let disclosed = if scope.is_members() { Vec::new() } else { disclosed };
        let slugs = touched.iter().map(|(slug, _)| slug.as_str()).chain(disclosed.iter().map(String::as_str));
        let notes = read_notes(&mut work, slugs).await?;
        let count =
            |slug: &str| touched.iter().find(|(of, _)| of == slug).map(|(_, count)| count.unsigned_abs());
        let note = |note: &IncidentNote| note.slug.as_str().to_owned();
        Ok(AccountIncidents {
            by_mistake: notes.iter().filter_map(|it| Some((it.clone(), count(&note(it))?))).collect(),
            disclosed: notes.iter().filter(|it| disclosed.contains(&note(it))).cloned().collect(),
        })
    }
}

/// The incident by which one of an account's messages was sent, if it was by mistake.
pub(crate) async fn read_mistake(
    work: &mut StoreTransaction,
    account: &str,
    (sent_at, id): (i64, &str),
) -> Result<Option<IncidentNote>, StoreError> {
    let slugs: Vec<String> = on_both!(&mut *work, |connection| {
        sqlx::query_scalar(
            "select slug from touched_messages where account_id = $1 and sent_at = $2 and message_id = $3
             order by slug limit 1",
        )
        .bind(account)
        .bind(sent_at)
        .bind(id)
        .fetch_all(connection)
        .await?
    });
    Ok(read_notes(work, slugs.iter().map(String::as_str)).await?.pop())
}

/// Published incidents by their slugs, the newest first.
pub(crate) async fn read_notes<'a>(
    work: &mut StoreTransaction,
    slugs: impl Iterator<Item = &'a str>,
) -> Result<Vec<IncidentNote>, StoreError> {
    let slugs: Vec<&str> = slugs.collect();
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(String, String)> = on_both!(work, |connection| {
        sqlx::query_as(Driver::written(
            "select slug, said from incidents where slug in ({texts}) and state = 'published'
             order by published_at desc, slug",
        ))
        .bind(json_list(slugs))
        .fetch_all(connection)
        .await?
    });
    let note = |(slug, said): (String, String)| {
        Some(IncidentNote { slug: slug.parse().ok()?, said: serde_json::from_str(&said).ok()? })
    };
    rows.into_iter().map(|row| note(row).ok_or(StoreError::Unreadable("incident"))).collect()
}

impl IncidentRow {
    fn into_view(self) -> Result<IncidentView, StoreError> {
        self.read().ok_or(StoreError::Unreadable("incident"))
    }

    fn read(self) -> Option<IncidentView> {
        Some(IncidentView {
            slug: self.slug.parse().ok()?,
            revision: self.revision,
            began_at: Instant::from_micros(self.began_at),
            published_at: Instant::from_micros(self.published_at),
            kept_at: Instant::from_micros(self.kept_at),
            withdrawn_at: self.withdrawn_at.map(Instant::from_micros),
            said: serde_json::from_str(&self.said).ok()?,
            messages_touched: self.messages_touched.unsigned_abs(),
            accounts_touched: self.accounts_touched.unsigned_abs(),
            accounts_disclosed: self.accounts_disclosed.unsigned_abs(),
        })
    }
}
