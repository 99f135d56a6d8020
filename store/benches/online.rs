//! What a message costs that is handed in while the house runs, on a store of many: written, judged and answered, without
//! HTTP. Beside it a write of nothing, which is what it costs to begin and to end one.
//!
//! `cargo bench -p store --bench online -- [MESSAGES]`, a million unless said.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock and prints"
)]

use std::sync::Arc;
use std::time::{Duration, Instant as MachineTime};

use engine::{Account, Catalogue, Evidence, FeedRecord, Instant, Message, Reader, TokenKey, Transaction};
use store::{Handed, HandedRecords, Judging, OnlineWritten, Progress, Settings, Standings, Store};

/// As in `counterfoil`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const MESSAGES_OF_ACCOUNT: usize = 100;
const MESSAGES_OF_LARGE: usize = 10_000;
const LARGE: usize = usize::MAX;
const LOADED_AT_ONCE: usize = 10_000;
const ROUNDS: usize = 300;
/// Requests that come together, as two thousand a second do within the time of some commits.
const TOGETHER: usize = 32;

struct Bench {
    store: Store,
    reader: Arc<Reader>,
    now: Instant,
    accounts: usize,
    next: usize,
}

#[tokio::main]
async fn main() {
    let messages = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::open(folder.path(), messages).await;
    let mut standings = Standings::default();
    bench.show("a write of nothing", 1, ROUNDS, &mut standings, |_| None).await;
    bench.show("into an account of 10,000", 1, ROUNDS, &mut standings, |_| Some(LARGE)).await;
    let accounts = bench.accounts;
    let anyone = |roll: usize| Some(roll % accounts);
    bench.show("into any account", 1, ROUNDS, &mut standings, anyone).await;
    bench.show("32 together, into any account", TOGETHER, ROUNDS, &mut standings, anyone).await;
    let few = |roll: usize| Some(roll % accounts.min(200));
    bench.show("32 together, into 200 accounts", TOGETHER, ROUNDS, &mut standings, few).await;
}

impl Bench {
    async fn open(folder: &std::path::Path, messages: usize) -> Self {
        let url = format!("sqlite://{}", folder.join("bench.db").display());
        let store = Store::open(&Settings { url, token_key: TokenKey::new([7; 16]) }).await.unwrap();
        store.migrate().await.unwrap();
        let reader = Arc::new(Reader::new(Catalogue::builtin()));
        let now = "2026-04-20T12:00:00Z".parse().unwrap();
        let bench = Self { store, reader, now, accounts: messages / MESSAGES_OF_ACCOUNT, next: 0 };
        let began = MachineTime::now();
        bench.fill().await;
        println!("{messages} messages loaded and judged in {:.1} s", began.elapsed().as_secs_f64());
        bench
    }

    async fn fill(&self) {
        let accounts: Vec<usize> = (0..self.accounts).chain([LARGE]).collect();
        let loaded = |lines_done| Progress { feed: "bench".to_owned(), file: "bench".to_owned(), lines_done };
        let records = accounts.iter().map(|account| parse::<Account>(&account_line(*account))).collect();
        self.store.load_accounts(&loaded(1), records, self.now).await.unwrap();
        let places: Vec<(usize, usize)> = accounts
            .iter()
            .flat_map(|account| {
                let count = if *account == LARGE { MESSAGES_OF_LARGE } else { MESSAGES_OF_ACCOUNT };
                (0..count).map(move |place| (*account, place))
            })
            .collect();
        for places in places.chunks(LOADED_AT_ONCE) {
            let paid = places.iter().map(|(account, place)| parse::<Transaction>(&payment(*account, *place)));
            self.store.load_transactions(&loaded(2), paid.collect(), self.now).await.unwrap();
            let told =
                places.iter().map(|(account, place)| parse::<Message>(&receipt(*account, *place, "M")));
            self.store.load_messages(&loaded(3), told.collect(), self.now).await.unwrap();
        }
        let judging = self.judging().await;
        self.store.judge_queued(&judging, 20_000, &mut Evidence::default(), |_| ()).await.unwrap();
    }

    async fn judging(&self) -> Judging {
        let version = self.store.read_catalogue().await.unwrap().version;
        let catalogue = Arc::new(self.reader.catalogue().clone());
        let reader = Arc::clone(&self.reader);
        Judging { reader, catalogue, version, at: self.now, books_until: None, learns: false }
    }

    /// Writes so many requests of one message at a time, so many times, each into the account that is picked for it.
    async fn show(
        &mut self,
        what: &str,
        together: usize,
        rounds: usize,
        standings: &mut Standings,
        pick: impl Fn(usize) -> Option<usize>,
    ) {
        let judging = self.judging().await;
        let mut times: Vec<Duration> = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let handed = (0..together).map(|_| {
                self.next += 1;
                let roll = self.next.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
                let message = pick(roll).map(|account| {
                    parse::<Message>(&receipt(account, self.next % 90, &format!("N{}", self.next)))
                });
                Handed {
                    claim: None,
                    records: HandedRecords::Messages(message.into_iter().map(Into::into).collect()),
                }
            });
            let handed = handed.collect();
            let began = MachineTime::now();
            let online = self.store.begin_online(&judging, standings).await.unwrap();
            let OnlineWritten { written, .. } = online.take(handed).await.unwrap();
            times.push(began.elapsed());
            assert_eq!(written.len(), together);
        }
        times.sort_unstable();
        let at = |share: usize| times[times.len() * share / 1000].as_secs_f64() * 1e3;
        let total: f64 = times.iter().map(Duration::as_secs_f64).sum();
        println!(
            "{what:<32} median {:>7.2} ms  p99 {:>7.2} ms  {:>7.0} messages a second",
            at(500),
            at(990),
            count(rounds * together) / total
        );
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousand messages")]
fn count(messages: usize) -> f64 {
    messages as f64
}

fn parse<R: FeedRecord>(line: &str) -> R {
    R::from_line(line.as_bytes()).unwrap()
}

fn account_line(account: usize) -> String {
    format!(r#"{{"id":"A-{account}","phones":["+12065550123"]}}"#)
}

fn payment(account: usize, place: usize) -> String {
    let (day, hour, minute) = moment(place);
    format!(
        r#"{{"id":"T-{account}-{place}","account":"A-{account}","kind":"payment.received",
            "occurred_at":"2026-{day}T{hour:02}:{minute:02}:00Z","recorded_at":"2026-{day}T{hour:02}:{minute:02}:00Z",
            "references":["PMT{account}X{place:05}"],"amount":{{"value":"{place}.40","currency":"USD"}}}}"#
    )
    .replace('\n', "")
}

fn receipt(account: usize, place: usize, series: &str) -> String {
    let (day, hour, minute) = moment(place);
    format!(
        r#"{{"id":"{series}-{account}-{place}","account":"A-{account}","channel":"sms","recipient":"+12065550123",
            "sent_at":"2026-{day}T{hour:02}:{minute:02}:30Z","template":"payment_received",
            "text":"Hi, we received your payment of ${place}.40. Reference PMT{account}X{place:05}. Thank you for being with us."}}"#
    )
    .replace('\n', "")
}

/// A moment of March and April, later for later places.
fn moment(place: usize) -> (String, usize, usize) {
    let minutes = place * 7;
    let day = minutes / 1440 % 50;
    let day = if day < 31 { format!("03-{:02}", day + 1) } else { format!("04-{:02}", day - 30) };
    (day, minutes / 60 % 24, minutes % 60)
}
