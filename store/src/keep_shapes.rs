use std::collections::BTreeMap;

use engine::{CommonText, MergeValue, Slug, common_shapes, visible_text};

use crate::execute_rows::execute_rows;
use crate::record_rows::account_of_record;
use crate::{StoreError, StoreTransaction, on_both};

/// Enough accounts to see what their messages have in common, of each template and language.
const SAMPLE_MAX: i64 = 240;

#[derive(sqlx::FromRow)]
struct SampleRow {
    account_id: String,
    record: String,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    data: String,
}

/// Keeps what an incident's messages have in common, by which a text is known that somebody holds without an account.
pub(crate) async fn keep_shapes(work: &mut StoreTransaction, slug: &Slug) -> Result<(), StoreError> {
    let rows: Vec<SampleRow> = on_both!(&mut *work, |connection| {
        sqlx::query_as(
            "select messages.account_id, accounts.record, subject, text, html, data
             from (select account_id, min(sent_at) as sent_at, min(message_id) as message_id
                   from touched_messages where slug = $1 and account_id <> ''
                   group by account_id, sent_at
                   order by account_id, sent_at limit $2) as sample
             join messages on messages.account_id = sample.account_id and messages.sent_at = sample.sent_at
                          and messages.message_id = sample.message_id
             join accounts on accounts.account_id = messages.account_id",
        )
        .bind(slug.as_str())
        .bind(SAMPLE_MAX)
        .fetch_all(connection)
        .await?
    });
    let texts = rows.iter().map(SampleRow::read).collect::<Result<Vec<_>, _>>()?;
    let shapes = common_shapes(&texts);
    let rows: Vec<_> = shapes
        .iter()
        .enumerate()
        .map(|(place, shape)| {
            (slug.as_str(), place, serde_json::to_string(shape).expect("integers are JSON"))
        })
        .collect();
    let statement = "insert into incident_shapes (slug, place, shape)
         select value ->> 0, cast(value ->> 1 as bigint), value ->> 2 from {rows}";
    execute_rows(work, statement, rows).await
}

impl SampleRow {
    fn read(&self) -> Result<CommonText<'_>, StoreError> {
        let seen = self.text.clone().filter(|text| !text.trim().is_empty());
        let seen = seen.or_else(|| self.html.as_deref().map(visible_text)).unwrap_or_default();
        let text = format!("{}\n{seen}", self.subject.as_deref().unwrap_or_default());
        let html = self.html.as_deref();
        Ok(CommonText { account: &self.account_id, text, html, personal: self.personal()? })
    }

    /// The names of the account's people, and what was merged in.
    fn personal(&self) -> Result<Vec<String>, StoreError> {
        let merged: BTreeMap<String, MergeValue> =
            serde_json::from_str(&self.data).map_err(|_| StoreError::Unreadable("message"))?;
        let mut personal: Vec<String> = merged
            .into_values()
            .filter_map(|value| match value {
                MergeValue::Text(text) => Some(text),
                MergeValue::Other(_) => None,
            })
            .collect();
        let account = account_of_record(&self.record)?;
        personal.extend(account.name);
        personal.extend(account.members.into_iter().filter_map(|member| member.name));
        Ok(personal)
    }
}
