//! What the operator's systems hand in over /v1.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use engine::{Instant, MessageId, Span};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use server::catalogue::{learn_again, publish_catalogue};
use server::import_feed::judge_waiting;
use store::{PublishedCatalogue, Store};

use crate::feed::{Feed, Found, as_of, assert_same};
use crate::house::{House, serve};
use crate::place::{Place, on_both_databases};

/// A server that takes records, and a system that has a key for it.
struct Intake {
    store: Store,
    client: Client,
    address: SocketAddr,
    key: String,
}

pub const NDJSON: &str = "application/x-ndjson";

impl Intake {
    async fn open(place: &Place) -> Self {
        let store = place.store().await;
        let (address, _site) = serve(store.clone()).await;
        let key = key(&store, Span::days(1)).await;
        let client = Client::builder().no_proxy().build().unwrap();
        Self { store, client, address, key }
    }

    fn request(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("http://{}{path}", self.address)).bearer_auth(&self.key)
    }

    fn lines(&self, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.request(path).header("content-type", NDJSON).body(body)
    }

    /// Hands in lines; what became of each.
    async fn hand_in(&self, path: &str, lines: &[String]) -> Vec<Value> {
        let (status, answer) = send(self.lines(path, lines.join("\n"))).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Judges what is left to be judged, as the server's jobs do.
    async fn settle(&self) {
        judge_waiting(&self.store, as_of()).await.unwrap();
        if learn_again(&self.store, as_of()).await.unwrap() {
            judge_waiting(&self.store, as_of()).await.unwrap();
        }
    }
}

/// A key that is good for so long, from the machine's present on.
pub async fn key(store: &Store, good_for: Span) -> String {
    let present = server::clock::now();
    store.add_ingest_key("billing", present.plus(good_for), present).await.unwrap().reveal()
}

async fn send(request: RequestBuilder) -> (StatusCode, String) {
    let response = request.send().await.expect("the server answers");
    (response.status(), response.text().await.unwrap())
}

/// What is wrong, by a problem's answer.
fn detail(answer: &str) -> String {
    let problem: Value = serde_json::from_str(answer).unwrap_or_else(|_| panic!("a problem: {answer}"));
    problem["detail"].as_str().unwrap().to_owned()
}

fn account(id: &str) -> String {
    json!({ "id": id, "phones": ["+12065550123"] }).to_string()
}

