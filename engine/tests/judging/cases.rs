//! Cases that a person of the field can read: what the books hold, what a message says, and what becomes of it.

use engine::{
    Account, BookIndex, Books, Catalogue, Cause, Citation, Elsewhere, JudgeContext, Judgement, Message,
    Reader, Sent, TokenKey, Transaction, Verdict, judge,
};
use serde_json::{Value, json};

use crate::told::{Told, told};

/// 20 April 2026, noon in UTC.
const NOW: &str = "2026-04-20T12:00:00Z";

struct Case {
    transactions: Vec<Transaction>,
    messages: Vec<Message>,
    elsewhere: Vec<Citation>,
}

fn account() -> Account {
    serde_json::from_value(json!({
        "id": "A-1", "name": "Dana Whitfield", "locale": "en-US", "time_zone": "America/Los_Angeles",
        "emails": ["dana@example.net"], "phones": ["+12065550123"],
        "lines": [{"number": "+12065550123", "from": "2019-05-02", "to": null}],
        "devices": [{"imei": "013327003181395", "model": "Pixel 7", "from": "2022-11-04", "to": null}],
    }))
    .unwrap()
}

/// A case from its books; each transaction as kind, time and other fields.
fn books(transactions: &[(&str, &str, Value)]) -> Case {
    let transactions = transactions.iter().enumerate().map(|(number, (kind, occurred_at, fields))| {
        let mut record =
            json!({"id": format!("T-{number}"), "account": "A-1", "kind": kind, "occurred_at": occurred_at});
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(record).unwrap()
    });
    Case { transactions: transactions.collect(), messages: Vec::new(), elsewhere: Vec::new() }
}

impl Case {
    fn message(mut self, sent_at: &str, text: &str) -> Self {
        let number = self.messages.len();
        let record = json!({
            "id": format!("M-{number}"), "account": "A-1", "channel": "email", "recipient": "dana@example.net",
            "template": "t", "sent_at": sent_at, "text": text,
        });
        self.messages.push(serde_json::from_value(record).unwrap());
        self
    }

    fn html(mut self, sent_at: &str, html: &str) -> Self {
        let number = self.messages.len();
        let record = json!({
            "id": format!("M-{number}"), "account": "A-1", "channel": "email", "recipient": "dana@example.net",
            "sent_at": sent_at, "html": html,
        });
        self.messages.push(serde_json::from_value(record).unwrap());
        self
    }

    fn elsewhere(mut self, citation: Citation) -> Self {
        self.elsewhere.push(citation);
        self
    }

    fn judged<T>(&self, of: impl FnOnce(&Judgement) -> T) -> T {
        let account = account();
        let reader = Reader::new(Catalogue::builtin());
        let sent: Vec<Sent> = self.messages.iter().map(|message| reader.read(message, "en-US")).collect();
        let key = TokenKey::new([3; 16]);
        let tokens: Vec<_> = self.elsewhere.iter().map(|citation| citation.token(&key)).collect();
        let elsewhere = Elsewhere::new(key, tokens);
        let since = "2024-01-01T00:00:00Z".parse().unwrap();
        let context =
            JudgeContext { catalogue: reader.catalogue(), since, elsewhere: &elsewhere, books_until: None };
        let index = BookIndex::new(&account, &self.transactions, NOW.parse().unwrap());
        let books = Books { account: &account, transactions: &self.transactions, index: &index };
        of(&judge(&books, &sent, &context))
    }

    fn findings(&self) -> Vec<Told> {
        self.judged(told)
    }

    /// Verdict, reason's code and transaction of each message.
    fn verdicts(&self) -> Vec<(Verdict, &'static str, Option<String>)> {
        let summed = |finding: &Told| {
            let transaction = finding.transaction.as_ref().map(ToString::to_string);
            (finding.verdict, finding.reasons[0].cause.code(), transaction)
        };
        self.findings().iter().map(summed).collect()
    }

    fn becomes(&self, verdict: Verdict, code: &str, transaction: Option<&str>) {
        let last = self.verdicts().pop().unwrap();
        assert_eq!(last, (verdict, last.1, transaction.map(str::to_owned)));
        assert_eq!(last.1, code);
    }
}

fn payment(reference: &str, value: &str) -> Value {
    json!({"references": [reference], "amount": {"value": value, "currency": "USD"}})
}

