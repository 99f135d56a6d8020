//! What holds of every judging, whatever the history.

use std::sync::LazyLock;

use engine::{
    Account, BookIndex, Books, Catalogue, Channel, Elsewhere, Instant, JudgeContext, Message, Reader, Reason,
    Sent, Span, TokenKey, Transaction, Verdict, judge,
};
use proptest::prelude::*;
use serde_json::json;

use crate::told::{Told, told};

const START: i64 = 1_775_000_000_000_000;

fn account() -> Account {
    serde_json::from_value(json!({
        "id": "A-1", "locale": "en-US", "time_zone": "America/Denver", "emails": ["a@example.net"],
        "lines": [{"number": "+12065550123"}], "devices": [{"imei": "013327003181395", "model": "Pixel 7"}],
    }))
    .unwrap()
}

fn at(minutes: i64) -> Instant {
    Instant::from_micros(START + minutes * 60_000_000)
}

/// A payment of a few amounts and references, so that histories collide often.
fn transaction() -> impl Strategy<Value = Transaction> {
    let kinds = prop::sample::select(vec!["payment.received", "sim.changed", "trade_in.received"]);
    (any::<u32>(), kinds, 0i64..8_000, 0i64..3_000, 0usize..4, 1i64..4).prop_map(
        |(id, kind, occurred, late, reference, amount)| {
            let mut record = json!({
                "id": format!("T-{id}"), "account": "A-1", "kind": kind, "occurred_at": at(occurred).to_string(),
                "recorded_at": at(occurred + late).to_string(),
            });
            match kind {
                "payment.received" => {
                    record["amount"] = json!({"value": format!("{amount}0.00"), "currency": "USD"});
                    record["references"] = json!([format!("PMT00000000{reference}")]);
                }
                "sim.changed" => record["line"] = json!("+12065550123"),
                _ => record["references"] = json!([format!("TI-000000{reference}")]),
            }
            serde_json::from_value(record).unwrap()
        },
    )
}

fn message() -> impl Strategy<Value = Message> {
    let texts = (0usize..6, 0usize..4, 1i64..4).prop_map(|(text, reference, amount)| match text {
        0 => format!("We received your payment of ${amount}0.00. Thank you."),
        1 => format!("We received your payment of ${amount}0.00. Confirmation PMT00000000{reference}."),
        2 => "The SIM for (206) 555-0123 was changed.".to_owned(),
        3 => format!("Your Pixel 7 (IMEI 013327003181395) arrived for trade-in TI-000000{reference}."),
        4 => format!("Your iPhone (IMEI ending in 9999) arrived for trade-in TI-000000{reference}."),
        _ => "Save up to $800 on your next payment.".to_owned(),
    });
    let channels = prop::sample::select(vec![Channel::Email, Channel::Sms]);
    (any::<u32>(), channels, 0i64..9_000, texts).prop_map(|(id, channel, sent, text)| {
        serde_json::from_value(json!({
            "id": format!("M-{id}"), "channel": channel, "recipient": "a@example.net", "sent_at": at(sent).to_string(),
            "text": text,
        }))
        .unwrap()
    })
}

fn history() -> impl Strategy<Value = (Vec<Transaction>, Vec<Message>, i64)> {
    let transactions = prop::collection::vec(transaction(), 0..14);
    let messages = prop::collection::vec(message(), 0..20);
    (transactions, messages, 0i64..14_000).prop_map(|(mut transactions, mut messages, now)| {
        transactions.sort_by(|a, b| a.id.cmp(&b.id));
        transactions.dedup_by(|a, b| a.id == b.id);
        messages.sort_by(|a, b| a.id.cmp(&b.id));
        messages.dedup_by(|a, b| a.id == b.id);
        (transactions, messages, now)
    })
}

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Catalogue::builtin()));

/// What becomes of the messages, in their order, and the untold transactions.
fn judged(transactions: &[Transaction], messages: &[Message], now: i64) -> (Vec<Told>, Vec<String>) {
    let account = account();
    let sent: Vec<Sent> = messages.iter().map(|message| READER.read(message, &account.locale)).collect();
    let elsewhere = Elsewhere::new(TokenKey::new([7; 16]), []);
    let context = JudgeContext { catalogue: READER.catalogue(), since: at(0), elsewhere: &elsewhere };
    let index = BookIndex::new(&account, transactions, at(now));
    let books = Books { account: &account, transactions, index: &index };
    let judgement = judge(&books, &sent, &context);
    for finding in judgement.findings() {
        let written = serde_json::to_string(&finding.written_reasons()).unwrap();
        assert_eq!(written, serde_json::to_string(&finding.reasons()).unwrap());
        assert_eq!(serde_json::from_str::<Vec<Reason>>(&written).unwrap(), finding.reasons());
    }
    (told(&judgement), judgement.untold().map(|transaction| transaction.id.to_string()).collect())
}

fn by_message((mut findings, untold): (Vec<Told>, Vec<String>)) -> (Vec<Told>, Vec<String>) {
    findings.sort_by(|a, b| a.message.cmp(&b.message));
    (findings, untold)
}

proptest! {
    #[test]
    fn arrival_order_never_matters((transactions, messages, now) in history(), seed in any::<u64>()) {
        let mut other_transactions = transactions.clone();
        let mut other_messages = messages.clone();
        shuffle(&mut other_transactions, seed);
        shuffle(&mut other_messages, seed.rotate_left(17));
        let one = by_message(judged(&transactions, &messages, now));
        prop_assert_eq!(one, by_message(judged(&other_transactions, &other_messages, now)));
    }

    #[test]
    fn judging_twice_changes_nothing((transactions, messages, now) in history()) {
        prop_assert_eq!(judged(&transactions, &messages, now), judged(&transactions, &messages, now));
    }

    #[test]
    fn a_verdicts_transaction_is_the_accounts_own_and_of_a_kind_that_vouches((transactions, messages, now) in history()) {
        for finding in judged(&transactions, &messages, now).0 {
            if let Some(id) = &finding.transaction {
                let transaction = transactions.iter().find(|transaction| transaction.id == *id);
                prop_assert_eq!(transaction.map(|transaction| Some(&transaction.kind)), Some(finding.kind.as_ref()));
                prop_assert!(transaction.is_some_and(|transaction| transaction.is_known_at(at(now))));
            }
        }
    }

    #[test]
    fn a_transaction_vouches_once_for_a_template_and_channel((transactions, mut messages, now) in history()) {
        for message in &mut messages {
            message.template = Some("receipt".parse().unwrap());
        }
        let findings = judged(&transactions, &messages, now).0;
        let mut vouched: Vec<_> = findings
            .iter()
            .zip(&messages)
            .filter(|(finding, _)| finding.verdict == Verdict::Matched)
            .map(|(finding, message)| (finding.transaction.clone(), message.channel))
            .collect();
        let all = vouched.len();
        vouched.sort();
        vouched.dedup();
        prop_assert_eq!(vouched.len(), all);
    }

    #[test]
    fn only_what_nothing_contradicts_waits_and_not_beyond_its_grace((transactions, messages, now) in history()) {
        for finding in judged(&transactions, &messages, now).0 {
            if finding.verdict == Verdict::Waiting {
                prop_assert_eq!(finding.waits_until, Some(finding.sent_at.plus(Span::hours(48))));
                prop_assert!(finding.waits_until > Some(at(now)));
                prop_assert!(finding.transaction.is_none());
            }
        }
    }
}

/// Fisher and Yates, by a seed.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, usize::try_from(seed >> 33).unwrap() % (last + 1));
    }
}
