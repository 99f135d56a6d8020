//! What holds of every judging, whatever the history.

use engine::{Reason, Sent, Transaction, Verdict};
use proptest::prelude::*;

use crate::histories::{History, READER, at, history};
use crate::told::{Told, told};

/// What becomes of the messages, in their order, and the untold transactions.
fn judged(history: &History) -> (Vec<Told>, Vec<String>) {
    judged_of(history, &history.sent())
}

fn judged_of(history: &History, sent: &[Sent]) -> (Vec<Told>, Vec<String>) {
    history.judged(sent, |judgement| {
        for finding in judgement.findings() {
            let written = serde_json::to_string(&finding.written_reasons()).unwrap();
            assert_eq!(written, serde_json::to_string(&finding.reasons()).unwrap());
            assert_eq!(serde_json::from_str::<Vec<Reason>>(&written).unwrap(), finding.reasons());
        }
        (told(judgement), judgement.untold().map(|transaction| transaction.id.to_string()).collect())
    })
}

fn by_message((mut findings, untold): (Vec<Told>, Vec<String>)) -> (Vec<Told>, Vec<String>) {
    findings.sort_by(|a, b| a.message.cmp(&b.message));
    (findings, untold)
}

proptest! {
    #[test]
    fn arrival_order_never_matters(history in history(14, 20), seed in any::<u64>()) {
        let mut other = history.clone();
        shuffle(&mut other.transactions, seed);
        shuffle(&mut other.messages, seed.rotate_left(17));
        prop_assert_eq!(by_message(judged(&history)), by_message(judged(&other)));
    }

    #[test]
    fn judging_twice_changes_nothing(history in history(14, 20)) {
        prop_assert_eq!(judged(&history), judged(&history));
    }

    #[test]
    fn a_verdicts_transaction_is_the_accounts_own_and_of_a_kind_that_vouches(history in history(14, 20)) {
        let sent = history.sent();
        for (finding, sent) in judged_of(&history, &sent).0.iter().zip(&sent) {
            let Some(id) = &finding.transaction else { continue };
            let transaction = history.transactions.iter().find(|transaction| transaction.id == *id);
            let (kind, rule) = READER.catalogue().claimed(sent.template.as_ref(), &sent.reading).unwrap();
            let vouches = |it: &Transaction| rule.vouches(kind, &it.kind) && it.is_known_at(at(history.now));
            prop_assert!(transaction.is_some_and(vouches));
        }
    }

    #[test]
    fn a_transaction_vouches_once_for_a_template_and_channel(mut history in history(14, 20)) {
        for message in &mut history.messages {
            message.template = Some("receipt".parse().unwrap());
            "a@example.net".clone_into(&mut message.recipient);
        }
        let sent = history.sent();
        let findings = judged_of(&history, &sent).0;
        let repeats = |sent: &Sent| {
            READER.catalogue().claimed(sent.template.as_ref(), &sent.reading).is_some_and(|(_, rule)| rule.repeats)
        };
        let mut vouched: Vec<_> = findings
            .iter()
            .zip(&sent)
            .filter(|(finding, sent)| finding.verdict == Verdict::Matched && !repeats(sent))
            .map(|(finding, sent)| (finding.transaction.clone(), sent.channel))
            .collect();
        let all = vouched.len();
        vouched.sort();
        vouched.dedup();
        prop_assert_eq!(vouched.len(), all);
    }

    #[test]
    fn only_what_nothing_contradicts_waits_and_not_beyond_its_grace(history in history(14, 20)) {
        let sent = history.sent();
        for (finding, sent) in judged_of(&history, &sent).0.iter().zip(&sent) {
            if finding.verdict == Verdict::Waiting {
                let (_, rule) = READER.catalogue().claimed(sent.template.as_ref(), &sent.reading).unwrap();
                prop_assert_eq!(finding.waits_until, Some(finding.sent_at.plus(rule.grace)));
                prop_assert!(finding.waits_until > Some(at(history.now)));
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