#[test]
fn a_receipt_matches_its_payment_however_the_reference_is_written() {
    for reference in ["PMT000482913", "pmt 000482913", "#PMT-000482913"] {
        books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
            .message(
                "2026-04-14T16:14:00Z",
                &format!("We received your payment of $86.40. Confirmation {reference}."),
            )
            .becomes(Verdict::Matched, "vouched", Some("T-0"));
    }
}

#[test]
fn a_receipt_with_another_amount_differs() {
    books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
        .message("2026-04-14T16:14:00Z", "We received your payment of $186.40. Confirmation PMT000482913.")
        .becomes(Verdict::Differs, "amount", Some("T-0"));
}

#[test]
fn a_receipt_sent_twice_is_a_duplicate_but_not_on_another_channel() {
    let text = "We received your payment of $86.40. Confirmation PMT000482913.";
    let mut case = books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
        .message("2026-04-14T16:14:00Z", text)
        .message("2026-04-14T18:00:00Z", text);
    case.becomes(Verdict::Duplicate, "duplicate", Some("T-0"));
    assert_eq!(case.verdicts()[0].0, Verdict::Matched);
    case.messages[1].channel = engine::Channel::Sms;
    case.becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn a_correction_of_a_wrong_amount_is_no_duplicate() {
    books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
        .message("2026-04-14T16:14:00Z", "We received your payment of $186.40. Confirmation PMT000482913.")
        .message("2026-04-14T18:00:00Z", "We received your payment of $86.40. Confirmation PMT000482913.")
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn two_payments_of_a_sum_on_a_day_go_to_the_nearer_message() {
    let case = books(&[
        ("payment.received", "2026-04-10T12:00:00Z", payment("PMT000000001", "36.64")),
        ("payment.received", "2026-04-10T19:00:00Z", payment("PMT000000002", "36.64")),
    ])
    .message("2026-04-10T19:29:00Z", "We received your payment of $36.64. Thank you.")
    .message("2026-04-10T12:05:00Z", "We received your payment of $36.64. Thank you.");
    let transactions: Vec<_> =
        case.verdicts().into_iter().map(|(_, _, transaction)| transaction.unwrap()).collect();
    assert_eq!(transactions, ["T-1", "T-0"]);
}

#[test]
fn payments_that_nothing_tells_apart_are_ambiguous() {
    books(&[
        ("payment.received", "2026-04-10T12:00:00Z", payment("PMT000000001", "36.64")),
        ("payment.received", "2026-04-10T12:01:00Z", payment("PMT000000002", "36.64")),
    ])
    .message("2026-04-10T13:29:00Z", "We received your payment of $36.64. Thank you.")
    .becomes(Verdict::Ambiguous, "several", None);
}

#[test]
fn a_trade_in_of_a_device_that_was_never_there_is_foreign() {
    for device in ["IMEI 353918058699824", "IMEI ending in 4821", "IMEI 35 391805 869982 4"] {
        books(&[])
            .message(
                "2026-04-10T14:37:00Z",
                &format!("Your iPhone 11 ({device}) arrived for trade-in TI-4482917."),
            )
            .becomes(Verdict::Unmatched, "foreign_device", None);
    }
}

#[test]
fn a_trade_in_of_years_ago_is_stale() {
    let old =
        json!({"references": ["TI-4482917"], "device": {"imei": "013327003181395", "model": "Pixel 7"}});
    for text in [
        "Your Pixel 7 (IMEI 013327003181395) arrived for trade-in TI-4482917.",
        "Your Pixel 7 (IMEI ending in 1395) arrived for your trade-in.",
    ] {
        books(&[("trade_in.received", "2019-05-20T15:00:00Z", old.clone())])
            .message("2026-04-10T14:37:00Z", text)
            .becomes(Verdict::Unmatched, "stale", Some("T-0"));
    }
}

#[test]
fn an_order_of_another_account_is_told_apart_from_one_that_nobody_placed() {
    let text = "We got your order ORD-04704936. Total: $372.55. We'll let you know when it ships.";
    let own = ("order.placed", "2026-04-10T12:00:00Z", payment("ORD-00000001", "372.55"));
    books(std::slice::from_ref(&own))
        .message("2026-04-10T12:30:00Z", text)
        .elsewhere(Citation::Reference("ORD04704936".into()))
        .becomes(Verdict::Unmatched, "other_account", None);
    books(&[own]).message("2026-04-10T12:30:00Z", text).becomes(Verdict::Unmatched, "no_transaction", None);
}

#[test]
fn what_nothing_contradicts_waits_until_its_grace_ends() {
    let text = "We got your order ORD-04704936. Total: $372.55.";
    books(&[]).message("2026-04-18T12:00:01Z", text).becomes(Verdict::Waiting, "grace", None);
    books(&[]).message("2026-04-18T12:00:00Z", text).becomes(Verdict::Unmatched, "no_transaction", None);
    books(&[])
        .message(
            "2026-04-20T11:00:00Z",
            "Your iPhone 11 (IMEI ending in 4821) arrived for trade-in TI-4482917.",
        )
        .becomes(Verdict::Unmatched, "foreign_device", None);
}

#[test]
fn a_sim_change_on_a_line_of_another_is_foreign() {
    let changed = ("sim.changed", "2026-04-10T12:00:00Z", json!({"line": "+12065550123"}));
    books(std::slice::from_ref(&changed))
        .message("2026-04-10T12:05:00Z", "The SIM for (206) 555-0123 was changed. Not you? Call 611.")
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
    books(&[changed])
        .message("2026-04-10T12:05:00Z", "The SIM for (303) 555-3771 was changed. Not you? Call 611.")
        .becomes(Verdict::Unmatched, "foreign_line", None);
}

#[test]
fn a_reminder_may_repeat_weeks_later() {
    let case = books(&[("bill.issued", "2026-03-20T12:00:00Z", payment("INV-00093817", "86.40"))])
        .message("2026-04-05T12:00:00Z", "Reminder: your bill of $86.40 is due April 22.")
        .message("2026-04-12T12:00:00Z", "Reminder: your bill of $86.40 is due April 22.");
    assert!(
        case.verdicts().iter().all(|(verdict, _, _)| *verdict == Verdict::Matched),
        "{:?}",
        case.verdicts()
    );
}

#[test]
fn a_day_still_to_come_is_not_when_it_happened() {
    books(&[("bill.issued", "2026-04-01T12:00:00Z", payment("INV-00093817", "86.40"))])
        .message("2026-04-01T12:10:00Z", "Your bill of $86.40 is ready. AutoPay will draw it on April 9.")
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn a_hotline_is_nobodys_line() {
    books(&[("sim.changed", "2026-04-10T12:00:00Z", json!({"line": "+12065550123"}))])
        .message("2026-04-10T12:05:00Z", "The SIM on your account was changed. Not you? Call (800) 555-0199.")
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn marketing_and_codes_claim_nothing() {
    for text in ["Trade in any phone and save $800.", "482913 is your sign-in code. Never share it."] {
        books(&[]).message("2026-04-10T12:00:00Z", text).becomes(Verdict::Informational, "no_claim", None);
    }
}

#[test]
fn a_payment_recorded_after_the_time_of_judging_is_not_known_yet() {
    let mut late = payment("PMT000482913", "86.40");
    late["recorded_at"] = json!("2026-04-20T12:00:01Z");
    books(&[("payment.received", "2026-04-20T11:00:00Z", late)])
        .message("2026-04-20T11:05:00Z", "We received your payment of $86.40. Confirmation PMT000482913.")
        .becomes(Verdict::Waiting, "grace", None);
}

#[test]
fn the_reason_names_what_came_nearest() {
    let case = books(&[("payment.received", "2026-04-10T12:00:00Z", payment("PMT000000001", "36.64"))])
        .message("2026-04-10T13:29:00Z", "We received your payment of $99.00. Thank you.");
    let findings = case.findings();
    let Cause::NoTransaction { nearest: Some(nearest), .. } = &findings[0].reasons[0].cause else {
        panic!("{findings:?}")
    };
    assert_eq!(
        (nearest.transaction.as_str(), &nearest.missed_by[..]),
        ("T-0", &[engine::FactName::Amount][..])
    );
}

#[test]
fn a_security_change_that_no_message_tells_of_is_untold() {
    let case = books(&[("sim.changed", "2026-04-10T12:00:00Z", json!({"line": "+12065550123"}))]);
    let told = books(&[("sim.changed", "2026-04-10T12:00:00Z", json!({"line": "+12065550123"}))])
        .message("2026-04-10T12:05:00Z", "The SIM for (206) 555-0123 was changed.");
    let untold = |case: &Case| case.judged(|judgement| judgement.untold().count());
    assert_eq!((untold(&case), untold(&told)), (1, 0));
}

#[test]
fn what_a_body_says_to_machines_is_read() {
    let order = r#"<p>Good choice, Dana.</p><script type="application/ld+json">{"@context": "http://schema.org",
        "@type": "Order", "orderNumber": "ORD-0948868", "price": "403.48", "priceCurrency": "USD",
        "orderStatus": "http://schema.org/OrderProcessing"}</script>"#;
    let parcel = r#"<div itemscope itemtype="https://schema.org/ParcelDelivery">It's coming to you:
        <b itemprop="trackingNumber">1Z0295183447</b></div>"#;
    let ordered = json!({"references": ["ORD0948868"], "amount": {"value": "403.48", "currency": "USD"}});
    let case = books(&[
        ("order.placed", "2026-04-14T16:12:00Z", ordered),
        ("shipment.dispatched", "2026-04-15T16:12:00Z", json!({"references": ["1Z0295183447"]})),
    ]);
    let case = case.html("2026-04-14T16:14:00Z", order).html("2026-04-15T16:14:00Z", parcel);
    let told: Vec<_> =
        case.verdicts().into_iter().map(|(verdict, _, transaction)| (verdict, transaction)).collect();
    let matched = |id: &str| (Verdict::Matched, Some(id.to_owned()));
    assert_eq!(told, [matched("T-0"), matched("T-1")]);
}

#[test]
fn a_slip_in_a_reference_is_no_other_payment() {
    let paid = || books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))]);
    let receipt = "We received your payment of $86.40. Confirmation PMT000482931.";
    paid().message("2026-04-14T16:14:00Z", receipt).becomes(Verdict::Matched, "vouched", Some("T-0"));
    paid()
        .elsewhere(Citation::Reference("PMT000482931".into()))
        .message("2026-04-14T16:14:00Z", receipt)
        .becomes(Verdict::Unmatched, "other_account", None);
    // What it cites is something else of one's own.
    let mut case = paid().message("2026-04-14T16:14:00Z", receipt);
    case.transactions.extend(
        books(&[("order.placed", "2026-04-14T16:00:00Z", payment("PMT000482931", "86.40"))]).transactions,
    );
    case.transactions[1].id = "T-1".parse().unwrap();
    case.becomes(Verdict::Unmatched, "no_transaction", None);
}

