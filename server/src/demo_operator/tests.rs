use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use engine::{
    AccountId, BookIndex, Books, Catalogue, Citation, Elsewhere, Finding, Imei, Instant, JudgeContext, Kind,
    Language, Message, MessageId, Reader, Sent, Token, TokenKey, TransactionId, Verdict, judge,
};

use super::{DemoOperator, demo_operator};

/// Moments that fall differently on days, months and clock changes; each with a seed of its own.
const MOMENTS: [(u64, &str); 5] = [
    (1, "2026-05-14T16:20:00Z"),
    (2, "2026-03-10T05:03:00Z"),
    (3, "2025-11-22T07:55:00Z"),
    (4, "2026-01-02T23:59:30Z"),
    (5, "2027-08-31T12:00:00Z"),
];

fn at(moment: &str) -> Instant {
    moment.parse().unwrap()
}

/// What became of a message.
#[derive(Debug)]
struct Told {
    message: MessageId,
    sent_at: Instant,
    kind: Option<Kind>,
    verdict: Verdict,
    code: &'static str,
}

impl From<Finding<'_>> for Told {
    fn from(finding: Finding) -> Self {
        Self {
            message: finding.message().id.clone(),
            sent_at: finding.message().sent_at,
            kind: finding.kind().cloned(),
            verdict: finding.verdict(),
            code: finding.code(),
        }
    }
}

/// What the judge makes of a whole operator.
struct Judged {
    seed: u64,
    as_of: Instant,
    operator: DemoOperator,
    findings: BTreeMap<AccountId, Vec<Told>>,
    untold: BTreeMap<AccountId, Vec<TransactionId>>,
}

impl Judged {
    fn flagged(&self, account: &AccountId) -> Vec<&str> {
        let flagged = self.findings[account].iter().filter(|finding| finding.verdict.is_flagged());
        let mut codes: Vec<&str> = flagged.map(|finding| finding.code).collect();
        codes.sort_unstable();
        codes
    }

    fn messages(&self) -> BTreeMap<&MessageId, &Message> {
        self.operator.messages.iter().map(|message| (&message.id, message)).collect()
    }
}

/// The operator of each of the moments, judged once for all tests.
fn all_judged() -> &'static [Judged] {
    static JUDGED: OnceLock<Vec<Judged>> = OnceLock::new();
    JUDGED.get_or_init(|| MOMENTS.iter().map(|(seed, moment)| judged(*seed, at(moment))).collect())
}

fn judged(seed: u64, as_of: Instant) -> Judged {
    let operator = demo_operator(seed, as_of);
    let key = TokenKey::new([7; 16]);
    let kinds: BTreeSet<_> = operator.transactions.iter().map(|transaction| &transaction.kind).collect();
    let catalogue =
        Catalogue::builtin().with_kinds(kinds).with_template_list(&operator.templates_json).unwrap();
    let reader = Reader::new(catalogue);
    let since = operator.messages[0].sent_at;
    let owners = owners(&operator, &key);
    let (mut findings, mut untold) = (BTreeMap::new(), BTreeMap::new());
    for account in &operator.accounts {
        let transactions: Vec<_> =
            operator.transactions.iter().filter(|it| it.account == account.id).cloned().collect();
        let of_account =
            operator.messages.iter().filter(|message| message.account.as_ref() == Some(&account.id));
        let sent: Vec<Sent> = of_account.map(|message| reader.read(message, &account.locale)).collect();
        let cited = sent.iter().flat_map(|message| message.citations(account, reader.catalogue()));
        let is_anothers =
            |token: &Token| owners.get(token).is_some_and(|of| of.iter().any(|id| **id != account.id));
        let elsewhere = Elsewhere::new(key.clone(), cited.map(|it| it.token(&key)).filter(is_anothers));
        let context =
            JudgeContext { catalogue: reader.catalogue(), since, elsewhere: &elsewhere, books_until: None };
        let index = BookIndex::new(account, &transactions, as_of);
        let books = Books { account, transactions: &transactions, index: &index };
        let judgement = judge(&books, &sent, &context);
        findings.insert(account.id.clone(), judgement.findings().map(Told::from).collect());
        untold.insert(account.id.clone(), judgement.untold().map(|it| it.id.clone()).collect());
    }
    drop(owners);
    Judged { seed, as_of, operator, findings, untold }
}

/// The accounts on which each reference, device and line is known.
fn owners<'a>(operator: &'a DemoOperator, key: &TokenKey) -> BTreeMap<Token, BTreeSet<&'a AccountId>> {
    let mut owners: BTreeMap<Token, BTreeSet<&AccountId>> = BTreeMap::new();
    let mut own = |citation: Citation, account: &'a AccountId| {
        owners.entry(citation.token(key)).or_default().insert(account);
    };
    for account in &operator.accounts {
        account.devices.iter().for_each(|device| own(Citation::of_device(&device.imei), &account.id));
        account.lines.iter().for_each(|line| own(Citation::of_line(&line.number), &account.id));
    }
    for it in &operator.transactions {
        it.references
            .iter()
            .for_each(|reference| own(Citation::Reference(reference.normalised().into()), &it.account));
        it.device.iter().for_each(|device| own(Citation::of_device(&device.imei), &it.account));
        it.line.iter().for_each(|line| own(Citation::of_line(line), &it.account));
    }
    owners
}

