use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use engine::{Account, Message, Transaction};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use store::{Handed, IDEMPOTENCY_KEY_BYTES_MAX, IdempotencyClaim, KeyId, Written};

use super::V1;
use super::answer::Answer;
use super::problem::Problem;
use super::read_lines::{Batch, Lines};
use super::record::Record;
use super::write_together::{NotWritten, Writer};

const NDJSON: &str = "application/x-ndjson";
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// A body under an Idempotency-Key is kept whole until its hash is known.
const HASHED_BYTES_MAX: usize = 8 << 20;
/// Lines after which parsing leaves the threads that answer others.
const LINES_APART_MIN: usize = 50;

/// Hands in accounts.
#[utoipa::path(
    post, path = "/v1/accounts", tag = "records", security(("ingest_key" = [])),
    params(super::document::IdempotencyKey),
    request_body(content((Account = "application/x-ndjson"), (Account = "application/json"))),
    responses(super::document::Taken),
)]
pub(super) async fn post_accounts(
    State(v1): State<V1>,
    Extension(key): Extension<KeyId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    take::<Account>(&v1.writer, key, &headers, body).await
}

/// Hands in transactions.
#[utoipa::path(
    post, path = "/v1/transactions", tag = "records", security(("ingest_key" = [])),
    params(super::document::IdempotencyKey),
    request_body(content((Transaction = "application/x-ndjson"), (Transaction = "application/json"))),
    responses(super::document::Taken),
)]
pub(super) async fn post_transactions(
    State(v1): State<V1>,
    Extension(key): Extension<KeyId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    take::<Transaction>(&v1.writer, key, &headers, body).await
}

/// Hands in messages.
#[utoipa::path(
    post, path = "/v1/messages", tag = "records", security(("ingest_key" = [])),
    params(super::document::IdempotencyKey),
    request_body(content((Message = "application/x-ndjson"), (Message = "application/json"))),
    responses(super::document::Taken),
)]
pub(super) async fn post_messages(
    State(v1): State<V1>,
    Extension(key): Extension<KeyId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    take::<Message>(&v1.writer, key, &headers, body).await
}

async fn take<R: Record>(
    writer: &Writer,
    key: KeyId,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let is_one = is_one_record(headers)?;
    let (claim, body) = claim_of(key, headers, body).await?;
    let mut lines = Lines::of(headers, body)?;
    if is_one {
        return take_one::<R>(writer, claim, &lines.whole().await?).await;
    }
    let mut answers = Vec::new();
    let mut claim = claim;
    let mut lines_done = 0;
    let mut parsed = parse_next::<R>(&mut lines).await?;
    while let Some(batch) = parsed {
        let last_line = batch.last().map_or(0, |line| line.number);
        let written = write(writer, claim.clone(), batch, &mut answers);
        let (written, next) = tokio::join!(written, parse_next::<R>(&mut lines));
        written.map_err(|problem| problem.after(lines_done))?;
        lines_done = last_line;
        claim = None;
        parsed = next.map_err(|problem| problem.after(lines_done))?;
    }
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON))], answers).into_response())
}

/// Whether the body is one record, and not a line for each.
fn is_one_record(headers: &HeaderMap) -> Result<bool, Problem> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    match sent.split(';').next().unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "application/json" => Ok(true),
        NDJSON | "application/ndjson" => Ok(false),
        _ => {
            let detail =
                format!("Content-Type is {NDJSON}, a record a line, or application/json, one record");
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body can't be read", detail))
        }
    }
}