#[test]
fn parts_of_a_payment_add_up() {
    let part = |value: &str| json!({"amount": {"value": value, "currency": "USD"}});
    let paid = || {
        books(&[
            ("payment.received", "2026-04-14T16:12:00Z", part("60.15")),
            ("payment.received", "2026-04-14T16:14:00Z", part("12.00")),
            ("payment.received", "2026-04-14T16:19:00Z", part("26.25")),
        ])
    };
    let receipt = |amount: &str| format!("We received your payment of ${amount}. Thank you.");
    paid().message("2026-04-14T16:20:00Z", &receipt("86.40")).becomes(Verdict::Matched, "split", Some("T-2"));
    paid().message("2026-04-14T16:20:00Z", &receipt("98.40")).becomes(Verdict::Matched, "split", Some("T-2"));
    paid().message("2026-04-14T16:20:00Z", &receipt("86.41")).becomes(
        Verdict::Unmatched,
        "no_transaction",
        None,
    );
}

#[test]
fn an_amount_may_be_rounded_and_not_wrong() {
    let paid = || books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "81.27"))]);
    let receipt = |amount: &str| format!("We received your payment of {amount}. Confirmation PMT000482913.");
    for amount in ["$81", "USD 82", "81 dollars"] {
        paid().message("2026-04-14T16:14:00Z", &receipt(amount)).becomes(
            Verdict::Matched,
            "vouched",
            Some("T-0"),
        );
    }
    for amount in ["$81.00", "$83", "81 EUR"] {
        paid().message("2026-04-14T16:14:00Z", &receipt(amount)).becomes(
            Verdict::Differs,
            "amount",
            Some("T-0"),
        );
    }
}

