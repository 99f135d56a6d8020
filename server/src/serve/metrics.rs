use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use engine::Instant;
use http::{StatusCode, header};
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use store::{Judged, Store, WrittenRecord};

use crate::clock::{begin_timing, now};

/// From a page out of memory to an answer that is given up.
const DURATION_BUCKETS: [f64; 13] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];
/// How long the store may take to say how it is; monitoring waits ten seconds by default.
const STORE_TIME_MAX: Duration = Duration::from_secs(2);
/// What the text's format is known by (<https://prometheus.io/docs/instrumenting/exposition_formats>).
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

type Fraction = Gauge<f64, AtomicU64>;

/// What monitoring reads: numbers of this process, by route and never by address, and of nobody.
#[derive(Clone)]
pub struct Metrics {
    store: Store,
    registry: Arc<Registry>,
    requests: Family<AnsweredLabels, Counter>,
    durations: Family<RouteLabel, Histogram, fn() -> Histogram>,
    records: Family<RecordLabels, Counter>,
    judged_messages: Counter,
    verdicts_changed: Counter,
    pages_kept_back: Counter,
    canary_hits: Counter,
    pages_closed: Gauge,
    live_streams: Gauge,
    job_failures: Counter,
    job_done_at: Fraction,
    queued_accounts: Fraction,
    connections: Family<StateLabel, Gauge>,
    connections_max: Gauge,
    alarms: Family<AlarmLabel, Gauge>,
    audit_broken: Gauge,
    resident_memory: Gauge,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AnsweredLabels {
    route: String,
    /// `2xx` and so on.
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RecordLabels {
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AlarmLabel {
    act: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabel {
    state: &'static str,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new(store: Store) -> Self {
        let mut registry = Registry::default();
        let mut metrics = Self {
            store,
            registry: Arc::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(DURATION_BUCKETS)),
            records: Family::default(),
            judged_messages: Counter::default(),
            verdicts_changed: Counter::default(),
            pages_kept_back: Counter::default(),
            canary_hits: Counter::default(),
            pages_closed: Gauge::default(),
            live_streams: Gauge::default(),
            job_failures: Counter::default(),
            job_done_at: Gauge::default(),
            queued_accounts: Gauge::default(),
            connections: Family::default(),
            connections_max: Gauge::default(),
            alarms: Family::default(),
            audit_broken: Gauge::default(),
            resident_memory: Gauge::default(),
        };
        metrics.register_process(&mut registry);
        metrics.register_ours(registry.sub_registry_with_prefix("counterfoil"));
        metrics.registry = Arc::new(registry);
        metrics
    }

    fn register_process(&self, registry: &mut Registry) {
        let started = Fraction::default();
        started.set(seconds(now()));
        registry.register("process_start_time_seconds", "When the process began, since 1970", started);
        let memory = self.resident_memory.clone();
        registry.register("process_resident_memory_bytes", "Memory of the process that is in use", memory);
    }

    fn register_ours(&self, registry: &mut Registry) {
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "What is running", build);
        registry.register("http_requests", "Requests answered", self.requests.clone());
        let help = "How long requests took until their answer began";
        registry.register("http_request_duration_seconds", help, self.durations.clone());
        registry.register("records", "Records handed in over /v1", self.records.clone());
        registry.register("judged_messages", "Messages judged by this process", self.judged_messages.clone());
        let help = "Messages whose verdict became another when they were judged again";
        registry.register("verdicts_changed", help, self.verdicts_changed.clone());
        let help = "Pages that had what is not their reader's, and were kept back";
        registry.register("pages_kept_back", help, self.pages_kept_back.clone());
        let help = "Pages on which a canary found what is not its own";
        registry.register("canary_hits", help, self.canary_hits.clone());
        let help = "Whether personal pages are closed for everybody: 1 or 0";
        registry.register("personal_pages_closed", help, self.pages_closed.clone());
        let help = "Open pages that are told when their history changes";
        registry.register("live_streams", help, self.live_streams.clone());
        registry.register("job_failures", "Rounds of the jobs that failed", self.job_failures.clone());
        let help = "When a round of the jobs last ended well, since 1970";
        registry.register("job_success_timestamp_seconds", help, self.job_done_at.clone());
        let help = "Accounts that are to be judged; NaN where the store does not answer";
        registry.register("queued_accounts", help, self.queued_accounts.clone());
        registry.register("database_connections", "Connections to the database", self.connections.clone());
        let help = "The most connections that are opened";
        registry.register("database_connections_max", help, self.connections_max.clone());
        registry.register("alarms", "Acts in the audit log that are alarms", self.alarms.clone());
        let help = "1 where the audit log is not as it was written";
        registry.register("audit_broken", help, self.audit_broken.clone());
    }

    /// The one route of monitoring.
    pub(super) fn router(&self) -> Router {
        let metrics = self.clone();
        Router::new().route("/metrics", get(move || async move { metrics.answer().await }))
    }

    /// Counts what became of records of a kind that were handed in, and those messages that were judged with it.
    pub(crate) fn count_written(&self, kind: &'static str, written: &[WrittenRecord]) {
        for record in written {
            let outcome = record.arrived.as_str();
            self.records.get_or_create(&RecordLabels { kind, outcome }).inc();
            self.judged_messages.inc_by(u64::from(record.verdict.is_some()));
        }
    }

    /// Counts a round of the jobs that ended well.
    pub(super) fn job_done(&self, judged: &Judged, at: Instant) {
        self.judged_messages.inc_by(judged.messages as u64);
        self.verdicts_changed.inc_by(judged.changed as u64);
        self.job_done_at.set(seconds(at));
    }

    /// Counts one that failed.
    pub(super) fn job_failed(&self) {
        self.job_failures.inc();
    }

    /// Counts a page that was kept back.
    pub(super) fn page_kept_back(&self) {
        self.pages_kept_back.inc();
    }

    /// Counts what a canary found.
    pub(crate) fn canary_hit(&self) {
        self.canary_hits.inc();
    }

    /// Whether personal pages are closed.
    pub(crate) fn pages_are_closed(&self, closed: bool) {
        self.pages_closed.set(i64::from(closed));
    }

    /// Where the streams that are open are counted.
    pub(crate) fn live_streams(&self) -> &Gauge {
        &self.live_streams
    }

    /// Whether the audit log stands, as it was last looked at.
    pub(super) fn audit_looked_at(&self, is_broken: bool) {
        self.audit_broken.set(i64::from(is_broken));
    }

    fn request_answered(&self, route: String, status: StatusCode, took: Duration) {
        self.durations.get_or_create(&RouteLabel { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&AnsweredLabels { route, status: class(status) }).inc();
    }

    async fn answer(self) -> Response {
        self.look().await;
        let mut text = String::new();
        match prometheus_text::encode(&mut text, &self.registry) {
            Ok(()) => {
                let headers = [(header::CONTENT_TYPE, CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")];
                (headers, text).into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// Takes what is not counted but is so at this moment.
    async fn look(&self) {
        let connections = self.store.connections();
        for (state, count) in [("in_use", connections.in_use), ("idle", connections.idle)] {
            self.connections.get_or_create(&StateLabel { state }).set(i64::from(count));
        }
        self.connections_max.set(i64::from(connections.max));
        self.resident_memory.set(resident_bytes().unwrap_or(0));
        let queued = tokio::time::timeout(STORE_TIME_MAX, self.store.queued_accounts()).await;
        let queued = queued.ok().and_then(Result::ok).and_then(|queued| u32::try_from(queued).ok());
        self.queued_accounts.set(queued.map_or(f64::NAN, f64::from));
        let alarms = tokio::time::timeout(STORE_TIME_MAX, self.store.count_alarms()).await;
        // Where the store does not answer, they stay what they were: it says so above.
        for (act, count) in alarms.ok().and_then(Result::ok).unwrap_or_default() {
            self.alarms.get_or_create(&AlarmLabel { act: act.as_str() }).set(count);
        }
    }
}

/// Counts each request by its route: an address may name a message, and there is no end of them.
pub(super) async fn count_request(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let begun = begin_timing();
    let response = next.run(request).await;
    metrics.request_answered(route, response.status(), begun.elapsed());
    response
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

#[expect(clippy::cast_precision_loss, reason = "a microsecond more or less")]
fn seconds(at: Instant) -> f64 {
    at.micros() as f64 / 1e6
}

/// As Linux has it; elsewhere there is no such file.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    kib.trim().trim_end_matches("kB").trim().parse::<i64>().ok().map(|kib| kib * 1024)
}
