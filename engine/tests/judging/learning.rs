//! What an operator's own history teaches, in words that no lexicon knows.

use engine::{
    Account, BookIndex, Books, Catalogue, Elsewhere, Evidence, Instant, JudgeContext, Message, Reader, Sent,
    TokenKey, Transaction, Verdict, judge,
};
use serde_json::{Value, json};

use crate::told::{Told, told};

const NOW: &str = "2026-06-10T12:00:00Z";
const ACCOUNTS: u32 = 12;
const MONTHS: u32 = 5;
const MINUTES_PER_DAY: u32 = 24 * 60;

fn at(minutes: u32) -> String {
    let start: Instant = "2026-01-01T08:00:00Z".parse().unwrap();
    Instant::from_micros(start.micros() + i64::from(minutes) * 60_000_000).to_string()
}

/// Accounts with a payment each month, and whatever is sent about it.
#[derive(Default)]
struct Operator {
    histories: Vec<(Account, Vec<Transaction>, Vec<Message>)>,
}

impl Operator {
    /// `tell` gives, for each payment, the messages about it: template, minutes after it, text.
    fn paying(tell: impl Fn(u32, &str, &str) -> Vec<(Option<&'static str>, u32, String)>) -> Self {
        let mut operator = Self::default();
        for number in 0..ACCOUNTS {
            let account: Account = serde_json::from_value(json!({"id": format!("A-{number}")})).unwrap();
            let (mut transactions, mut messages) = (Vec::new(), Vec::new());
            for month in 0..MONTHS {
                let minute = (month * 30 + number) * MINUTES_PER_DAY + number * 7;
                let reference = format!("ZX{:07}", number * 1_000 + month * 37 + 11);
                let amount = format!("{}.{:02}", 20 + number * 3 + month, month * 13);
                transactions.push(record(json!({
                    "id": format!("T-{number}-{month}"), "account": account.id, "kind": "dues.settled",
                    "occurred_at": at(minute), "references": [reference],
                    "amount": {"value": amount, "currency": "EUR"},
                })));
                for (place, (template, after, text)) in
                    tell(number * MONTHS + month, &reference, &amount).into_iter().enumerate()
                {
                    messages.push(record(json!({
                        "id": format!("M-{number}-{month}-{place}"), "account": account.id, "channel": "email",
                        "recipient": format!("{number}@example.net"), "template": template,
                        "sent_at": at(minute + after), "text": text,
                    })));
                }
            }
            operator.histories.push((account, transactions, messages));
        }
        operator
    }

    /// Reads each account's messages and hands them on with its books.
    fn read(&self, reader: &Reader, mut take: impl FnMut(&Books, &[Sent])) {
        for (account, transactions, messages) in &self.histories {
            let sent: Vec<Sent> = messages.iter().map(|message| reader.read(message, "en-US")).collect();
            let index = BookIndex::new(account, transactions, NOW.parse().unwrap());
            take(&Books { account, transactions, index: &index }, &sent);
        }
    }

    fn reader(&self) -> Reader {
        let kinds: Vec<_> =
            self.histories.iter().flat_map(|(_, transactions, _)| transactions).map(|it| &it.kind).collect();
        Reader::new(Catalogue::builtin().with_kinds(kinds))
    }

    /// The catalogue after learning, and all findings by it.
    fn judged(&self) -> (String, Vec<Told>) {
        let reader = self.reader();
        let mut evidence = Evidence::default();
        self.read(&reader, |books, sent| evidence.add(books, sent, reader.catalogue()));
        let learnt = evidence.learn(reader.catalogue());
        let catalogue = reader.catalogue().clone().with_learnt(&learnt);
        let elsewhere = Elsewhere::new(TokenKey::new([3; 16]), []);
        let since = at(0).parse().unwrap();
        let context = JudgeContext { catalogue: &catalogue, since, elsewhere: &elsewhere, books_until: None };
        let mut findings = Vec::new();
        self.read(&reader, |books, sent| findings.extend(told(&judge(books, sent, &context))));
        (learnt.to_toml(), findings)
    }
}

fn record<T: serde::de::DeserializeOwned>(mut record: Value) -> T {
    record.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    serde_json::from_value(record).unwrap()
}

fn count(findings: &[Told], verdict: Verdict) -> usize {
    findings.iter().filter(|finding| finding.verdict == verdict).count()
}

const ALL: usize = (ACCOUNTS * MONTHS) as usize;

#[test]
fn a_template_asserts_what_its_messages_come_with() {
    let (toml, findings) = Operator::paying(|_, reference, amount| {
        vec![(Some("B-17"), 9, format!("Brzdil vok {amount} EUR, {reference}. Tamo lesk."))]
    })
    .judged();
    assert!(toml.contains("[template.\"B-17\"]\nasserts = \"dues.settled\""), "{toml}");
    assert_eq!(count(&findings, Verdict::Matched), ALL);
}

#[test]
fn a_message_without_a_template_is_taken_for_one_in_the_same_words() {
    let (_, findings) = Operator::paying(|number, reference, amount| {
        let template = (number % 6 != 0).then_some("B-17");
        vec![(template, 9, format!("Brzdil vok {amount} EUR, {reference}. Tamo lesk."))]
    })
    .judged();
    assert_eq!(count(&findings, Verdict::Matched), ALL);
}

#[test]
fn slow_mail_gets_the_time_it_takes() {
    let (toml, findings) = Operator::paying(|number, _, amount| {
        vec![(Some("paper"), (4 * 24 + number % 20) * 60, format!("Brzdil vok {amount} EUR."))]
    })
    .judged();
    assert!(toml.contains("rule.after = \"10d\""), "{toml}");
    assert_eq!(count(&findings, Verdict::Matched), ALL);
}

#[test]
fn what_is_told_again_days_later_is_a_reminder_and_what_follows_at_once_is_sent_again() {
    let (toml, findings) = Operator::paying(|number, reference, amount| {
        let nudge = |after| (Some("nudge"), after, format!("Zlatko vok {amount} EUR, {reference}."));
        let receipt = |after| (Some("receipt"), after, format!("Brzdil vok {amount} EUR, {reference}."));
        let mut told = vec![nudge(9), nudge(9 + 2 * MINUTES_PER_DAY), receipt(5)];
        told.extend((number % 20 == 0).then(|| receipt(65)));
        told
    })
    .judged();
    assert!(toml.contains("[template.\"nudge\"]\nasserts = \"dues.settled\"\nrule.repeats = true"), "{toml}");
    assert_eq!(count(&findings, Verdict::Duplicate), ALL / 20);
}

#[test]
fn a_sentence_says_it_wherever_it_stands_and_small_print_says_nothing() {
    let (_, findings) = Operator::paying(|number, reference, amount| {
        let lines = [
            format!("Brzdil vok {amount} na rok, {reference}."),
            "Your payment was received if you see this every day of the month.".to_owned(),
            "Lesk tamo vidim jen.".to_owned(),
            "Ostra noha bez kraje.".to_owned(),
        ];
        // The sentences come in another order each time, so that no two messages are in the same words.
        let turned: Vec<&str> = (0..4).map(|line| lines[((line + number) % 4) as usize].as_str()).collect();
        let news = format!("{}\n{}", lines[1], ["Nic nova.", "Vse po staru."][(number % 2) as usize]);
        vec![(None, 9, turned.join("\n")), (None, (12 + number % 9) * MINUTES_PER_DAY, news)]
    })
    .judged();
    assert_eq!(count(&findings, Verdict::Matched), ALL);
    assert_eq!(count(&findings, Verdict::Informational), ALL);
}

#[test]
fn what_everybody_is_told_speaks_against_no_claim() {
    let (toml, findings) = Operator::paying(|_, reference, _| {
        let text = format!(
            "Brzdil vok, {reference}. From abroad: +1 425 555 0100. Trade in and get $650.00. Licence LX-204503."
        );
        vec![(Some("B-17"), 9, text)]
    })
    .judged();
    assert!(toml.contains("lines = [\"14255550100\"]"), "{toml}");
    assert!(toml.contains("amounts = [\"650.00\"]") && toml.contains("\"LX204503\""), "{toml}");
    assert_eq!(count(&findings, Verdict::Matched), ALL);
}

#[test]
fn what_comes_before_its_transaction_announces_it() {
    let (_, findings) = Operator::paying(|_, _, amount| {
        // Ten minutes before each payment; the first of an account would lie before the record.
        vec![(Some("code"), MINUTES_PER_DAY * 30 - 10, format!("Kod tri pro {amount} EUR."))]
    })
    .judged();
    assert_eq!(count(&findings, Verdict::Informational), ALL);
}

#[test]
fn what_a_template_cites_it_asserts_whatever_its_texts_tell_of() {
    let (toml, findings) = Operator::paying(|number, reference, _| {
        let text = format!("Thank you for your last payment. Brzdil {reference} je tady.");
        vec![(Some("bill"), 9 + number % 50, text)]
    })
    .judged();
    assert!(toml.contains("[template.\"bill\"]\nasserts = \"dues.settled\""), "{toml}");
    assert_eq!(count(&findings, Verdict::Matched), ALL);
}

#[test]
fn what_is_told_day_after_day_and_never_happens_is_misread() {
    let (toml, findings) = Operator::paying(|number, _, _| {
        let offset = (5 + number % 23) * MINUTES_PER_DAY;
        vec![(
            Some("tips"),
            offset,
            "A good password is long. Yours was changed to protect you? Read on.".to_owned(),
        )]
    })
    .judged();
    assert!(toml.contains("[template.\"tips\"]\n") && !toml.contains("asserts"), "{toml}");
    assert_eq!(count(&findings, Verdict::Informational), ALL);
}

#[test]
fn a_single_faulty_run_is_no_habit() {
    let until_then = |number: u32| (MONTHS * 30 - (number % MONTHS) * 30 - number / MONTHS) * MINUTES_PER_DAY;
    let (_, findings) = Operator::paying(|number, _, _| {
        vec![(Some("archive"), until_then(number), "The password of your account was changed.".to_owned())]
    })
    .judged();
    assert_eq!(count(&findings, Verdict::Unmatched), ALL);
}

#[test]
fn what_was_learnt_reads_back_and_learns_nothing_more() {
    let operator = Operator::paying(|_, reference, amount| {
        vec![(Some("B \"17\"\n"), 9, format!("Brzdil vok {amount} EUR, {reference}."))]
    });
    let (toml, _) = operator.judged();
    let reader = Reader::new(operator.reader().catalogue().clone().with_toml(&toml).unwrap());
    let mut evidence = Evidence::default();
    operator.read(&reader, |books, sent| evidence.add(books, sent, reader.catalogue()));
    assert!(evidence.learn(reader.catalogue()).is_empty());
}

#[test]
fn what_is_sent_as_one_teaches_nothing() {
    let run = |first: u32, _: &str, _: &str| {
        let sent = (0..6).filter(|_| first == 0);
        sent.map(|place| (Some("R-1"), 3 + place, "Brzdil vok. Tamo lesk.".to_owned())).collect()
    };
    let (toml, _) = Operator::paying(run).judged();
    assert!(!toml.contains("R-1"), "six messages to one account behind one payment: {toml}");
    let to_each = |_: u32, _: &str, _: &str| vec![(Some("R-1"), 3, "Brzdil vok. Tamo lesk.".to_owned())];
    let (toml, _) = Operator::paying(to_each).judged();
    assert!(toml.contains("[template.\"R-1\"]\nasserts = \"dues.settled\""), "{toml}");
}