#[test]
fn of_two_shipments_of_an_order_the_one_whose_tracking_number_is_cited_too_is_meant() {
    let shipped = |tracking: &str| json!({"references": ["ORD-7080974", tracking]});
    books(&[
        ("shipment.dispatched", "2026-04-14T10:00:00Z", shipped("LM531230611CA")),
        ("shipment.dispatched", "2026-04-14T16:00:00Z", shipped("LM628981240US")),
    ])
    .message("2026-04-14T16:14:00Z", "Your order No. ORD-7080974 has shipped. Tracking: LM531230611CA")
    .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn a_number_that_checks_as_a_device_may_be_a_reference_of_ones_own() {
    books(&[("shipment.dispatched", "2026-04-14T16:12:00Z", json!({"references": ["353918058699824"]}))])
        .message("2026-04-14T16:14:00Z", "Your order has shipped. Tracking number 353918058699824.")
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn recipients_that_differ_in_case_alone_are_one() {
    let text = "We received your payment of $86.40. Confirmation PMT000482913.";
    let mut case = books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
        .message("2026-04-14T16:14:00Z", text)
        .message("2026-04-14T18:00:00Z", text);
    case.messages[1].recipient = "Dana@Example.net".to_owned();
    case.becomes(Verdict::Duplicate, "duplicate", Some("T-0"));
}

#[test]
fn merge_fields_are_read_however_deep_they_lie() {
    let mut case = books(&[("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"))])
        .message("2026-04-14T16:14:00Z", "We received your payment.");
    let event = json!({"reference": "PMT000482913", "total": {"value": 186.40, "ccy": "USD"}});
    case.messages[0].data = serde_json::from_value(json!({"event": event})).unwrap();
    case.becomes(Verdict::Differs, "amount", Some("T-0"));
}

#[test]
fn another_day_does_not_speak_against_the_device_that_was_traded_in() {
    let traded = json!({"device": {"imei": "013327003181395", "model": "Pixel 7"}});
    books(&[("trade_in.received", "2026-04-10T12:00:00Z", traded)])
        .message(
            "2026-04-10T12:30:00Z",
            "Your phone (IMEI 013327003181395) arrived for your trade-in on April 7.",
        )
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

#[test]
fn what_happens_to_a_device_once_did_not_happen_to_another_as_well() {
    let of_device = |value: &str| json!({"device": {"imei": "013327003181395"}, "amount": {"value": value, "currency": "USD"}});
    let of_none = |value: &str| json!({"amount": {"value": value, "currency": "USD"}});
    let text = "We applied your trade-in credit of $30.00 for your Pixel 7 (IMEI 013327003181395).";
    books(&[
        ("trade_in.credited", "2019-05-20T15:00:00Z", of_device("30.00")),
        ("trade_in.credited", "2026-04-10T12:00:00Z", of_none("30.00")),
    ])
    .message("2026-04-10T14:00:00Z", text)
    .becomes(Verdict::Unmatched, "stale", Some("T-0"));
    books(&[
        ("trade_in.credited", "2026-04-10T12:00:00Z", of_device("300.00")),
        ("trade_in.credited", "2026-04-10T12:00:00Z", of_none("30.00")),
    ])
    .message("2026-04-10T14:00:00Z", text)
    .becomes(Verdict::Differs, "amount", Some("T-0"));
    books(&[("trade_in.credited", "2026-04-10T12:00:00Z", of_none("30.00"))])
        .message("2026-04-10T14:00:00Z", text)
        .becomes(Verdict::Matched, "vouched", Some("T-0"));
}

/// Four payments of a day.
fn paid_in_parts() -> Case {
    let part = |value: &str| json!({"amount": {"value": value, "currency": "USD"}});
    books(&[
        ("payment.received", "2026-04-14T16:12:00Z", part("60.00")),
        ("payment.received", "2026-04-14T16:14:00Z", part("26.40")),
        ("payment.received", "2026-04-14T17:12:00Z", part("60.00")),
        ("payment.received", "2026-04-14T17:14:00Z", part("26.40")),
    ])
}

#[test]
fn two_sums_of_a_day_have_parts_each() {
    let text = "We received your payment of $86.40. Thank you.";
    let case = paid_in_parts()
        .message("2026-04-14T16:20:00Z", text)
        .message("2026-04-14T17:20:00Z", text)
        .message("2026-04-14T18:20:00Z", text);
    let split = |id: &str| (Verdict::Matched, "split", Some(id.to_owned()));
    let again = (Verdict::Duplicate, "duplicate", Some("T-1".to_owned()));
    assert_eq!(case.verdicts(), [split("T-1"), split("T-3"), again]);
}

#[test]
fn what_may_repeat_tells_of_parts_again() {
    let case = paid_in_parts()
        .message("2026-04-14T18:20:00Z", "Reminder: we received your payment of $172.80. Thank you.")
        .message("2026-04-15T18:20:00Z", "Reminder: we received your payment of $146.40. Thank you.")
        .message("2026-04-16T18:20:00Z", "Reminder: we received your payment of $146.40. Thank you.");
    let codes: Vec<_> = case.verdicts().into_iter().map(|(_, code, _)| code).collect();
    assert_eq!(codes, ["no_transaction", "split", "split"]);
}

#[test]
fn another_day_does_not_speak_against_parts_that_are_cited() {
    books(&[
        ("payment.received", "2026-04-14T16:12:00Z", payment("ORD-0948868", "60.00")),
        ("payment.received", "2026-04-14T16:14:00Z", payment("ORD-0948868", "26.40")),
    ])
    .message("2026-04-14T16:20:00Z", "We received your payment of $86.40 for order ORD-0948868 of April 7.")
    .becomes(Verdict::Matched, "split", Some("T-1"));
}

#[test]
fn a_slip_leads_to_what_happened_now_rather_than_to_what_differs_or_is_long_past() {
    let ordered = ("order.placed", "2026-01-14T16:12:00Z", payment("ORD-0948868", "12.00"));
    let paid_then = |at: &'static str, value: &str| ("payment.received", at, payment("ORD-0948868", value));
    let paid = ("payment.received", "2026-04-14T16:12:00Z", payment("PMT000482913", "86.40"));
    let text = "We received your payment of $86.40 for ORD-0948868. Confirmation PMT000482931.";
    let case = |others: &[(&str, &str, Value)]| {
        books(&[std::slice::from_ref(&paid), others].concat()).message("2026-04-14T16:14:00Z", text)
    };
    for other in
        [ordered, paid_then("2025-04-14T16:00:00Z", "86.40"), paid_then("2026-04-14T12:00:00Z", "9.00")]
    {
        case(std::slice::from_ref(&other)).becomes(Verdict::Matched, "vouched", Some("T-0"));
        // What is miswritten is another's.
        let elsewhere = Citation::Reference("PMT000482931".into());
        let last = case(std::slice::from_ref(&other)).elsewhere(elsewhere).verdicts().pop().unwrap();
        assert_ne!(last.0, Verdict::Matched, "{last:?}");
    }
}

#[test]
fn what_is_long_past_is_so_with_a_slip_too() {
    let paid = |reference: &str| {
        books(&[("payment.received", "2025-04-14T16:12:00Z", payment(reference, "86.40"))])
            .message("2026-04-14T16:14:00Z", "We received your payment of $86.40. Confirmation PMT000482931.")
    };
    paid("PMT000482913").becomes(Verdict::Unmatched, "stale", Some("T-0"));
    // The number before it.
    paid("PMT000482930").becomes(Verdict::Unmatched, "no_transaction", None);
}

#[test]
fn what_a_reminder_told_before_is_told_again() {
    let bill = || books(&[("bill.issued", "2026-04-05T12:00:00Z", payment("INV-00093817", "86.40"))]);
    let reminder = "Reminder: your bill of $86.40 is due April 22.";
    let notice = "Your bill of $86.40 is ready.";
    bill().message("2026-04-06T12:00:00Z", reminder).message("2026-04-07T12:00:00Z", notice).becomes(
        Verdict::Duplicate,
        "duplicate",
        Some("T-0"),
    );
    bill().message("2026-04-06T12:00:00Z", notice).message("2026-04-07T12:00:00Z", reminder).becomes(
        Verdict::Matched,
        "vouched",
        Some("T-0"),
    );
}
