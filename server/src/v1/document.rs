use std::collections::BTreeMap;
use std::sync::LazyLock;

use app::api_document::ApiDocument;
use axum::Json;
use axum::response::IntoResponse;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, Modify, OpenApi};

use super::answer::Answer;
use super::keep_heartbeat::Heartbeat;
use super::problem::Problem;

/// What `/v1` takes and answers, as OpenAPI 3.1 from the code.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Counterfoil: records of messages, transactions and accounts",
        description = "Records are handed in as NDJSON, one a line, in any order and as often as need be: a record sent \
                       again changes nothing, and the greatest revision stands. Nothing can be read.",
    ),
    paths(
        super::take_records::post_accounts,
        super::take_records::post_transactions,
        super::take_records::post_messages,
        super::keep_heartbeat::post_books,
    ),
    components(schemas(Answer, Problem, Heartbeat)),
    modifiers(&IngestKey),
    tags(
        (name = "records", description = "What the operator's systems know"),
        (name = "books", description = "How far the transactions are complete"),
    )
)]
struct Api;

/// The header under which a body is handed in once.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is for the document alone")]
pub(super) struct IdempotencyKey {
    /// A text of the sender's own, such as a UUID: another body under the same one is refused.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 72, pattern = "^[!-~]{1,72}$")]
    idempotency_key: Option<String>,
}

/// What is answered to records.
pub(super) struct Taken;

impl IntoResponses for Taken {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let done = "A line for each line that was not empty: what became of its record. Of one record in \
                    `application/json`, that alone";
        let refused = "The one record was refused, or the Idempotency-Key is another body's";
        let problems = [
            (
                "400",
                "The body can't be unpacked or was not sent whole, or the Idempotency-Key can't be taken",
            ),
            ("401", "There is no ingest key, or none that is good"),
            ("408", "The body came too slowly"),
            ("413", "The body is too long, has too many lines, or unpacks to too much"),
            ("415", "The body's type or packing is not known"),
            ("429", "The key sends requests too fast"),
            ("503", "The store did not answer"),
        ];
        let problems = problems.map(|(status, told)| (status.to_owned(), response(told, &[PROBLEM]).into()));
        let answers = [
            ("200".to_owned(), response(done, &[ANSWER_LINES, ANSWER]).into()),
            ("422".to_owned(), response(refused, &[ANSWER, PROBLEM]).into()),
        ];
        problems.into_iter().chain(answers).collect()
    }
}

/// A type of content, and the name of its schema.
type ContentKind = (&'static str, &'static str);

const ANSWER_LINES: ContentKind = ("application/x-ndjson", "Answer");
const ANSWER: ContentKind = ("application/json", "Answer");
const PROBLEM: ContentKind = ("application/problem+json", "Problem");

fn response(told: &str, kinds: &[ContentKind]) -> Response {
    let builder = ResponseBuilder::new().description(told);
    let add = |builder: ResponseBuilder, (kind, schema): &ContentKind| {
        builder.content(*kind, Content::new(Some(Ref::from_schema_name(*schema))))
    };
    kinds.iter().fold(builder, add).build()
}

struct IngestKey;

impl Modify for IngestKey {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An ingest key, which `counterfoil key add` makes"))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("ingest_key", SecurityScheme::Http(scheme));
    }
}

/// The document, put together when it is first asked for.
static DOCUMENT: LazyLock<Document> = LazyLock::new(Api::openapi);

/// The document, as far as its page shows it.
pub fn api_document() -> ApiDocument {
    let document = serde_json::to_value(&*DOCUMENT).expect("the document is JSON");
    serde_json::from_value(document).expect("the page knows the document's parts")
}

/// Gives the document.
pub(super) async fn get_document() -> impl IntoResponse {
    Json(&*DOCUMENT)
}
