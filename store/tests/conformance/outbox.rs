//! Mail is sent once, or it is said that this is not known.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Delivery, DeliveryState, Instant, Span};
use store::{ClaimedMail, MailDesk, MailOutcome, MailText, SignInChange, Standings, Store};

use crate::customer::{load_accounts, now};
use crate::database::{TestDatabase, on_both_databases};
use crate::records::judging;

async fn write_mails(store: &Store, accounts: &[&str]) {
    let word = |_: &_| MailText { subject: "S".to_owned(), text: "T".to_owned(), link_left_out: "" };
    let desk = MailDesk { sender: "no-reply@operator.example".to_owned(), word: Arc::new(word) };
    load_accounts(store, accounts).await;
    for account in accounts {
        let (judging, mut standings) = (judging(store, now()).await, Standings::default());
        let online = store.begin_online(&judging, &mut standings).await.unwrap();
        let act = SignInChange::OfferLink { address: format!("{account}@example.net") };
        assert!(online.act(&act, &desk, now()).await.unwrap().has_mail);
    }
}

async fn claim(store: &Store, now: Instant) -> Option<ClaimedMail> {
    store.claim_mail(now, |_| String::new()).await.unwrap()
}

on_both_databases!(of_several_servers_one_sends_each_mail, |database| {
    let store = &database.store;
    write_mails(store, &["A-1", "A-2", "A-3", "A-4"]).await;
    let servers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { claim(&store, now()).await.map(|mail| mail.id) })
        })
        .collect();
    let mut claimed = Vec::new();
    for server in servers {
        claimed.extend(server.await.unwrap());
    }
    while let Some(mail) = claim(store, now()).await {
        claimed.push(mail.id);
    }
    claimed.sort();
    let count = claimed.len();
    claimed.dedup();
    assert_eq!((count, claimed.len()), (4, 4));
});

on_both_databases!(what_did_not_leave_is_tried_again_with_growing_pauses_up_to_a_bound, |database| {
    let store = &database.store;
    write_mails(store, &["A-1"]).await;
    let (mut at, mut pauses) = (now(), Vec::new());
    while let Some(mail) = claim(store, at).await {
        assert_eq!(mail.attempts as usize, pauses.len());
        store.keep_mail_outcome(&mail, MailOutcome::NotNow, at).await.unwrap();
        assert!(claim(store, at).await.is_none(), "not at once");
        // The columns are in the order of their names.
        let due = database.rows("outbox").await[0].split('|').nth(3).unwrap().parse().unwrap();
        let due_at = Instant::from_micros(due);
        pauses.push(due_at.since(at));
        at = due_at;
    }
    assert!(pauses.len() == 7 && pauses[..6].is_sorted() && pauses[6] == Span::ZERO, "{pauses:?}");
    let row = &database.rows("outbox").await[0];
    assert!(row.contains("failed"), "{row}");
});

on_both_databases!(what_was_being_sent_when_a_server_died_is_never_sent_again, |database| {
    let store = &database.store;
    write_mails(store, &["A-1", "A-2"]).await;
    let died = claim(store, now()).await.expect("a mail");
    let soon = now().plus(Span::minutes(5));
    assert_eq!(store.give_up_mail(soon).await.unwrap(), 0, "it may yet be under way");
    let later = now().plus(Span::minutes(11));
    assert_eq!(store.give_up_mail(later).await.unwrap(), 1);
    store.keep_mail_outcome(&died, MailOutcome::NotNow, later).await.unwrap();
    let other = claim(store, later).await.expect("the other mail");
    assert_ne!(other.id, died.id);
    store.keep_mail_outcome(&other, MailOutcome::Sent, later).await.unwrap();
    assert!(claim(store, later.plus(Span::days(2))).await.is_none());
    assert_eq!(store.forget_mail(later).await.unwrap(), 0);
    assert_eq!(store.forget_mail(later.plus(Span::seconds(1))).await.unwrap(), 2);
});

/// The steps of each mail's way, as its message in the history has them: what, and how many minutes after it was sent.
async fn ways(database: &TestDatabase) -> Vec<Vec<(DeliveryState, i64)>> {
    let mut beside = database.beside().await;
    let texts = beside.texts("select delivery || '|' || sent_at from messages order by account_id").await;
    let way = |text: &String| {
        let (steps, sent_at) = text.rsplit_once('|').expect("both");
        let sent_at = Instant::from_micros(sent_at.parse().unwrap());
        let steps: Vec<Delivery> = serde_json::from_str(steps).unwrap();
        steps.iter().map(|step| (step.state, step.at.since(sent_at).micros() / 60_000_000)).collect()
    };
    texts.iter().map(way).collect()
}

on_both_databases!(what_became_of_a_mail_is_the_way_of_its_message, |database| {
    let store = &database.store;
    write_mails(store, &["A-1", "A-2", "A-3"]).await;
    assert_eq!(ways(database).await, vec![vec![]; 3], "it waits to be sent");
    let outcomes = [MailOutcome::Sent, MailOutcome::Refused, MailOutcome::NotNow];
    let mut became = BTreeMap::new();
    for (minutes, outcome) in (1..).zip(outcomes) {
        let at = now().plus(Span::minutes(minutes));
        let mail = claim(store, at).await.expect("a mail");
        store.keep_mail_outcome(&mail, outcome, at).await.unwrap();
        let state = match outcome {
            MailOutcome::Sent => Some(DeliveryState::Sent),
            MailOutcome::Refused => Some(DeliveryState::Bounced),
            _ => None,
        };
        became.insert(mail.recipient, state.map(|state| (state, minutes)));
    }
    let became: Vec<Vec<_>> = became.into_values().map(|step| step.into_iter().collect()).collect();
    assert_eq!(ways(database).await, became);
});
