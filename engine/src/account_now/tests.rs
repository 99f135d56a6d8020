use serde_json::json;

use super::{OpenSort, account_now};
use crate::{Instant, Transaction};

const NOW: &str = "2026-04-20T12:00:00Z";

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// Transactions of the days of April 2026, each a kind and its references.
fn days(days: &[(u8, &str, &[&str])]) -> Vec<Transaction> {
    let transaction = |(place, (day, kind, references)): (usize, &(u8, &str, &[&str]))| {
        let occurred_at = format!("2026-04-{day:02}T10:00:00Z");
        serde_json::from_value(json!({
            "id": format!("T-{place}"), "account": "A-1", "kind": kind, "occurred_at": occurred_at,
            "recorded_at": occurred_at, "references": references,
        }))
    };
    days.iter().enumerate().map(|day| transaction(day).unwrap()).collect()
}

/// What is open, as what began it and the latest of it.
fn open(transactions: &[Transaction]) -> Vec<(OpenSort, &str, &str)> {
    let now = account_now(transactions, at(NOW), at(NOW));
    now.open.iter().map(|open| (open.sort, open.begun.id.as_str(), open.latest.id.as_str())).collect()
}

#[test]
fn what_began_and_has_not_ended_is_open() {
    use OpenSort::{Order, TradeIn};
    type Case<'a> = (&'a [(u8, &'a str, &'a [&'a str])], &'a [(OpenSort, &'a str, &'a str)]);
    let cases: &[Case] = &[
        (&[], &[]),
        (&[(1, "order.placed", &["ORD-1"])], &[(Order, "T-0", "T-0")]),
        (
            &[(1, "order.placed", &["ORD-1"]), (2, "shipment.dispatched", &["1Z1", "ORD-1"])],
            &[(Order, "T-0", "T-1")],
        ),
        (&[(1, "order.placed", &["ORD-1"]), (4, "shipment.delivered", &["1Z1", "ord 1"])], &[]),
        // By the tracking number alone, which the dispatch brought.
        (
            &[
                (1, "order.placed", &["ORD-1"]),
                (2, "shipment.dispatched", &["1Z1", "ORD-1"]),
                (4, "shipment.delivered", &["1Z1"]),
            ],
            &[],
        ),
        (&[(1, "order.placed", &["ORD-1"]), (2, "order.cancelled", &["ORD-1"])], &[]),
        (&[(1, "order.placed", &["ORD-1"]), (1, "order.cancelled", &["ORD-1"])], &[]),
        (&[(1, "order.placed", &["ORD-1"]), (2, "order.cancelled", &["ORD-2"])], &[(Order, "T-0", "T-0")]),
        // A number that is used again: what ended before did not end this.
        (&[(3, "order.placed", &["ORD-1"]), (2, "order.completed", &["ORD-1"])], &[(Order, "T-0", "T-0")]),
        (
            &[(1, "trade_in.started", &["TI-1"]), (2, "trade_in.received", &["TI-1"])],
            &[(TradeIn, "T-0", "T-1")],
        ),
        (&[(1, "trade_in.started", &["TI-1"]), (9, "trade_in.credited", &["TI-1"])], &[]),
        (&[(1, "trade_in.received", &["TI-1"])], &[(TradeIn, "T-0", "T-0")]),
        (&[(1, "trade_in.received", &["TI-1"]), (2, "trade_in.rejected", &["TI-1"])], &[]),
        // Nothing could be said to end what has no number.
        (&[(1, "order.placed", &[])], &[]),
        // Of other sorts, nothing is open.
        (
            &[(1, "bill.issued", &["INV-1"]), (1, "shipment.dispatched", &["1Z1"]), (1, "order", &["ORD-1"])],
            &[],
        ),
        // Not known yet.
        (&[(21, "order.placed", &["ORD-1"])], &[]),
        (
            &[(2, "order.placed", &["ORD-2"]), (1, "trade_in.started", &["TI-1"])],
            &[(TradeIn, "T-1", "T-1"), (Order, "T-0", "T-0")],
        ),
    ];
    for (given, expected) in cases {
        let mut transactions = days(given);
        assert_eq!(open(&transactions), *expected, "{given:?}");
        transactions.reverse();
        assert_eq!(open(&transactions), *expected, "backwards: {given:?}");
    }
}

#[test]
fn a_trade_in_without_a_number_is_known_by_its_device() {
    let mut transactions = days(&[(1, "trade_in.started", &[]), (2, "trade_in.credited", &[])]);
    transactions[0].device = Some(serde_json::from_value(json!({ "imei": "35391805123456" })).unwrap());
    assert_eq!(open(&transactions).len(), 1);
    transactions[1].device = transactions[0].device.clone();
    assert_eq!(open(&transactions), []);
}

#[test]
fn each_line_has_its_latest_plan_and_each_sort_of_change_its_last() {
    let mut transactions = days(&[
        (1, "plan.changed", &[]),
        (2, "plan.changed", &[]),
        (3, "plan.changed", &[]),
        (4, "sim.changed", &[]),
        (5, "credential.changed", &[]),
        (6, "sim.changed", &[]),
        (7, "payment.received", &[]),
        (8, "sim.changed", &[]),
    ]);
    for (place, line) in [(0, "+12065550123"), (1, "+12065550123"), (2, "+12065550124"), (7, "+12065550124")]
    {
        transactions[place].line = Some(line.parse().unwrap());
    }
    let now = account_now(&transactions, at(NOW), at("2026-04-05T00:00:00Z"));
    let ids = |of: &[&Transaction]| of.iter().map(|one| one.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&now.plans), ["T-1", "T-2"]);
    assert_eq!(ids(&now.changes), ["T-4", "T-5", "T-7"]);
    assert_eq!(ids(&now.lately), ["T-4", "T-5", "T-7"]);
}
