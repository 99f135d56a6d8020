//! Loading and judging, case by case.

use engine::{Evidence, Message, Transaction};
use store::{Judging, LoadRefusal, Loaded, Progress, Store};

use crate::database::on_both_databases;
use crate::records::{Record, account, as_of, at, message, payment, receipt, transaction};

fn dana() -> Record {
    account(r#"{"id":"A-1","emails":["dana@example.net"],"phones":["+12065550123"]}"#)
}

const TO_DANA: &str = r#""account":"A-1","recipient":"+12065550123""#;
const TO_THE_NUMBER: &str = r#""recipient":"+12065550123""#;

/// Handlers and jobs run on many threads, and what they await has to go with them.
#[test]
fn what_is_awaited_may_change_threads() {
    fn goes(_: impl Send) {}
    let _ = |store: &Store, judging: &Judging, evidence: &mut Evidence, progress: &Progress| {
        goes(store.migrate());
        goes(store.load_accounts(progress, Vec::new(), as_of()));
        goes(store.load_transactions(progress, Vec::<Transaction>::new(), as_of()));
        goes(store.load_messages(progress, Vec::<Message>::new(), as_of()));
        goes(store.judge_queued(judging, 1, evidence, |_| ()));
        goes(store.export_verdicts(|_| ()));
    };
}

fn counts(loaded: &Loaded) -> (usize, usize, usize, usize) {
    (loaded.new, loaded.corrected, loaded.unchanged, loaded.refused.len())
}

on_both_databases!(loading_twice_changes_nothing, |database| {
    let feed = [
        vec![dana()],
        vec![payment("T-1", "A-1", "PMT1234567", ""), payment("T-2", "A-1", "PMT1234568", "")],
        vec![receipt("M-1", "PMT1234567", TO_DANA), receipt("M-2", "PMT7654321", TO_THE_NUMBER)],
    ];
    for batch in &feed {
        assert_eq!(counts(&database.load(batch).await), (batch.len(), 0, 0, 0));
    }
    let judged = database.judge().await;
    assert_eq!((judged.accounts, judged.messages), (1, 2));
    assert_eq!(database.verdicts().await["M-1"], "matched");
    let before = database.everything().await;
    for batch in &feed {
        assert_eq!(counts(&database.load(batch).await), (0, 0, batch.len(), 0));
    }
    assert_eq!(database.judge().await.accounts, 0, "nobody is judged again");
    assert_eq!(database.everything().await, before);
    database.store.requeue_all().await.unwrap();
    assert_eq!(database.judge().await.accounts, 1);
    assert_eq!(database.everything().await, before);
});

on_both_databases!(progress_is_kept_with_its_batch, |database| {
    let Record::Account(record) = dana() else { unreachable!() };
    assert_eq!(database.store.lines_done("northwave", "accounts").await.unwrap(), 0);
    for lines_done in [5000, 10_000] {
        let progress = Progress { feed: "northwave".to_owned(), file: "accounts".to_owned(), lines_done };
        database.store.load_accounts(&progress, vec![record.clone()], as_of()).await.unwrap();
        assert_eq!(database.store.lines_done("northwave", "accounts").await.unwrap(), lines_done);
    }
    assert_eq!(database.store.lines_done("northwave", "messages").await.unwrap(), 0);
});

on_both_databases!(other_content_needs_a_higher_revision, |database| {
    database.load_each(&[dana(), payment("T-1", "A-1", "PMT1234567", "")]).await;
    database.load_each(&[receipt("M-1", "PMT1234567", TO_DANA)]).await;
    let before = database.everything().await;
    let refused = database.load(&[payment("T-1", "A-1", "PMT7654321", "")]).await;
    assert_eq!(refused.refused, [(0, LoadRefusal::OtherContent { revision: 0 })]);
    let other_body = format!(r#"{TO_DANA},"revision":1"#);
    let refused = database.load(&[receipt("M-1", "PMT7654321", &other_body)]).await;
    assert_eq!(refused.refused, [(0, LoadRefusal::BodyChanged)]);
    let nul = message(
        r#"{"id":"M-2","channel":"sms","recipient":"+1","sent_at":"2026-01-01T00:00:00Z","text":"a\u0000b"}"#,
    );
    let loaded = database.load(&[nul, receipt("M-1", "PMT1234567", TO_DANA)]).await;
    assert_eq!(loaded.refused, [(0, LoadRefusal::Nul)]);
    assert_eq!(loaded.unchanged, 1, "the good ones are in");
    assert_eq!(database.everything().await, before);
});

on_both_databases!(a_correction_moves_a_transaction_and_its_verdicts, |database| {
    database.load_each(&[dana(), account(r#"{"id":"A-2","phones":["+12065550124"]}"#)]).await;
    database
        .load_each(&[payment("T-1", "A-2", "PMT1234567", ""), receipt("M-1", "PMT1234567", TO_DANA)])
        .await;
    assert_eq!(database.judged("M-1").await, "unmatched");
    database.load_each(&[payment("T-1", "A-1", "PMT1234567", r#","revision":1"#)]).await;
    assert_eq!(database.judged("M-1").await, "matched");
    database.load_each(&[payment("T-1", "A-2", "PMT1234567", "")]).await;
    assert_eq!(database.judged("M-1").await, "matched", "what is corrected stays so");
    assert_eq!(database.rows("transactions").await.len(), 1);
});

on_both_databases!(a_tombstone_takes_away, |database| {
    let paid = payment("T-1", "A-1", "PMT1234567", "");
    database.load_each(&[dana(), paid.clone(), receipt("M-1", "PMT1234567", TO_DANA)]).await;
    assert_eq!(database.judged("M-1").await, "matched");
    database.load_each(&[payment("T-1", "A-1", "PMT1234567", r#","revision":1,"deleted":true"#)]).await;
    assert_eq!(database.judged("M-1").await, "unmatched");
    database.load_each(&[paid]).await;
    assert_eq!(database.judged("M-1").await, "unmatched", "what is deleted stays so");
    assert_eq!(database.rows("transactions").await, [""; 0]);
    let gone = format!(r#"{TO_DANA},"revision":1,"deleted":true"#);
    database.load_each(&[receipt("M-1", "PMT1234567", &gone)]).await;
    database.judge().await;
    assert!(database.verdicts().await.is_empty());
    assert_eq!(database.rows("messages").await, [""; 0]);
    assert_eq!(database.rows("history").await, [""; 0]);
    assert_eq!(database.rows("message_ids").await.len(), 1);
});

on_both_databases!(a_deleted_account_has_no_history, |database| {
    database.load_each(&[dana(), receipt("M-1", "PMT1234567", TO_DANA)]).await;
    assert_eq!(database.judged("M-1").await, "unmatched");
    database.load_each(&[account(r#"{"id":"A-1","revision":1,"deleted":true}"#)]).await;
    assert_eq!(database.judged("M-1").await, "-");
    assert_eq!(database.rows("history").await, [""; 0]);
    assert!(!database.rows("accounts").await[0].contains("dana"), "nothing of it is kept");
});

on_both_databases!(a_message_joins_the_account_that_appears, |database| {
    database
        .load_each(&[receipt("M-1", "PMT1234567", TO_THE_NUMBER), payment("T-1", "A-1", "PMT1234567", "")])
        .await;
    assert_eq!(database.judged("M-1").await, "-");
    database.load_each(&[dana()]).await;
    assert_eq!(database.judged("M-1").await, "matched");
});

on_both_databases!(a_line_with_days_goes_before_a_number_without, |database| {
    database
        .load_each(&[
            dana(),
            receipt("M-1", "PMT1234567", TO_THE_NUMBER),
            payment("T-1", "A-2", "PMT1234567", ""),
        ])
        .await;
    assert_eq!(database.judged("M-1").await, "unmatched");
    let lines = r#"[{"number":"+12065550123","from":"2026-01-01","to":"2026-03-31"}]"#;
    database.load_each(&[account(&format!(r#"{{"id":"A-2","lines":{lines}}}"#))]).await;
    assert_eq!(database.judged("M-1").await, "matched");
    let past = r#"[{"number":"+12065550123","from":"2020-01-01","to":"2020-03-31"}]"#;
    database.load_each(&[account(&format!(r#"{{"id":"A-2","revision":1,"lines":{past}}}"#))]).await;
    assert_eq!(database.judged("M-1").await, "unmatched", "it is the first account's again");
});

on_both_databases!(an_address_given_up_leaves_its_messages, |database| {
    database
        .load_each(&[
            dana(),
            receipt("M-1", "PMT1234567", TO_THE_NUMBER),
            payment("T-1", "A-1", "PMT1234567", ""),
        ])
        .await;
    database.load_each(&[account(r#"{"id":"A-1","phones":["+12065550199"],"revision":1}"#)]).await;
    assert_eq!(database.judged("M-1").await, "matched");
    database.load_each(&[account(r#"{"id":"A-2","phones":["+12065550123"]}"#)]).await;
    assert_eq!(database.judged("M-1").await, "unmatched", "another has the number, without days");
});

on_both_databases!(a_token_that_appears_elsewhere_judges_who_cites_it, |database| {
    database.load_each(&[dana(), account(r#"{"id":"A-2"}"#), receipt("M-1", "PMT1234567", TO_DANA)]).await;
    database.judge().await;
    let reason = |history: Vec<String>| history.iter().any(|row| row.contains("other_account"));
    assert!(!reason(database.rows("history").await));
    let foreign = r#","revision":1,"deleted":true"#;
    database.load_each(&[payment("T-1", "A-2", "PMT1234567", "")]).await;
    assert_eq!(database.judge().await.accounts, 2);
    assert!(reason(database.rows("history").await));
    database.load_each(&[payment("T-1", "A-2", "PMT1234567", foreign)]).await;
    assert_eq!(database.judge().await.accounts, 2);
    assert!(!reason(database.rows("history").await));
});

on_both_databases!(what_waits_is_judged_when_it_is_due, |database| {
    let fresh = message(
        r#"{"id":"M-1","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-04-20T09:00:00Z",
            "text":"We received your payment of $86.40. Reference PMT1234567. Thank you."}"#,
    );
    database.load_each(&[dana(), fresh]).await;
    assert_eq!(database.judged("M-1").await, "waiting");
    database.store.queue_waiting_due(at("2026-04-21T09:00:00Z")).await.unwrap();
    assert_eq!(database.store.queued_accounts().await.unwrap(), 0);
    database.store.queue_waiting_due(at("2026-04-22T09:00:00Z")).await.unwrap();
    assert_eq!(database.store.queued_accounts().await.unwrap(), 1);
});

on_both_databases!(earlier_messages_make_earlier_transactions_untold, |database| {
    let swap = transaction(
        r#"{"id":"T-1","account":"A-1","kind":"sim.changed","occurred_at":"2026-02-01T10:00:00Z",
            "recorded_at":"2026-02-01T10:00:00Z"}"#,
    );
    database.load_each(&[dana(), swap, receipt("M-1", "PMT1234567", TO_DANA)]).await;
    database.judge().await;
    assert!(database.store.export_untold().await.unwrap().is_empty());
    let early = r#"{"id":"M-0","channel":"sms","recipient":"+15005550000","sent_at":"2026-01-01T00:00:00Z","text":"Hello"}"#;
    database.load_each(&[message(early)]).await;
    database.judge().await;
    assert_eq!(database.store.export_untold().await.unwrap().len(), 1);
    let gone = early.replace('}', r#","revision":1,"deleted":true}"#);
    database.load_each(&[message(&gone)]).await;
    database.judge().await;
    assert!(database.store.export_untold().await.unwrap().is_empty());
});
