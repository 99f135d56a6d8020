//! A customer says of a message or transaction whether it was them; the desk answers.

use engine::{Instant, Span};
use store::{
    ActDone, ActReply, EntryKind, FoundBy, LookupBudget, LookupId, OpenLookupError, ReportChange, ReportDone,
    ReportId, ReportRefusal, ReportState, ReportStep, Reported, Role, Says, SessionKey, SignInChange,
    Standings, Store,
};

use crate::customer::{
    account_id, add_customer, judge, load_accounts, load_messages, load_transactions, now, payment, receipt,
    session_of,
};
use crate::database::{TestDatabase, on_both_databases};
use crate::lookups::{at_work, open};
use crate::records::judging;
use crate::sign_up::{claim, desk};

const CUSTOMER: i128 = 1;
const OTHER: i128 = 2;

fn key(session: i128) -> SessionKey {
    SessionKey::of(session)
}

/// Two accounts with a message, a payment and a change of SIM each, and their customers signed in.
async fn fill(store: &Store) {
    load_accounts(store, &["A-1", "A-2"]).await;
    for (number, account, session) in [(1, "A-1", CUSTOMER), (2, "A-2", OTHER)] {
        let mut sim = payment(&format!("S-{number}"), account, "2026-04-11T09:00:00Z", "0.00");
        sim["kind"] = "sim.changed".into();
        let paid = payment(&format!("T-{number}"), account, "2026-04-10T09:00:00Z", "86.40");
        load_transactions(store, [paid, sim]).await;
        let told =
            receipt(&format!("M-{number}"), account, "2026-04-10T10:00:00Z", &format!("T-{number}"), "86.40");
        load_messages(store, [told]).await;
        let user = add_customer(store, account).await;
        assert!(store.create_session(&key(session), &session_of(Some(&user))).await.unwrap());
    }
    judge(store).await;
}

pub async fn act(store: &Store, session: i128, step: ReportStep, now: Instant) -> ActDone {
    let (judging, mut standings) = (judging(store, now).await, Standings::default());
    let (reply, _) = tokio::sync::oneshot::channel();
    let act = SignInChange::Report { change: ReportChange { key: key(session), client: None, step }, reply };
    store.begin_online(&judging, &mut standings).await.unwrap().act(&act, &desk(), now).await.unwrap()
}

fn reported(act: ActDone) -> ReportDone {
    let ActReply::Report(done) = act.reply else { panic!("not a report: {:?}", act.reply) };
    done
}

async fn done(store: &Store, session: i128, step: ReportStep) -> Result<ReportId, ReportRefusal> {
    match reported(act(store, session, step, now()).await) {
        ReportDone::Kept(id) => Ok(id),
        ReportDone::Refused(refusal) => Err(refusal),
    }
}

fn of(about: &str) -> Reported {
    let sort = if about.starts_with('M') { "message" } else { "transaction" };
    Reported::read(sort, about).unwrap()
}

pub fn make(about: &str, says: Says, note: &str) -> ReportStep {
    ReportStep::Make { about: of(about), says, note: note.to_owned() }
}

fn note(report: &ReportId, note: &str) -> ReportStep {
    ReportStep::Note { report: report.clone(), note: note.to_owned() }
}

fn answer(lookup: &LookupId, report: &ReportId, answer: &str) -> ReportStep {
    ReportStep::Answer { lookup: lookup.clone(), report: report.clone(), answer: answer.to_owned() }
}

fn close(lookup: &LookupId, report: &ReportId) -> ReportStep {
    ReportStep::Close { lookup: lookup.clone(), report: report.clone() }
}

/// A report's state and the kinds of its entries, as its customer reads them.
async fn thread(store: &Store, session: i128, id: &ReportId) -> Option<(ReportState, Vec<EntryKind>)> {
    let scope = store.scope_of_session(&key(session), now()).await.unwrap().unwrap().scope;
    let thread = store.read_report(&scope, id).await.unwrap()?;
    assert!(thread.entries.iter().all(|entry| entry.owner == thread.report.owner));
    Some((thread.report.state, thread.entries.iter().map(|entry| entry.kind).collect()))
}

