//! What monitoring reads, and that it reads of nobody.

use reqwest::StatusCode;

use crate::house::House;
use crate::place::on_both_databases;
use crate::serve_and_stop::Serving;

/// The value of a series, which is a whole number.
fn value(metrics: &str, series: &str) -> u64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(&format!("{series} ")));
    let text = line.unwrap_or_else(|| panic!("no {series} in {metrics}"));
    text.trim_end_matches(".0").parse().unwrap()
}

on_both_databases!(requests_are_counted_by_route_and_of_nobody, |place| {
    let house = House::open(place).await;
    let customer = house.signed_in(&house.touched).await;
    let message = house.messages_of(&house.touched.customer.account)[0].clone();
    for _ in 0..3 {
        assert_eq!(customer.get(&format!("/messages/{message}?q={message}")).await.status, StatusCode::OK);
    }
    customer.get(&format!("/nowhere/{message}")).await;
    let answer = customer.get("/metrics").await;
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!((answer.header("cache-control"), answer.header("set-cookie")), ("no-store", ""));
    let metrics = answer.body;
    let requests = |route: &str, status: &str| {
        value(&metrics, &format!("counterfoil_http_requests_total{{route=\"{route}\",status=\"{status}\"}}"))
    };
    assert_eq!(requests("/messages/{id}", "2xx"), 3);
    assert_eq!(requests("/sign-in", "3xx"), 1);
    assert_eq!(requests("other", "4xx"), 1);
    let timed = "counterfoil_http_request_duration_seconds_count{route=\"/messages/{id}\"}";
    assert_eq!(value(&metrics, timed), 3);
    let whole =
        value(&metrics, "counterfoil_http_request_duration_seconds_bucket{route=\"/sign-in\",le=\"+Inf\"}");
    assert_eq!(whole, 1);
    assert_eq!(value(&metrics, "counterfoil_queued_accounts"), 0);
    assert_eq!(value(&metrics, "counterfoil_build_info{version=\"0.1.0\"}"), 1);
    assert!(value(&metrics, "counterfoil_database_connections_max") > 1);
    assert!(value(&metrics, "process_resident_memory_bytes") > 1_000_000);
    for personal in [message.as_str(), &house.touched.customer.name, &house.touched.customer.sign_in] {
        assert!(!metrics.contains(personal), "{personal} is in the metrics");
    }
    place.run_sql("insert into judge_queue (account_id) values ('A-1'), ('A-2')").await;
    assert_eq!(value(&customer.get("/metrics").await.body, "counterfoil_queued_accounts"), 2);
});

on_both_databases!(metrics_are_told_at_their_own_address_alone, |place| {
    let serving = Serving::begin_with(place, &["--metrics-address", "127.0.0.2:0"]);
    let monitor = serving.metrics_visitor();
    assert_eq!(serving.visitor().get("/metrics").await.status, StatusCode::NOT_FOUND);
    assert_eq!(monitor.get("/sign-in").await.status, StatusCode::NOT_FOUND);
    let metrics = monitor.get("/metrics").await.body;
    assert_eq!(value(&metrics, "counterfoil_http_requests_total{route=\"other\",status=\"4xx\"}"), 1);
    assert_eq!(value(&metrics, "counterfoil_job_failures_total"), 0);
    serving.stop();
    let unwatched = Serving::begin(place);
    assert_eq!(unwatched.visitor().get("/metrics").await.status, StatusCode::NOT_FOUND);
    unwatched.stop();
});
