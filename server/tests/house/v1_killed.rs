//! What is acknowledged over /v1 is there, whatever becomes of the server.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::Span;
use reqwest::Client;
use serde_json::{Value, json};

use crate::feed::{AS_OF, Found};
use crate::import_killed::rounds;
use crate::place::{on_both_databases, run};
use crate::serve_and_stop::Serving;
use crate::v1::{NDJSON, key};

const WRITERS: usize = 8;
const ACCOUNTS: usize = 40;
/// The moments at which it is killed lie within so many milliseconds.
const MOMENTS: u64 = 400;

/// Those who write, and what was acknowledged to them.
struct Writers {
    client: Client,
    key: String,
    next: AtomicUsize,
    acknowledged: Mutex<BTreeSet<String>>,
}

impl Writers {
    /// Hands in requests of one to thirty messages until nobody answers any more; every seventh request is a payment that
    /// some of them tell of.
    async fn write(&self, address: SocketAddr) {
        loop {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let (path, lines) = if place.is_multiple_of(7) {
                ("transactions", vec![payment(place)])
            } else {
                ("messages", (0..=place * 11 % 30).map(|line| receipt(place, line)).collect())
            };
            let request = self.client.post(format!("http://{address}/v1/{path}")).bearer_auth(&self.key);
            let sent = request.header("content-type", NDJSON).body(lines.join("\n")).send().await;
            let Ok(response) = sent else { return };
            assert_eq!(response.status(), 200);
            let Ok(answers) = response.text().await else { return };
            self.acknowledge(path, &answers);
        }
    }

    fn acknowledge(&self, path: &str, answers: &str) {
        let answers = answers.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        for answer in answers.filter(|_| path == "messages") {
            assert_eq!(answer["outcome"], "new", "{answer}");
            let id = answer["id"].as_str().unwrap().to_owned();
            assert!(self.acknowledged.lock().unwrap().insert(id), "{answer}");
        }
    }
}

fn account(place: usize) -> String {
    format!("A-{}", place % ACCOUNTS)
}

fn payment(place: usize) -> String {
    json!({ "id": format!("T-{place}"), "account": account(place), "kind": "payment.received",
            "occurred_at": "2026-03-01T10:00:00Z", "recorded_at": "2026-03-01T10:00:00Z",
            "references": [format!("PMT{place:07}")] })
    .to_string()
}

fn receipt(place: usize, line: usize) -> String {
    let told = place / 7 * 7;
    let text = format!("We received your payment. Reference PMT{told:07}. Thank you.");
    json!({ "id": format!("M-{place}-{line}"), "account": account(told + line % 2), "channel": "sms",
            "recipient": "+12065550123", "sent_at": format!("2026-03-01T10:{:02}:00Z", line), "text": text })
    .to_string()
}

on_both_databases!(what_is_acknowledged_outlives_a_kill, |place| {
    let store = place.store().await;
    let key = key(&store, Span::days(1)).await;
    store.close().await;
    let client = Client::builder().no_proxy().build().unwrap();
    let writers =
        Arc::new(Writers { client, key, next: AtomicUsize::new(0), acknowledged: Mutex::default() });
    for round in 0..u64::from(rounds()) {
        let mut serving = Serving::begin(place);
        let address = serving.listens_at();
        if round == 0 {
            let accounts: Vec<String> = (0..ACCOUNTS)
                .map(|it| json!({ "id": account(it), "phones": ["+12065550123"] }).to_string())
                .collect();
            let request =
                writers.client.post(format!("http://{address}/v1/accounts")).bearer_auth(&writers.key);
            request.header("content-type", NDJSON).body(accounts.join("\n")).send().await.unwrap();
        }
        let writing: Vec<_> = (0..WRITERS)
            .map(|_| {
                let writers = Arc::clone(&writers);
                tokio::spawn(async move { writers.write(address).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(30 + round * 173 % MOMENTS)).await;
        serving.kill();
        for writer in writing {
            writer.await.unwrap();
        }
    }
    let acknowledged = writers.acknowledged.lock().unwrap().clone();
    assert!(!acknowledged.is_empty());
    let found = Found::in_store(place);
    let lost: Vec<&String> = acknowledged.iter().filter(|id| !found.verdicts.contains_key(*id)).collect();
    assert!(lost.is_empty(), "{} of {} are lost, as {:?}", lost.len(), acknowledged.len(), lost.first());
    let checked = run(&mut place.counterfoil(&["check", "--as-of", AS_OF, "--accounts", "1000"]));
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
});