async fn opened(store: &Store, agent: &SessionKey, report: &ReportId) -> LookupId {
    store.open_report(agent, report, None, LookupBudget::DEFAULT, now()).await.unwrap()
}

/// The subjects of the mail that waits, as it is taken.
async fn mails(store: &Store) -> Vec<String> {
    let mut subjects = Vec::new();
    while let Some(mail) = claim(store, now()).await {
        subjects.push(mail.subject);
    }
    subjects
}

async fn acts(database: &TestDatabase) -> Vec<String> {
    database
        .beside()
        .await
        .texts("select act from audit_log where act like 'report_%' order by sequence")
        .await
}

on_both_databases!(a_report_is_made_answered_closed_and_gone_on_with, |database| {
    let store = &database.store;
    fill(store).await;
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let report =
        done(store, CUSTOMER, make("M-1", Says::NotMe, " I never paid\r\nthis.\u{7} ")).await.unwrap();
    assert_eq!(mails(store).await, ["ReportReceived in en"]);
    let scope = store.scope_of_session(&key(CUSTOMER), now()).await.unwrap().unwrap().scope;
    let read = store.read_report(&scope, &report).await.unwrap().unwrap();
    assert_eq!(read.entries[0].text, "I never paid\nthis.");
    assert_eq!((read.report.number, read.report.state), (1, ReportState::Open));
    assert_eq!(read.report.kind.as_ref().map(engine::Kind::as_str), Some("payment.received"));
    assert!(!read.report.is_security);
    assert_eq!(
        store.report_about(&scope, &of("M-1")).await.unwrap().map(|found| found.id),
        Some(report.clone())
    );

    let queue = store.read_report_queue(&agent, None, now()).await.unwrap().expect("an agent may");
    assert_eq!(queue.reports.iter().map(|queued| queued.number).collect::<Vec<_>>(), [1]);
    let lookup = opened(store, &agent, &report).await;
    assert_eq!(opened(store, &agent, &report).await, lookup, "an open one is gone on with");
    let looks = store.read_lookups(&scope, None).await.unwrap().lookups;
    assert_eq!(
        looks.iter().map(|look| (look.reason.as_str(), look.found_by)).collect::<Vec<_>>(),
        [("Report 1", FoundBy::Report)]
    );

    let agents = |step| done(store, 7, step);
    assert_eq!(agents(close(&lookup, &report)).await, Err(ReportRefusal::Unanswered));
    assert_eq!(agents(answer(&lookup, &report, "  ")).await, Err(ReportRefusal::Empty));
    for _ in 0..2 {
        assert_eq!(agents(answer(&lookup, &report, "It was a standing order.")).await, Ok(report.clone()));
    }
    assert_eq!(mails(store).await, ["ReportAnswered in en"], "a form that is sent twice tells once");
    assert!(store.read_report_queue(&agent, None, now()).await.unwrap().unwrap().reports.is_empty());
    for _ in 0..2 {
        assert_eq!(agents(close(&lookup, &report)).await, Ok(report.clone()));
    }
    let (state, entries) = thread(store, CUSTOMER, &report).await.unwrap();
    assert_eq!((state, &entries[1..]), (ReportState::Closed, &[EntryKind::Answer, EntryKind::Closed][..]));
    for _ in 0..2 {
        assert_eq!(done(store, CUSTOMER, note(&report, "It was not mine.")).await, Ok(report.clone()));
    }
    let (state, entries) = thread(store, CUSTOMER, &report).await.unwrap();
    assert_eq!((state, entries.len()), (ReportState::Open, 4));
    let queue = store.read_report_queue(&agent, None, now()).await.unwrap().unwrap();
    assert!(queue.reports[0].goes_on);
    assert!(mails(store).await.is_empty());
    assert_eq!(acts(database).await, ["report_made", "report_answered", "report_closed", "report_noted"]);
    database.judge_at(now()).await;
    let verdicts = database.verdicts().await;
    assert_eq!(verdicts.len(), 4, "two mails, each a message");
    assert!(verdicts.values().all(|verdict| verdict == "matched"), "{verdicts:?}");
});