/// The claim of the body where it is sent under an Idempotency-Key, and the body.
async fn claim_of(
    key: KeyId,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Option<IdempotencyClaim>, Body), Problem> {
    let Some(sent) = headers.get(IDEMPOTENCY_KEY) else { return Ok((None, body)) };
    let sent = sent.to_str().unwrap_or("").trim();
    if sent.is_empty()
        || sent.len() > IDEMPOTENCY_KEY_BYTES_MAX
        || !sent.bytes().all(|it| it.is_ascii_graphic())
    {
        let detail = format!(
            "Idempotency-Key is 1 to {IDEMPOTENCY_KEY_BYTES_MAX} letters, digits and signs: a UUID is good"
        );
        return Err(Problem::new(StatusCode::BAD_REQUEST, "the Idempotency-Key can't be taken", detail));
    }
    let body = to_bytes(body, HASHED_BYTES_MAX).await.map_err(|_| {
        let detail = format!(
            "under an Idempotency-Key a body is at most {} MiB as it is sent: send it in parts, or without one, for a \
             record sent again changes nothing",
            HASHED_BYTES_MAX >> 20
        );
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long", detail)
    })?;
    Ok((Some(IdempotencyClaim::new(key, sent, &body)), Body::from(body)))
}

/// A line that was read.
struct Parsed<R: Record> {
    number: u64,
    record: Result<(String, R::Ready), String>,
}

async fn parse_next<R: Record>(lines: &mut Lines) -> Result<Option<Vec<Parsed<R>>>, Problem> {
    let Some(batch) = lines.next().await? else { return Ok(None) };
    if batch.len() < LINES_APART_MIN {
        return Ok(Some(parse(batch)));
    }
    tokio::task::spawn_blocking(move || Some(parse(batch))).await.map_err(|error| {
        tracing::error!(%error, "lines could not be parsed");
        Problem::unavailable()
    })
}

fn parse<R: Record>(batch: Batch) -> Vec<Parsed<R>> {
    let parsed = batch.into_iter().map(|(number, line)| Parsed {
        number,
        record: match R::from_line(&line) {
            Ok(record) => Ok((record.id().to_owned(), record.into())),
            Err(error) => Err(error.to_string()),
        },
    });
    parsed.collect()
}

/// Writes lines, and adds what became of each.
async fn write<R: Record>(
    writer: &Writer,
    claim: Option<IdempotencyClaim>,
    batch: Vec<Parsed<R>>,
    answers: &mut Vec<u8>,
) -> Result<(), Problem> {
    let (mut places, mut records) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
    for Parsed { number, record } in batch {
        places.push((
            number,
            record.map(|(id, record)| {
                records.push(record);
                id
            }),
        ));
    }
    let mut written = if records.is_empty() && claim.is_none() {
        Vec::new()
    } else {
        taken(writer.write(Handed { claim, records: R::handed(records) }).await)?
    }
    .into_iter();
    for (number, read) in places {
        let answer = match read {
            Err(reason) => Answer::refused(Some(number), None, reason),
            Ok(id) => Answer::of(Some(number), id, &written.next().expect("each record is answered")),
        };
        serde_json::to_writer(&mut *answers, &answer).expect("an answer is JSON");
        answers.push(b'\n');
    }
    Ok(())
}

async fn take_one<R: Record>(
    writer: &Writer,
    claim: Option<IdempotencyClaim>,
    body: &[u8],
) -> Result<Response, Problem> {
    let answer = match R::from_line(body) {
        Err(error) => Answer::refused(None, None, error.to_string()),
        Ok(record) => {
            let id = record.id().to_owned();
            let written =
                taken(writer.write(Handed { claim, records: R::handed(vec![record.into()]) }).await)?;
            Answer::of(None, id, written.first().expect("each record is answered"))
        }
    };
    let status = if answer.is_refused() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Json(answer)).into_response())
}

fn taken(written: Result<Written, NotWritten>) -> Result<Vec<store::WrittenRecord>, Problem> {
    match written {
        Ok(Written::Taken(written)) => Ok(written),
        Ok(Written::OtherContent) => {
            let detail = "another body was sent under this Idempotency-Key, and nothing of this one was taken: each body \
                          needs a key of its own";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "the Idempotency-Key is used", detail))
        }
        Err(NotWritten) => Err(Problem::unavailable()),
    }
}
