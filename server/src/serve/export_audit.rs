use std::fmt::Write;

use app::kept_audit::KeptAudit;
use app::request::ClientAddress;
use axum::Form;
use axum::body::Body;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use store::{Act, Actor, AuditEntry, AuditNote, AuditPlace, AuditQuery, SessionKey, Store, StoreError};
use tower_sessions::Session;

use super::csv::line;
use crate::clock::now;
use crate::hexadecimal::hexadecimal;

/// Entries read and written out at once: some hundred KiB, however long the log is.
const ENTRIES_AT_ONCE: usize = 1_000;

#[derive(Debug, Deserialize)]
pub(super) struct ExportForm {
    format: Format,
}

/// How the entries are written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    /// A table that a spreadsheet opens.
    Csv,
    /// An object a line.
    Jsonl,
}

/// What an auditor's search finds, as a file that is written while it is read. That it is taken along is in the log
/// before anything of it is sent.
pub(super) async fn export_audit(
    State(store): State<Store>,
    session: Session,
    client: Option<Extension<ClientAddress>>,
    Form(form): Form<ExportForm>,
) -> Response {
    let Some(id) = session.id() else { return forbidden() };
    let key = SessionKey::of(id.0);
    let Ok(query) = KeptAudit::read(&session).await.query() else {
        return (StatusCode::BAD_REQUEST, "The search can't be read: correct it first.\n").into_response();
    };
    let account = query.account.clone();
    let note = |auditor: &store::SignedIn| {
        let note = AuditNote::new(now(), Actor::user(auditor), Act::AuditExported);
        let note = note.because(form.format.as_str()).from(client.map(|client| client.0.0));
        account.iter().fold(note, AuditNote::of_account)
    };
    match store.begin_audit_export(&key, note, now()).await {
        Ok(true) => form.format.file(Export { store, key, query, format: form.format, at: At::Start }),
        Ok(false) => forbidden(),
        Err(error) => {
            tracing::error!(%error, "an export of the audit log could not begin");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again.\n")
                .into_response()
        }
    }
}

fn forbidden() -> Response {
    (StatusCode::FORBIDDEN, "The audit log is for auditors who are signed in.\n").into_response()
}

/// Where an export is.
#[derive(Clone, Copy)]
enum At {
    Start,
    Before(AuditPlace),
    End,
}

struct Export {
    store: Store,
    key: SessionKey,
    query: AuditQuery,
    format: Format,
    at: At,
}

impl Export {
    /// The next part; `None` behind the last.
    async fn next(mut self) -> Result<Option<(String, Self)>, StoreError> {
        let (before, mut part) = match self.at {
            At::Start => (None, self.format.head()),
            At::Before(place) => (Some(place), String::new()),
            At::End => return Ok(None),
        };
        let page = self.store.read_audit(&self.key, &self.query, before, ENTRIES_AT_ONCE, now()).await?;
        // Who is no auditor any longer gets no more of it, and can tell that it is not whole.
        let page = page.ok_or(StoreError::Unreadable("session"))?;
        page.entries.iter().for_each(|entry| self.format.write(&mut part, entry));
        self.at = page.earlier.map_or(At::End, At::Before);
        Ok(Some((part, self)))
    }
}

const COLUMNS: [&str; 12] = [
    "sequence",
    "at",
    "actor_kind",
    "actor_id",
    "actor_role",
    "actor_name",
    "act",
    "account_id",
    "subject",
    "reason",
    "client",
    "hash",
];

impl Format {
    fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    fn file(self, export: Export) -> Response {
        let content_type = match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Jsonl => "application/x-ndjson",
        };
        let name = format!("attachment; filename=\"audit-log.{}\"", self.as_str());
        let name = HeaderValue::from_str(&name).expect("a file's name of ours is ASCII");
        let parts = futures_util::stream::try_unfold(export, Export::next);
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, Body::from_stream(parts)).into_response()
    }

    fn head(self) -> String {
        match self {
            Self::Csv => line(COLUMNS),
            Self::Jsonl => String::new(),
        }
    }

    fn write(self, part: &mut String, entry: &AuditEntry) {
        let hash = hexadecimal(&entry.hash);
        match self {
            Self::Csv => {
                let at = entry.time().to_string();
                let sequence = entry.sequence.to_string();
                let text = |text: &Option<String>| text.clone().unwrap_or_default();
                let cells = [
                    sequence,
                    at,
                    entry.actor_kind.clone(),
                    text(&entry.actor_id),
                    text(&entry.actor_role),
                    text(&entry.actor_name),
                    entry.act.clone(),
                    text(&entry.account_id),
                    text(&entry.subject),
                    text(&entry.reason),
                    text(&entry.client),
                    hash,
                ];
                part.push_str(&line(cells));
            }
            Self::Jsonl => {
                let object = json!({
                    "sequence": entry.sequence, "at": entry.time(), "actor_kind": entry.actor_kind,
                    "actor_id": entry.actor_id, "actor_role": entry.actor_role, "actor_name": entry.actor_name,
                    "act": entry.act, "account_id": entry.account_id, "subject": entry.subject,
                    "reason": entry.reason, "client": entry.client, "hash": hash,
                });
                writeln!(part, "{object}").expect("a String takes whatever is written");
            }
        }
    }
}