on_both_databases!(what_is_said_of_the_same_thing_is_one_thread, |database| {
    let store = &database.store;
    fill(store).await;
    let first = done(store, CUSTOMER, make("S-1", Says::NotMe, "")).await.unwrap();
    assert_eq!(
        done(store, CUSTOMER, make("S-1", Says::NotMe, "")).await,
        Ok(first.clone()),
        "it says so already"
    );
    assert_eq!(done(store, CUSTOMER, make("S-1", Says::NotMe, "At the shop?")).await, Ok(first.clone()));
    assert_eq!(done(store, CUSTOMER, make("S-1", Says::Did, "I remember it.")).await, Ok(first.clone()));
    let (_, entries) = thread(store, CUSTOMER, &first).await.unwrap();
    let said = [Says::NotMe, Says::NotMe, Says::Did].map(EntryKind::Said);
    assert_eq!(entries, said);
    assert_eq!(mails(store).await, ["ReportReceived in en"], "the first alone is told of");
    let second = done(store, CUSTOMER, make("M-1", Says::Did, "")).await.unwrap();
    assert_ne!(second, first);
});

on_both_databases!(a_report_is_nobody_elses, |database| {
    let store = &database.store;
    fill(store).await;
    let report = done(store, CUSTOMER, make("T-1", Says::NotMe, "secret")).await.unwrap();
    assert_eq!(thread(store, OTHER, &report).await, None);
    for step in [make("T-1", Says::Did, ""), make("M-1", Says::Did, ""), note(&report, "mine")] {
        assert_eq!(done(store, OTHER, step).await, Err(ReportRefusal::NotFound));
    }
    let member = store::NewUser {
        sign_in: "another@example.net".to_owned(),
        name: "Another of A-1".to_owned(),
        role: Role::Customer,
        account: Some(account_id("A-1")),
        password: store::Password::new(crate::customer::PASSWORD),
    };
    let member = store.add_user(member, now()).await.unwrap();
    assert!(store.create_session(&key(3), &session_of(Some(&member))).await.unwrap());
    assert_eq!(thread(store, 3, &report).await, None, "of an account's people each reads their own");
    assert_eq!(done(store, 3, note(&report, "mine")).await, Err(ReportRefusal::NotFound));
    assert_ne!(done(store, 3, make("T-1", Says::Did, "")).await.unwrap(), report);

    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let supervisor = at_work(store, "Sol", Role::Supervisor, 8).await;
    let auditor = at_work(store, "Noor", Role::Auditor, 9).await;
    let elsewhere = open(store, &agent, "A-2").await.unwrap().id;
    assert_eq!(done(store, 7, answer(&elsewhere, &report, "hello")).await, Err(ReportRefusal::NotFound));
    let lookup = opened(store, &agent, &report).await;
    for session in [8, 9, CUSTOMER, 99] {
        for step in [answer(&lookup, &report, "hello"), close(&lookup, &report)] {
            assert_eq!(done(store, session, step).await, Err(ReportRefusal::NotAllowed), "{session}");
        }
    }
    let budget = LookupBudget::DEFAULT;
    for (key, may) in [(&supervisor, true), (&auditor, false), (&key(CUSTOMER), false), (&key(99), false)] {
        let queue = store.read_report_queue(key, None, now()).await.unwrap();
        assert_eq!(queue.is_some(), may);
        let opened = store.open_report(key, &report, None, budget, now()).await;
        assert_eq!(opened.is_ok(), may, "{opened:?}");
    }
    let later = now().plus(Span::minutes(16));
    let late = reported(act(store, 7, answer(&lookup, &report, "hello"), later).await);
    assert_eq!(late, ReportDone::Refused(ReportRefusal::NotAllowed), "the lookup has closed");
    for session in [7, 99] {
        assert_eq!(done(store, session, make("T-1", Says::NotMe, "")).await, Err(ReportRefusal::NotAllowed));
    }
});

