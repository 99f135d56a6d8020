use std::collections::BTreeSet;

use engine::{HeldText, Instant, Likeness, Nearness, SentText, Shape, Verdict};

use crate::messages_since::read_messages_since;
use crate::read_incidents::read_notes;
use crate::read_summaries::read_summaries;
use crate::{AccountScope, IncidentNote, MessageSummary, Store, StoreError, StoreTransaction, on_both};

/// What is known of a text that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCompared {
    /// The account's message that it is, or that it is nearest to.
    pub like: Option<LikeMessage>,
    /// The published incidents whose messages it is like, whoever asks.
    pub incidents: Vec<IncidentNote>,
    /// Where its links lead to which no link of those incidents' messages does, as far as that is known.
    pub strange_hosts: BTreeSet<String>,
    /// The time of the earliest message that it was compared with, or could have been; `None` where there is none.
    pub since: Option<Instant>,
}

/// A message that is like a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeMessage {
    /// The message.
    pub message: MessageSummary,
    /// What became of its claim; `None` while it is not judged yet.
    pub verdict: Option<Verdict>,
    /// In what the text differs from it.
    pub likeness: Likeness,
}

#[derive(sqlx::FromRow)]
struct SentRow {
    sent_at: i64,
    message_id: String,
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

struct Near {
    nearness: Nearness,
    row: SentRow,
}

/// Read at once: some hundred kilobytes.
const ROWS_AT_ONCE: usize = 200;
/// Messages of one account that a text is compared with, the newest: decades of them.
const ROWS_MAX: usize = 50_000;
/// Those that are looked at word by word.
const NEAREST_MAX: usize = 5;

impl Store {
    /// Looks for a text among the messages of whoever asks, and among what published incidents' messages have in common.
    /// Without a scope, only the latter. Nothing of the text is kept.
    pub async fn compare_held(
        &self,
        held: &HeldText,
        scope: Option<&AccountScope>,
    ) -> Result<HeldCompared, StoreError> {
        let mut work = self.begin_jobs().await?;
        let (incidents, strange_hosts) = like_incidents(&mut work, held).await?;
        let begins = read_messages_since(&mut work).await?;
        drop(work);
        let Some(scope) = scope else {
            return Ok(HeldCompared { like: None, incidents, strange_hosts, since: begins });
        };
        let mut work = self.begin_scoped(scope.account()).await?;
        let (nearest, reached) = nearest(&mut work, scope, held).await?;
        let like = word_by_word(&mut work, scope, held, nearest).await?;
        Ok(HeldCompared { like, incidents, strange_hosts, since: reached.or(begins) })
    }
}

/// The nearest messages; and, where not all were looked at, how far back.
async fn nearest(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    held: &HeldText,
) -> Result<(Vec<Near>, Option<Instant>), StoreError> {
    let mut nearest: Vec<Near> = Vec::new();
    let mut place = (i64::MAX, String::new());
    for _ in 0..ROWS_MAX / ROWS_AT_ONCE {
        let rows = rows_before(work, scope, &place).await?;
        let is_last = rows.len() < ROWS_AT_ONCE;
        if let Some(last) = rows.last() {
            place = (last.sent_at, last.message_id.clone());
        }
        let near =
            rows.into_iter().filter_map(|row| Some(Near { nearness: held.nearness(row.sent())?, row }));
        nearest.extend(near);
        // Stable: of equally near ones the newest is meant.
        nearest.sort_by_key(|near| std::cmp::Reverse(near.nearness));
        nearest.truncate(NEAREST_MAX);
        if is_last {
            return Ok((nearest, None));
        }
    }
    Ok((nearest, Some(Instant::from_micros(place.0))))
}

async fn rows_before(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    (sent_at, message_id): &(i64, String),
) -> Result<Vec<SentRow>, StoreError> {
    Ok(on_both!(work, |connection| {
        sqlx::query_as(scope.written::<Driver>(
            "select sent_at, message_id, subject, text, html from {messages}
             where account_id = $1 and (sent_at, message_id) < ($4, $5)
             order by account_id desc, sent_at desc, message_id desc limit $6",
            1,
        ))
        .bind(scope.account().as_str())
        .bind(scope.recipients())
        .bind(scope.lines())
        .bind(sent_at)
        .bind(message_id)
        .bind(i64::try_from(ROWS_AT_ONCE).expect("it is small"))
        .fetch_all(connection)
        .await?
    }))
}

/// Of the nearest messages the one with the fewest changes.
async fn word_by_word(
    work: &mut StoreTransaction,
    scope: &AccountScope,
    held: &HeldText,
    nearest: Vec<Near>,
) -> Result<Option<LikeMessage>, StoreError> {
    let compared = nearest.into_iter().map(|near| (held.likeness(near.row.sent()), near.row));
    let Some((likeness, row)) = compared.min_by_key(|(likeness, _)| likeness.changes.len()) else {
        return Ok(None);
    };
    let key = [(row.sent_at, row.message_id.as_str())];
    let message = read_summaries(work, scope, key).await?.remove(&row.message_id);
    let message = message.ok_or(StoreError::Unreadable("message"))?;
    let verdict: Option<Option<String>> = on_both!(work, |connection| {
        sqlx::query_scalar("select verdict from history where account_id = $1 and at = $2 and entry_id = $3")
            .bind(scope.account().as_str())
            .bind(row.sent_at)
            .bind(format!("m:{}", row.message_id))
            .fetch_optional(connection)
            .await?
    });
    let verdict = verdict.flatten().map(|verdict| verdict.parse());
    let verdict = verdict.transpose().map_err(|_| StoreError::Unreadable("entry of a history"))?;
    Ok(Some(LikeMessage { message, verdict, likeness }))
}

/// The incidents whose messages a text is like; and its links that are like none of theirs.
async fn like_incidents(
    work: &mut StoreTransaction,
    held: &HeldText,
) -> Result<(Vec<IncidentNote>, BTreeSet<String>), StoreError> {
    let shapes: Vec<(String, String)> = on_both!(&mut *work, |connection| {
        sqlx::query_as("select slug, shape from incident_shapes order by slug, place")
            .fetch_all(connection)
            .await?
    });
    let mut slugs: Vec<String> = Vec::new();
    let mut strange: Option<BTreeSet<String>> = None;
    for (slug, shape) in shapes {
        let shape: Shape = serde_json::from_str(&shape).map_err(|_| StoreError::Unreadable("incident"))?;
        if held.is_like(&shape) {
            let hosts = held.strange_to(&shape);
            // What one of them leads to is strange to none.
            strange = Some(strange.map_or_else(|| hosts.clone(), |strange| &strange & &hosts));
            slugs.push(slug);
        }
    }
    Ok((read_notes(work, slugs.iter().map(String::as_str)).await?, strange.unwrap_or_default()))
}

impl SentRow {
    fn sent(&self) -> SentText<'_> {
        SentText { subject: self.subject.as_deref(), text: self.text.as_deref(), html: self.html.as_deref() }
    }
}