#[test]
fn it_is_the_same_every_time() {
    let as_of = at(MOMENTS[0].1);
    let (one, two) = (demo_operator(1, as_of), demo_operator(1, as_of));
    assert_eq!(one.messages, two.messages);
    assert_eq!(one.transactions, two.transactions);
    assert_eq!(one.accounts, two.accounts);
    assert_ne!(one.messages, demo_operator(2, as_of).messages);
}

#[test]
fn it_is_of_a_size_to_be_imported_in_a_moment_and_looked_at_for_an_hour() {
    let as_of = at(MOMENTS[0].1);
    let operator = demo_operator(1, as_of);
    assert_eq!(operator.accounts.len(), 120);
    assert!((6_000..14_000).contains(&operator.messages.len()), "{}", operator.messages.len());
    let ids: BTreeSet<_> = operator.messages.iter().map(|message| &message.id).collect();
    assert_eq!(ids.len(), operator.messages.len());
    assert!(operator.messages.iter().all(|message| message.sent_at <= as_of));
    assert!(
        operator.transactions.iter().all(|it| it.recorded_at.is_some_and(|recorded_at| recorded_at <= as_of))
    );
    assert!(operator.accounts.iter().any(|account| account.language() == Language::Es));
    let imeis =
        operator.accounts.iter().flat_map(|account| &account.devices).map(|device| device.imei.printed());
    assert!(imeis.into_iter().all(|imei| imei.len() == 15 && imei.parse::<Imei>().is_ok()));
    let sender = |message: &Message| serde_json::to_string(message).unwrap();
    assert!(!operator.messages.iter().any(|message| sender(message).contains("orthwave")));
}

#[test]
fn each_fault_is_flagged_for_its_reason_and_nothing_else_is() {
    for judged in all_judged() {
        let seed = judged.seed;
        let faults: BTreeMap<_, _> = judged.operator.faults.iter().cloned().collect();
        let messages = judged.messages();
        let mut wrong = Vec::new();
        for finding in judged.findings.values().flatten() {
            let code = finding.verdict.is_flagged().then_some(finding.code);
            let calm =
                matches!(finding.verdict, Verdict::Matched | Verdict::Informational | Verdict::Waiting);
            if code != faults.get(&finding.message).copied() || (code.is_none() && !calm) {
                let message = messages[&finding.message];
                wrong.push(format!("{:?} {message:?} {finding:?}", faults.get(&finding.message)));
            }
        }
        assert!(wrong.is_empty(), "seed {seed}: {} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn what_claims_is_matched_and_what_does_not_is_informational() {
    for judged in all_judged() {
        let seed = judged.seed;
        let messages = judged.messages();
        for finding in judged.findings.values().flatten() {
            let message = messages[&finding.message];
            let name = message.template.as_ref().unwrap().as_str().trim_end_matches(".es");
            let template = super::wording::TEMPLATES.iter().find(|template| template.name == name).unwrap();
            let kind = finding.kind.as_ref().map(Kind::as_str);
            assert_eq!(kind, template.asserts, "seed {seed}: {message:?}");
        }
    }
}

#[test]
fn the_touched_customer_meets_what_can_go_wrong_and_one_of_it_three_times() {
    for judged in all_judged() {
        let seed = judged.seed;
        let account = &judged.operator.touched.account;
        assert_eq!(
            judged.flagged(account),
            ["amount", "duplicate", "foreign_device", "foreign_device", "foreign_device", "stale"],
            "seed {seed}"
        );
        assert_eq!(judged.untold[account].len(), 1, "seed {seed}");
        let of =
            |verdict| judged.findings[account].iter().filter(|finding| finding.verdict == verdict).count();
        assert!((1..=2).contains(&of(Verdict::Waiting)), "the order's mail, and perhaps its notification");
        let recent: BTreeSet<_> = judged.findings[account]
            .iter()
            .filter(|it| {
                it.verdict == Verdict::Matched
                    && it.sent_at > super::local_time::days_before(judged.as_of, 62)
            })
            .filter_map(|finding| finding.kind.clone())
            .collect();
        assert!(recent.len() >= 13, "seed {seed}: {recent:?}");
    }
}

#[test]
fn nothing_of_the_untouched_customer_is_doubted() {
    for judged in all_judged() {
        let seed = judged.seed;
        let account = &judged.operator.untouched.account;
        assert!(judged.flagged(account).is_empty(), "seed {seed}");
        assert!(judged.untold[account].is_empty(), "seed {seed}");
        let calm = |finding: &Told| matches!(finding.verdict, Verdict::Matched | Verdict::Informational);
        assert!(judged.findings[account].iter().all(calm), "seed {seed}");
    }
}

#[test]
fn the_incident_is_one_batch_and_the_untold_are_three() {
    for judged in all_judged() {
        let seed = judged.seed;
        let restored = judged.operator.messages.iter().filter(|message| {
            message.batch.as_ref().is_some_and(|batch| batch.as_str().starts_with("archive-restore-"))
        });
        let accounts: BTreeSet<_> = restored.clone().filter_map(|message| message.account.clone()).collect();
        assert_eq!((restored.count(), accounts.len()), (28, 25), "seed {seed}");
        assert_eq!(judged.untold.values().map(Vec::len).sum::<usize>(), 3, "seed {seed}");
    }
}
