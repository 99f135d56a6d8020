use std::collections::BTreeMap;

use engine::{Instant, excerpt};

use crate::json_list::json_list;
use crate::{AccountScope, MessageSummary, StoreError, StoreTransaction, on_both};

/// Summaries of messages by their ids.
pub(crate) type Summaries = BTreeMap<String, MessageSummary>;

#[derive(sqlx::FromRow)]
struct SummaryRow {
    account_id: String,
    message_id: String,
    sent_at: i64,
    channel: String,
    subject: Option<String>,
    template: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

/// Some three lines of a page.
const EXCERPT_CHARS_MAX: usize = 280;

/// Summaries of the account's messages of these times and ids; none stands for one that is no more.
///
/// Of a long text only as much is read as an excerpt may need: white space folds, and HTML begins with what nobody sees.
pub(crate) async fn read_summaries<'a>(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    keys: impl IntoIterator<Item = (i64, &'a str)>,
) -> Result<Summaries, StoreError> {
    let keys: Vec<(i64, &str)> = keys.into_iter().collect();
    if keys.is_empty() {
        return Ok(Summaries::new());
    }
    let rows: Vec<SummaryRow> = on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select account_id, message_id, sent_at, channel, subject, template, substr(text, 1, 2048) as text,
                    case when text is null or trim(text) = '' then substr(html, 1, 65536) end as html
             from (select distinct cast(value ->> 0 as bigint) as at, value ->> 1 as id from {rows}) as wanted
             join {messages} on account_id = $2 and sent_at = wanted.at and message_id = wanted.id",
            2,
        ))
        .bind(json_list(keys))
        .bind(scope.account().as_str())
            .bind(scope.recipients())
            .bind(scope.lines())
        .fetch_all(connection)
        .await?
    });
    rows.into_iter().map(|row| Ok((row.message_id.clone(), row.into_summary()?))).collect()
}

impl SummaryRow {
    fn into_summary(self) -> Result<MessageSummary, StoreError> {
        self.read().ok_or(StoreError::Unreadable("message"))
    }

    fn read(self) -> Option<MessageSummary> {
        Some(MessageSummary {
            owner: self.account_id.parse().ok()?,
            id: self.message_id.parse().ok()?,
            channel: self.channel.parse().ok()?,
            subject: self.subject,
            excerpt: excerpt(self.text.as_deref(), self.html.as_deref(), EXCERPT_CHARS_MAX),
            sent_at: Instant::from_micros(self.sent_at),
            template: self.template.map(|name| name.parse()).transpose().ok()?,
        })
    }
}