on_both_databases!(however_records_come_their_verdicts_are_those_of_a_match, |place| {
    const WRITERS: usize = 8;
    const LINES_MAX: usize = 40;
    let feed = Feed::small();
    let folder = place.path("feed");
    feed.write(&folder);
    let intake = Arc::new(Intake::open(place).await);
    let templates = Some(feed.templates().to_owned());
    publish_catalogue(&intake.store, &PublishedCatalogue { templates, rules: None }).await.unwrap();
    let shuffled = feed.shuffled();
    let kinds = [
        ("/v1/messages", &shuffled.messages),
        ("/v1/transactions", &shuffled.transactions),
        ("/v1/accounts", &shuffled.accounts),
    ];
    let mut requests: Vec<(&str, Vec<String>)> = Vec::new();
    for (path, lines) in kinds {
        // Requests of one line to forty, and a third of the lines twice.
        let again: Vec<String> = lines.iter().step_by(3).cloned().collect();
        let mut rest = [lines.as_slice(), &again].concat();
        while !rest.is_empty() {
            let count = (1 + requests.len() * 7 % LINES_MAX).min(rest.len());
            requests.push((path, rest.drain(..count).collect()));
        }
    }
    // The kinds come in turns, and eight write at once.
    let turns: Vec<usize> = (0..requests.len()).map(|place| place * 37 % requests.len()).collect();
    assert!(!requests.len().is_multiple_of(37), "every request has its turn");
    let requests = Arc::new(requests);
    let writers = (0..WRITERS).map(|writer| {
        let (intake, requests, turns) = (Arc::clone(&intake), Arc::clone(&requests), turns.clone());
        tokio::spawn(async move {
            for turn in turns.into_iter().skip(writer).step_by(WRITERS) {
                let (path, lines) = &requests[turn];
                for answer in intake.hand_in(path, lines).await {
                    assert!(answer["outcome"] != "refused", "{answer}");
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    intake.settle().await;
    assert_same(&Found::in_store(place), &Found::by_match(place, &folder), "over /v1");
});

on_both_databases!(each_line_is_answered, |place| {
    let intake = Intake::open(place).await;
    let accounts = [account("A-1"), "{".to_owned(), String::new(), account("A-2").replace("phones", "fones")];
    let answers = intake.hand_in("/v1/accounts", &accounts).await;
    assert_eq!(answers[0], json!({ "line": 1, "id": "A-1", "outcome": "new" }));
    assert_eq!((&answers[1]["line"], &answers[1]["outcome"]), (&json!(2), &json!("refused")));
    assert!(answers[2]["reason"].as_str().unwrap().contains("unknown field `fones`"), "{}", answers[2]);
    assert_eq!(answers[2]["line"], json!(4), "an empty line is counted");

    let paid = |revision: u32, reference: &str| {
        json!({ "id": "T-1", "account": "A-1", "kind": "payment.received", "occurred_at": "2026-03-01T10:00:00Z",
                "references": [reference], "revision": revision })
        .to_string()
    };
    let answers =
        intake.hand_in("/v1/transactions", &[paid(3, "PAY-3"), paid(1, "PAY-1"), paid(3, "PAY-4")]).await;
    let outcomes: Vec<&Value> = answers.iter().map(|answer| &answer["outcome"]).collect();
    assert_eq!(outcomes, ["new", "superseded", "refused"]);
    assert!(answers[1]["reason"].as_str().unwrap().contains("revision 3 is known"), "{}", answers[1]);
    intake.settle().await;

    let sent = |id: &str| {
        json!({ "id": id, "account": "A-1", "channel": "sms", "recipient": "+12065550123", "sent_at": "2026-03-01T10:05:00Z",
                "text": "We received your payment. Reference PAY-3." })
    };
    intake.hand_in("/v1/messages", &[sent("M-0").to_string()]).await;
    let one = intake.request("/v1/messages").header("content-type", "application/json");
    let (status, answer) = send(one.body(serde_json::to_string_pretty(&sent("M-1")).unwrap())).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let ids: [MessageId; 1] = ["M-1".parse().unwrap()];
    let number = intake.store.counterfoil_numbers_of(&ids).await.unwrap()[0].unwrap().to_string();
    assert_eq!(answer, json!({ "id": "M-1", "outcome": "new", "verdict": "duplicate", "number": number }));
    let one = intake.request("/v1/messages").header("content-type", "application/json").body("{}");
    assert_eq!(send(one).await.0, StatusCode::UNPROCESSABLE_ENTITY);
});

on_both_databases!(a_message_s_number_is_answered_and_found, |place| {
    let house = House::open(place).await;
    let intake = Intake::open(place).await;
    let account = &house.touched.customer.account;
    let sent = |fields: Value| {
        let mut message = json!({ "id": "M-OF-V1", "account": account, "channel": "sms", "recipient": "+12065550123",
            "sent_at": "2026-03-01T10:05:00Z", "text": "Our shop is open till nine." });
        message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        message.to_string()
    };
    let delivered =
        json!({ "revision": 2, "delivery": [{ "state": "delivered", "at": "2026-03-01T10:05:03Z" }] });
    let lines = [
        sent(json!({})),
        sent(json!({})),
        sent(delivered),
        sent(json!({ "revision": 1 })),
        sent(json!({ "revision": 2, "text": "Our shop is closed." })),
        sent(json!({ "id": "M-OF-V1-TOO" })),
    ];
    let answers = intake.hand_in("/v1/messages", &lines).await;
    let outcomes: Vec<&Value> = answers.iter().map(|answer| &answer["outcome"]).collect();
    assert_eq!(outcomes, ["new", "unchanged", "corrected", "superseded", "refused", "new"]);
    let number = answers[0]["number"].as_str().unwrap();
    for answer in &answers[..4] {
        assert_eq!(answer["number"], number, "the same whenever it is handed in");
    }
    assert_eq!(answers[4].get("number"), None, "{}", answers[4]);
    assert_ne!(answers[5]["number"], number);
    let again = intake.hand_in("/v1/messages", &lines[..1]).await;
    assert_eq!((&again[0]["outcome"], &again[0]["number"]), (&json!("superseded"), &json!(number)));

    let checked = house.visitor().get(&format!("/check?n={number}")).await;
    assert!(checked.seen().contains("We sent this message"), "{}", checked.seen());
    let page = house.signed_in(&house.touched).await.get("/messages/M-OF-V1").await;
    assert!(page.seen().contains(number), "{}", page.seen());
});

on_both_databases!(nobody_hands_in_without_a_good_key, |place| {
    let intake = Intake::open(place).await;
    let expired = key(&intake.store, Span::ZERO).await;
    let with =
        |key: &str| intake.client.post(format!("http://{}/v1/accounts", intake.address)).bearer_auth(key);
    let (rest, last) = intake.key.split_at(intake.key.len() - 1);
    let slip = format!("{rest}{}", if last == "x" { "y" } else { "x" });
    for (key, told) in
        [(expired.as_str(), "expired"), (&slip, "not an ingest key"), ("letmein", "not an ingest key")]
    {
        // A body that never ends: it is not waited for.
        let endless =
            reqwest::Body::wrap_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let (status, answer) = send(with(key).header("content-type", NDJSON).body(endless)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(detail(&answer).contains(told), "{answer}");
    }
    let keyless = intake.client.post(format!("http://{}/v1/accounts", intake.address)).body(account("A-1"));
    assert_eq!(send(keyless).await.0, StatusCode::UNAUTHORIZED);
    let reads = intake.client.get(format!("http://{}/v1/accounts", intake.address)).bearer_auth(&intake.key);
    assert_eq!(send(reads).await.0, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(intake.hand_in("/v1/accounts", &[account("A-1")]).await[0]["outcome"], "new");
});

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

on_both_databases!(a_body_is_bounded_whatever_it_unpacks_to, |place| {
    const UNPACKED: usize = 300 << 20;
    let intake = Intake::open(place).await;
    let packed = |body: Vec<u8>, encoding: &str| {
        intake.lines("/v1/accounts", body).header("content-encoding", encoding)
    };
    let (status, answer) = send(packed(gzip(account("A-1").as_bytes()), "gzip")).await;
    assert_eq!((status, answer.contains("new")), (StatusCode::OK, true), "{answer}");
    let bomb = gzip(&vec![b'0'; UNPACKED]);
    assert!(bomb.len() < UNPACKED / 500);
    let (status, answer) = send(packed(bomb, "gzip")).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(detail(&answer).contains("256 MiB"), "{answer}");
    for (body, encoding, expected) in [
        (b"not packed".to_vec(), "gzip", StatusCode::BAD_REQUEST),
        (b"not packed".to_vec(), "zstd", StatusCode::BAD_REQUEST),
        (account("A-1").into_bytes(), "br", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        assert_eq!(send(packed(body, encoding)).await.0, expected, "{encoding}");
    }
    let fields: serde_json::Map<String, Value> =
        (0..100_000).map(|it| (format!("f{it}"), json!(it))).collect();
    let many = json!({ "id": "M-1", "channel": "sms", "recipient": "+1", "sent_at": "2026-03-01T10:05:00Z", "text": "a",
                       "data": fields });
    let answers = intake.hand_in("/v1/messages", &[many.to_string()]).await;
    assert!(
        answers[0]["reason"].as_str().unwrap().contains("is longer than")
            || answers[0]["reason"].as_str().unwrap().contains("more than 1000 items"),
        "{}",
        answers[0]
    );
    let text = intake.request("/v1/accounts").header("content-type", "text/csv").body("a,b");
    assert_eq!(send(text).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
});

on_both_databases!(another_body_under_an_idempotency_key_is_refused, |place| {
    let intake = Intake::open(place).await;
    let under = |key: &str, body: String| intake.lines("/v1/accounts", body).header("idempotency-key", key);
    for (id, expected) in
        [("A-1", StatusCode::OK), ("A-1", StatusCode::OK), ("A-2", StatusCode::UNPROCESSABLE_ENTITY)]
    {
        assert_eq!(send(under("8e03978e", account(id))).await.0, expected, "{id}");
    }
    assert_eq!(send(under("other", account("A-2"))).await.0, StatusCode::OK);
    assert_eq!(send(under(&"x".repeat(73), account("A-3"))).await.0, StatusCode::BAD_REQUEST);
});

on_both_databases!(a_heartbeat_says_how_far_the_books_are, |place| {
    let intake = Intake::open(place).await;
    let beat = |at: Instant| intake.request("/v1/books").json(&json!({ "complete_until": at }));
    let (status, answer) = send(beat(as_of().minus(Span::hours(3)))).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert!(intake.store.books_until(as_of()).await.unwrap().is_some());
    assert_eq!(send(beat(as_of().plus(Span::hours(3)))).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(intake.request("/v1/books").body("soon")).await.0, StatusCode::BAD_REQUEST);
    send(beat(as_of())).await;
    assert!(intake.store.books_until(as_of()).await.unwrap().is_none());
});

#[tokio::test]
async fn the_document_says_what_there_is() {
    let place = Place::sqlite();
    let intake = Intake::open(&place).await;
    let request = intake.client.request(Method::GET, format!("http://{}/v1/openapi.json", intake.address));
    let document: Value = serde_json::from_str(&send(request).await.1).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/v1/accounts", "/v1/books", "/v1/messages", "/v1/transactions"]);
    let number = &document["components"]["schemas"]["Answer"]["properties"]["number"];
    assert!(number["description"].as_str().unwrap().contains("/check"), "{number}");
    let message = &document["components"]["schemas"]["Message"];
    assert_eq!(message["additionalProperties"], false, "unknown fields are refused");
    let required: Vec<&Value> = message["required"].as_array().unwrap().iter().collect();
    assert_eq!(required, ["id", "channel", "recipient", "sent_at"]);

    let request = intake.client.request(Method::GET, format!("http://{}/v1", intake.address));
    let page = send(request).await.1;
    for path in paths {
        assert!(page.contains(&format!("POST {path}</code>")), "{path} is not on the page");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(page.contains(&format!("id=\"{name}\"")), "{name} is not on the page");
        for field in schema["properties"].as_object().into_iter().flatten() {
            assert!(
                page.contains(&format!("<code>{}</code>", field.0)),
                "{name}.{} is not on the page",
                field.0
            );
        }
    }
}
