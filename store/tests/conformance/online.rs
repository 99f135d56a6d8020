//! What is handed in while the house runs: written and judged at once.

use engine::{Evidence, Instant, Verdict};
use store::{
    Arrived, Handed, HeartbeatError, IdempotencyClaim, KeyId, KeyRefusal, Standings, Store, StoreError,
    Written, WrittenRecord,
};

use crate::database::on_both_databases;
use crate::records::{Record, account, as_of, at, handed, judging, message, payment, receipt, write_online};

const TO_DANA: &str = r#""account":"A-1","recipient":"+12065550123""#;

fn dana() -> Record {
    account(r#"{"id":"A-1","phones":["+12065550123"]}"#)
}

async fn write_at(store: &Store, now: Instant, records: &[Record]) -> Vec<WrittenRecord> {
    write_online(store, &mut Standings::default(), now, records).await.written
}

async fn write(store: &Store, records: &[Record]) -> Vec<WrittenRecord> {
    write_at(store, as_of(), records).await
}

fn verdicts(written: &[WrittenRecord]) -> Vec<Option<Verdict>> {
    written.iter().map(|record| record.verdict).collect()
}

/// A kind that is new to the books has every account judged again, later: so it is known beforehand.
async fn open_books(store: &Store) {
    write(store, &[dana(), payment("T-0", "A-9", "PMT0000000", "")]).await;
}

on_both_databases!(a_message_is_judged_as_it_is_written, |database| {
    let store = &database.store;
    open_books(store).await;
    let first = [payment("T-1", "A-1", "PMT1234567", ""), receipt("M-0", "PMT1234567", TO_DANA)];
    assert!(write(store, &first).await.iter().all(|record| record.arrived == Arrived::New));
    let second = [receipt("M-1", "PMT1234567", TO_DANA), receipt("M-2", "PMT7654321", TO_DANA)];
    let written = write(store, &second).await;
    assert_eq!(verdicts(&written), [Some(Verdict::Duplicate), Some(Verdict::Unmatched)]);
    assert_eq!(database.verdicts().await["M-0"], "matched");
    let late = write(store, &[payment("T-2", "A-1", "PMT7654321", "")]).await;
    assert_eq!(verdicts(&late), [None]);
    assert_eq!(database.verdicts().await["M-2"], "matched", "a late record judges who cites it");
});

on_both_databases!(a_late_record_of_another_account_judges_who_cites_it, |database| {
    let store = &database.store;
    open_books(store).await;
    write(store, &[receipt("M-0", "PMT1111111", TO_DANA)]).await;
    write(store, &[account(r#"{"id":"A-2"}"#), receipt("M-1", "PMT1234567", TO_DANA)]).await;
    write(store, &[payment("T-1", "A-2", "PMT1234567", "")]).await;
    assert!(database.rows("history").await.iter().any(|row| row.contains("other_account")));
});

on_both_databases!(who_comes_late_is_told_so, |database| {
    let store = &database.store;
    open_books(store).await;
    let revision = |revision: u32| payment("T-1", "A-1", "PMT1234567", &format!(r#","revision":{revision}"#));
    let written = write(store, &[revision(3), revision(1), revision(3), revision(4)]).await;
    let arrived: Vec<Arrived> = written.into_iter().map(|record| record.arrived).collect();
    assert_eq!(
        arrived,
        [Arrived::New, Arrived::Superseded { standing: 3 }, Arrived::Unchanged, Arrived::Corrected]
    );
});

on_both_databases!(a_verdict_that_another_replaces_is_kept, |database| {
    let store = &database.store;
    open_books(store).await;
    let sent = message(
        r#"{"id":"M-1","account":"A-1","channel":"sms","recipient":"+12065550123","sent_at":"2026-03-01T10:05:00Z",
            "text":"We received your payment of $86.40. Reference PMT1234567. Thank you."}"#,
    );
    let first = at("2026-03-01T10:05:10Z");
    write_at(
        store,
        first,
        &[message(
            r#"{"id":"M-0","account":"A-1","channel":"sms","recipient":"+12065550123",
        "sent_at":"2026-02-01T10:05:00Z","text":"Hello"}"#,
        )],
    )
    .await;
    assert_eq!(verdicts(&write_at(store, first, &[sent]).await), [Some(Verdict::Waiting)]);
    assert_eq!(database.rows("past_verdicts").await, [""; 0]);
    let paid = payment("T-1", "A-1", "PMT1234567", "");
    write_at(store, at("2026-03-01T12:00:00Z"), &[paid]).await;
    let past = database.rows("past_verdicts").await;
    assert_eq!(past.len(), 1, "{past:?}");
    assert!(past[0].contains("waiting") && past[0].contains("M-1"), "{past:?}");
    let stood = "select cast(judged_at as text) || ' ' || cast(replaced_at as text) from past_verdicts";
    let stood = database.beside().await.texts(stood).await;
    assert_eq!(stood, [format!("{} {}", first.micros(), at("2026-03-01T12:00:00Z").micros())]);
    write_at(store, at("2026-03-01T13:00:00Z"), &[payment("T-5", "A-1", "PMT5555555", "")]).await;
    assert_eq!(database.rows("past_verdicts").await, past, "what stays is not written again");
});

on_both_databases!(a_body_under_an_idempotency_key_is_taken_once, |database| {
    let store = &database.store;
    let key: KeyId =
        store.add_ingest_key("billing", at("2027-01-01T00:00:00Z"), as_of()).await.unwrap().id().clone();
    let claimed = |body: &'static str, record: Record| {
        let claim = Some(IdempotencyClaim::new(key.clone(), "7f", body.as_bytes()));
        Handed { claim, ..handed(&record) }
    };
    let other = account(r#"{"id":"A-2"}"#);
    for (body, record, taken) in [("a", dana(), true), ("b", other.clone(), false), ("a", dana(), true)] {
        let judging = judging(store, as_of()).await;
        let done = store
            .begin_online(&judging, &mut Standings::default())
            .await
            .unwrap()
            .take(vec![claimed(body, record)])
            .await
            .unwrap();
        assert_eq!(done.written[0] != Written::OtherContent, taken);
    }
    assert_eq!(database.rows("accounts").await.len(), 1);
    store.delete_old_idempotency_keys(at("2026-04-28T12:00:00Z")).await.unwrap();
    assert_eq!(database.rows("idempotency_keys").await, [""; 0]);
});

on_both_databases!(a_write_by_another_catalogue_is_not_begun, |database| {
    let store = &database.store;
    let (judging, mut standings) = (judging(store, as_of()).await, Standings::default());
    open_books(store).await;
    assert!(matches!(
        store.begin_online(&judging, &mut standings).await.err(),
        Some(StoreError::OtherCatalogue)
    ));
    let judged = store.judge_queued(&judging, 10, &mut Evidence::default(), |_| ()).await;
    assert!(matches!(judged, Err(StoreError::OtherCatalogue)));
});

on_both_databases!(a_key_opens_until_it_ends, |database| {
    let store = &database.store;
    let (made, ends) = (as_of(), at("2026-05-01T00:00:00Z"));
    let key = store.add_ingest_key("billing", ends, made).await.unwrap();
    let text = key.reveal();
    assert_eq!(&store.check_ingest_key(&text, made).await.unwrap(), key.id());
    assert!(matches!(store.check_ingest_key(&text, ends).await, Err(KeyRefusal::Expired)));
    assert!(matches!(store.check_ingest_key(&text[..40], made).await, Err(KeyRefusal::Mistyped)));
    let another = store.add_ingest_key("mail", ends, made).await.unwrap();
    assert!(store.revoke_ingest_key(key.id().as_str(), made).await.unwrap());
    assert!(!store.revoke_ingest_key(key.id().as_str(), made).await.unwrap());
    assert!(matches!(store.check_ingest_key(&text, made).await, Err(KeyRefusal::Revoked)));
    assert!(store.check_ingest_key(&another.reveal(), made).await.is_ok());
    assert_eq!(store.read_ingest_keys().await.unwrap().len(), 2);
});

on_both_databases!(while_the_books_are_behind_new_claims_are_unchecked, |database| {
    let store = &database.store;
    open_books(store).await;
    let (behind, now) = (at("2026-03-01T08:00:00Z"), at("2026-03-01T10:06:00Z"));
    write_at(store, now, &[receipt("M-0", "PMT7777777", TO_DANA)]).await;
    assert_eq!(store.keep_heartbeat(behind, now).await.unwrap(), behind);
    assert!(matches!(store.keep_heartbeat(as_of(), now).await, Err(HeartbeatError::Future)));
    assert_eq!(
        store.keep_heartbeat(at("2026-02-01T00:00:00Z"), now).await.unwrap(),
        behind,
        "it never goes back"
    );
    let written = write_at(store, now, &[receipt("M-1", "PMT1234567", TO_DANA)]).await;
    assert_eq!(verdicts(&written), [Some(Verdict::Unchecked)]);
    let caught_up = at("2026-03-01T10:30:00Z");
    let behind = judging(store, now).await;
    store.judge_queued(&behind, 10, &mut Evidence::default(), |_| ()).await.unwrap();
    store.keep_heartbeat(caught_up, caught_up).await.unwrap();
    assert_eq!(store.queued_accounts().await.unwrap(), 1);
    let judging = judging(store, caught_up).await;
    store.judge_queued(&judging, 10, &mut Evidence::default(), |_| ()).await.unwrap();
    assert_eq!(database.verdicts().await["M-1"], "waiting");
});