on_both_databases!(opening_a_report_spends_the_budget_and_touches_honeypots, |database| {
    let store = &database.store;
    fill(store).await;
    let first = done(store, CUSTOMER, make("T-1", Says::NotMe, "")).await.unwrap();
    let second = done(store, OTHER, make("T-2", Says::NotMe, "")).await.unwrap();
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let budget = LookupBudget { per_hour: 1, per_day: 1 };
    store.open_report(&agent, &first, None, budget, now()).await.unwrap();
    let refused = store.open_report(&agent, &second, None, budget, now()).await;
    assert!(matches!(refused, Err(OpenLookupError::BudgetSpent { .. })), "{refused:?}");
    store.add_honeypot(&account_id("A-2"), now()).await.unwrap();
    let supervisor = at_work(store, "Sol", Role::Supervisor, 8).await;
    let refused = store.open_report(&supervisor, &second, None, budget, now()).await;
    assert!(matches!(refused, Err(OpenLookupError::Suspended { .. })), "{refused:?}");
    assert!(store.read_report_queue(&supervisor, None, now()).await.unwrap().is_none());
});

on_both_databases!(the_queue_has_security_first_and_then_the_oldest, |database| {
    let store = &database.store;
    fill(store).await;
    load_accounts(store, &["A-3"]).await;
    let user = add_customer(store, "A-3").await;
    assert!(store.create_session(&key(3), &session_of(Some(&user))).await.unwrap());
    for account in ["A-1", "A-2", "A-3"] {
        let id = |n| format!("P-{account}-{n:02}");
        load_transactions(store, (0..20).map(|n| payment(&id(n), account, "2026-04-12T09:00:00Z", "1.00")))
            .await;
    }
    let mut seconds = 0;
    let mut made = async |session, about: &str| {
        seconds += 1;
        let at = now().plus(Span::seconds(seconds));
        reported(act(store, session, make(about, Says::NotMe, ""), at).await)
    };
    for n in 0..20 {
        for (session, account) in [(3, "A-3"), (CUSTOMER, "A-1"), (OTHER, "A-2")] {
            let about =
                if (session, n) == (OTHER, 19) { "S-2".to_owned() } else { format!("P-{account}-{n:02}") };
            assert!(matches!(made(session, &about).await, ReportDone::Kept(_)));
        }
    }
    assert_eq!(made(CUSTOMER, "S-1").await, ReportDone::Refused(ReportRefusal::TooMany));
    let agent = at_work(store, "Ada", Role::Agent, 7).await;
    let (mut queued, mut sizes, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let page = store.read_report_queue(&agent, after, now()).await.unwrap().unwrap();
        sizes.push(page.reports.len());
        queued.extend(page.reports);
        after = page.next.map(|place| place.to_string().parse().unwrap());
        if after.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [50, 10]);
    assert!(queued[0].is_security && queued[1..].iter().all(|queued| !queued.is_security));
    assert!(queued[1..].is_sorted_by(|one, next| one.since < next.since), "and none twice");
    let scope = store.scope_of_session(&key(3), now()).await.unwrap().unwrap().scope;
    let page = store.read_reports(&scope, None).await.unwrap();
    assert_eq!((page.reports.len(), page.earlier), (20, None));
    assert!(page.reports.is_sorted_by(|one, next| one.opened_at > next.opened_at));
    let before = page.reports[4].id.clone();
    assert_eq!(store.read_reports(&scope, Some(&before)).await.unwrap().reports, page.reports[5..]);
    for bad in ["", "1", "1.2", "x.y.z", "1.2.3.4"] {
        assert!(bad.parse::<store::QueuePlace>().is_err(), "{bad}");
    }
});

on_both_databases!(a_thread_has_an_end, |database| {
    let store = &database.store;
    fill(store).await;
    let report = done(store, CUSTOMER, make("T-1", Says::NotMe, "")).await.unwrap();
    let long = "x".repeat(2_001);
    assert_eq!(done(store, CUSTOMER, note(&report, &long)).await, Err(ReportRefusal::Long));
    assert_eq!(done(store, CUSTOMER, note(&report, " \n ")).await, Err(ReportRefusal::Empty));
    for n in 1..100 {
        assert_eq!(done(store, CUSTOMER, note(&report, &format!("note {n}"))).await, Ok(report.clone()));
    }
    assert_eq!(done(store, CUSTOMER, note(&report, "one more")).await, Err(ReportRefusal::Full));
    assert_eq!(done(store, CUSTOMER, make("T-1", Says::Did, "")).await, Err(ReportRefusal::Full));
    let (_, entries) = thread(store, CUSTOMER, &report).await.unwrap();
    assert_eq!(entries.len(), 100);
});
